"""Which names test code takes from the candidate: those it uses and neither defines nor imports. Builtins are apart: `under_test.py`."""

import _symtable
import builtins

_BUILTIN = frozenset(vars(builtins))
# What `symtable` makes of the flags of a symbol, without an object for each.
_USED, _BOUND, _DECLARED = _symtable.USE, _symtable.DEF_LOCAL | _symtable.DEF_IMPORT, _symtable.GLOBAL_EXPLICIT
_GLOBAL = _symtable.GLOBAL_EXPLICIT, _symtable.GLOBAL_IMPLICIT
_SHIFT, _MASK = _symtable.SCOPE_OFF, _symtable.SCOPE_MASK


def free_names(source, name):
    """Two lists in the order of the alphabet: names of no builtin, and names of builtins. Raises SyntaxError."""
    used, bound = set(), set()
    top = _symtable.symtable(source, name, "exec")
    todo = [top]
    while todo:
        table = todo.pop()
        todo.extend(table.children)
        for symbol, flags in table.symbols.items():
            scope = flags >> _SHIFT & _MASK
            if flags & _BOUND and (table is top or scope == _DECLARED):
                bound.add(symbol)
            if flags & _USED and (table is top or scope in _GLOBAL):
                used.add(symbol)
    free = sorted(used - bound)
    return [name for name in free if name not in _BUILTIN and not name.startswith("__")], [name for name in free if name in _BUILTIN]
