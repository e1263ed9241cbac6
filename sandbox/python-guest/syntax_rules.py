"""Says what is wrong with rules before any source is seen."""

import ast
import difflib
import re

from syntax_finders import LISTS, OF_NODE, normal
from syntax_measures import CHECKS, SIGNATURE, signature_of

KINDS = frozenset(kind for kinds in OF_NODE.values() for kind in kinds) | {
    "decorator", "docstring", "print", "recursion", "star-import",
}  # fmt: skip
_REQUIRED_LISTS = {"functions": "function names or signatures", "classes": "class names"}
_ALL_OR_LISTS = ("docstrings", "type_hints")
_LIMITS = (
    "max_lines", "max_function_lines", "max_nesting", "max_line_length", "min_functions", "max_complexity",
)  # fmt: skip


def check_rules(kind, rules):
    """"" for rules that `forbids` or `requires` can use, or else a sentence that says what is wrong and the remedy."""
    if kind not in ("forbids", "requires"):
        return f"`{kind}` is no kind of rules; write `forbids` or `requires`"
    if not isinstance(rules, dict):
        return f"`{kind}` must be a mapping of rules, not {_type_name(rules)}"
    if not rules:
        verb = "forbids" if kind == "forbids" else "requires"
        return f"it {verb} nothing: give at least one of {_listed(_known(kind))}"
    for rule, value in rules.items():
        if rule not in _known(kind):
            return _unknown_rule(kind, rule)
        problem = _check_rule(rule, value)
        if problem:
            return problem
    return ""


def _known(kind):
    return (*LISTS,) if kind == "forbids" else (*LISTS, *CHECKS)


def _unknown_rule(kind, rule):
    if kind == "forbids" and rule in CHECKS:
        return f"`{rule}` cannot be forbidden, only required"
    return f"`{rule}` is no rule; {_nearest(rule, _known(kind), 'the rules are')}"


def _nearest(word, known, others):
    near = difflib.get_close_matches(str(word), sorted(known), 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else f"{others} {_listed(sorted(known))}"


def _listed(names):
    return ", ".join(f"`{name}`" for name in names)


def _type_name(value):
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text"}
    names |= {list: "a list", dict: "a mapping"}
    return names.get(type(value), "nothing" if value is None else type(value).__name__)


def _check_rule(rule, value):
    """What is wrong with the value of a known rule, or ""."""
    if rule in _LIMITS:
        if type(value) is not int:
            return f"`{rule}` must be a whole number, not {_type_name(value)}"
        least = 0 if rule == "max_nesting" else 1
        return f"`{rule}` must be at least {least}, not {value}" if value < least else ""
    if rule in _ALL_OR_LISTS:
        if value == "all":
            return ""
        what = 'function names, or "all"'
    else:
        what = {**LISTS, **_REQUIRED_LISTS}[rule]
    if not isinstance(value, list):
        hint = f"; write [{value!r}]" if isinstance(value, str) else ""
        return f"`{rule}` must be a list of {what}, not {_type_name(value)}{hint}"
    if not value:
        return f"`{rule}` is empty: name at least one, or leave it out"
    for entry in value:
        if not isinstance(entry, str):
            return f"`{rule}` must be a list of {what}, and {entry!r} is {_type_name(entry)}"
        problem = _check_entry(rule, entry)
        if problem:
            return problem
    return ""


def _check_entry(rule, entry):
    if rule == "nodes":
        return "" if entry in KINDS else f"`{entry}` is no node; {_nearest(entry, KINDS, 'the nodes are')}"
    if rule == "functions" and re.match(r"\s*(async\s+)?def\b", entry):
        return _check_signature(entry)
    if rule == "imports" and entry == "*":
        return ""
    if rule in ("names", "attributes"):
        good, what = _is_identifier(entry), "identifier"
    else:
        good, what = all(map(_is_identifier, entry.split("."))), "dotted name"
    return "" if good else f"`{entry}` in `{rule}` is no {what}; write {_example(rule)}"


def _example(rule):
    examples = {
        "imports": "a module such as `os.path`", "calls": "a name such as `eval`, `os.system` or `list.sort`",
        "names": "a name without dots, such as `total`", "attributes": "a name without dots, such as `__class__`",
        "functions": "a name such as `solve`, or a signature such as `def solve(a, b)`",
        "classes": "a name such as `Stack`",
    }  # fmt: skip
    return examples.get(rule, "a name such as `solve` or `Stack.push`")


def _is_identifier(name):
    """Whether Python takes a text for a name; keywords are none."""
    name = normal(name)
    if not name.isidentifier():
        return False
    try:
        return isinstance(ast.parse(name, mode="eval").body, ast.Name)
    except (SyntaxError, ValueError):
        return False


def _check_signature(text):
    match = SIGNATURE.match(text)
    reason = "a name and its parameters in brackets are missing"
    if match is not None and all(map(_is_identifier, match[2].split("."))):
        try:
            signature_of(text)
            return ""
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            reason = "it does not parse as one"
    return f"`{text}` is no signature ({reason}); write one such as `def solve(a: int, b=...) -> int`"
