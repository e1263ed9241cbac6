"""Constraints on the syntax tree of a source: what it must not hold (`forbidden`) and what it must hold (`required`).

The source is data: it is parsed and never run, and strings, comments and docstrings never count. Lines up to
`prefix_lines` were not written by the completion: nodes that begin there count neither way, though what they import and
define is known. Both functions answer `("syntax", message, line)` for a source that does not parse or is nested too
deeply, and else `("checked", [(rule, text, line), ...])`: what was found of the forbidden, or what is missing of the
required (with line 0). Lines are those of the source, its prefix included.

Rules of both kinds:

imports     Module names. `os` covers `os.path` and `from os import x`; `os.path` also `import os` with a use of
            `os.path`; `*` covers all. `__import__`, `importlib.import_module` and `sys.modules` with a literal count.
calls       Dotted names: `eval`, `os.system`. Any use counts, so also `map(eval, xs)` or `f = eval`, under whatever
            alias: see `syntax_names`. Where they are forbidden, so does their import (`syntax_imported`). A name that the source binds itself is no builtin. The type of a receiver is not
            known: `list.sort` covers `.sort` of everything but a known module, a literal of another type and a class of
            the source that defines `sort`. A name without a dot that is no builtin (`helper`) covers every read of it.
names       Identifiers, read or bound: variables, attributes, functions, classes, parameters, keywords of calls, and
            the parts of imported names.
attributes  Attribute names, also in `getattr`, `setattr`, `delattr`, `hasattr`, `operator.attrgetter` and
            `operator.methodcaller` with a literal.
nodes       Kinds of syntax, see `KINDS`. `for` and `if` are the statements (`elif` included); a comprehension and a
            `conditional` expression are kinds of their own. `print` is a call of the builtin. `recursion` is a function
            that calls itself, directly, through other functions of the source, or by handing one of them to a call;
            methods are followed through `self`, `cls`, the class's name and instances that a name was given.

Forbidden things are also looked for in literals that `eval`, `exec` and `compile` are given, and other code that these are given
is reported as rule `hidden` where it could hold what is forbidden. Forbidden `calls` and `imports` go by allowance (`syntax_allowed`): what could reach
a function by a name that the source does not write is `hidden` too, such as modules that are not known to be harmless, reflection, an
attribute by a name that is not literal, a module passed along. What cannot be reached (`syntax_dead`) meets no required rule.

Rules of `required` alone:

functions      A name (`solve`, `Class.method`) or a signature (`def solve(a: int, b=..., *, key=None) -> int`). Names
               and kinds of the parameters and `async` must be equal; annotations and defaults only where stated, and a
               default stated as `...` may be any. The last definition counts.
classes        Names (`Stack`, `Outer.Inner`).
docstrings     "all" or names of functions: each has a docstring that is not blank.
type_hints     "all" or names of functions: each parameter but a method's `self` or `cls`, and what it returns, has one.
max_lines      Lines with code: neither blank, nor a comment or docstring alone.
max_function_lines  The same of each function, from its `def` line to its end.
max_nesting    Compound statements around a statement, counted from the function, class or module it is in; `elif` adds
               none.
max_line_length     Characters of each line.
min_functions  Functions and methods defined, nested ones included.
max_complexity      Of each function: 1, and 1 for each `if`, `elif`, conditional expression, `for`, `while`, `except`,
               `for` and `if` of a comprehension, `and` and `or`, `case` that is not a bare `_`, and guard of a `case`.
               McCabe, "A Complexity Measure", IEEE Transactions on Software Engineering SE-2 (1976): decisions plus
               one, with each condition of a compound one counted. Functions inside another count on their own.
"""

import ast

from syntax_dead import prune
from syntax_names import Names
from syntax_finders import LISTS, Wanted, find
from syntax_imported import find_imported
from syntax_hidden import find_computed, find_hidden
from syntax_measures import CHECKS, Outline
from syntax_rules import check_rules  # noqa: F401 (the third of the interface)


def forbidden(source, rules, prefix_lines):
    """What a source holds of the forbidden, in the order of its lines."""
    return _checked(_violations, source, rules, prefix_lines)


def required(source, rules, prefix_lines):
    """What a source lacks of the required, in the order of the rules."""
    return _checked(_unmet, source, rules, prefix_lines)


def _checked(check, source, rules, prefix_lines):
    try:
        tree = ast.parse(source)
        return "checked", check(source, tree, rules, prefix_lines)
    except SyntaxError as error:
        return "syntax", str(error.msg), error.lineno or 0
    except ValueError as error:
        return "syntax", str(error), 0
    except (RecursionError, MemoryError):
        return "syntax", "nested too deeply", 0


def _violations(source, tree, rules, prefix_lines):
    wary = bool(rules.get("calls") or rules.get("imports"))
    wanted = Wanted(rules)
    runs = any(name in source for name in ("eval", "exec", "compile"))
    names = Names(tree, wanted.resolves or runs, wary or runs)
    found = {(rule, text, line) for rule, _, text, line in find(names, wanted, prefix_lines)}
    if wanted.values:
        used = {text.partition(" ")[0] for rule, text, _ in found if rule == "calls"}
        imported = [(key, line) for key, line in find_imported(tree, wanted) if line > prefix_lines and key not in used]
        found.update(("calls", f"{key} (imported)", line) for key, line in imported)
    if wary:
        found.update(item for item in find_hidden(names, wanted) if item[2] > prefix_lines)
    elif runs:
        found.update(("hidden", text, line) for text, line in find_computed(names, rules) if line > prefix_lines)
    return sorted(found, key=lambda item: (item[2], item[0], item[1]))


def _unmet(source, tree, rules, prefix_lines):
    missing = []
    if any(rules.get(rule) for rule in LISTS):
        wanted = Wanted(rules)
        names = Names(prune(ast.parse(source)), wanted.resolves, False)
        met = {(rule, key) for rule, key, _, _ in find(names, wanted, prefix_lines)}
        missing = [(rule, key, 0) for rule in LISTS for key in rules.get(rule, ()) if (rule, key) not in met]
    outline = Outline(source, tree, prefix_lines)
    for rule, check in CHECKS.items():
        if rule in rules:
            missing += ((rule, text, 0) for text in check(outline, rules[rule]))
    return missing
