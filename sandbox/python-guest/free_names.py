"""Which names test code takes from the candidate: those it uses and neither defines nor imports,
builtins and names such as `__file__` apart."""

import builtins
import symtable

_BUILTIN = frozenset(vars(builtins))


def free_names(source, name):
    """In the order of the alphabet. Raises SyntaxError."""
    used, bound = set(), set()
    todo = [symtable.symtable(source, name, "exec")]
    while todo:
        table = todo.pop()
        todo.extend(table.get_children())
        module = table.get_type() == "module"
        for symbol in table.get_symbols():
            here = module or symbol.is_declared_global()
            if here and (symbol.is_assigned() or symbol.is_imported()):
                bound.add(symbol.get_name())
            if symbol.is_referenced() and (module or symbol.is_global()):
                used.add(symbol.get_name())
    return sorted(name for name in used - bound - _BUILTIN if not name.startswith("__"))
