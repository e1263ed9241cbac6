"""Finds functions that call themselves, also by way of others."""

import ast

from syntax_scopes import FUNCTIONS


def note_calls(names, node, scope, calls):
    """Notes which functions of the source a call reaches: the one called and those handed to it."""
    caller = scope
    while caller is not None and caller.kind not in ("function", "lambda"):
        caller = caller.parent
    if caller is None:
        return
    for expression in (node.func, *node.args, *(keyword.value for keyword in node.keywords)):
        for value in names.values(expression, scope):
            if isinstance(value, ast.ClassDef) and expression is node.func:
                made = names.member(value, "__init__")
            else:
                made = {value}
            for function in made:
                if isinstance(function, (*FUNCTIONS, ast.Lambda)):
                    calls.setdefault(caller.node, {}).setdefault(function, []).append(node.lineno)


def recursive(calls, prefix_lines):
    """Name and line of each function that reaches itself: the line of its first call on the way that counts."""
    for group in _cycles(calls):
        for function in group:
            inside = (lines for called, lines in calls[function].items() if called in group)
            lines = [line for lines in inside for line in lines if line > prefix_lines]
            if lines:
                yield getattr(function, "name", "lambda"), min(lines)


def _cycles(calls):
    """The sets of functions that reach each other (Tarjan 1972), those with no call to themselves left out."""
    number, lowest, open_, found = {}, {}, [], []
    for root in calls:
        pending = [] if root in number else [(root, None)]
        while pending:
            function, rest = pending[-1]
            if rest is None:
                number[function] = lowest[function] = len(number)
                open_.append(function)
                rest = iter(calls.get(function, ()))
                pending[-1] = function, rest
            for called in rest:
                if called not in number:
                    pending.append((called, None))
                    break
                if lowest[called] is not None:
                    lowest[function] = min(lowest[function], lowest[called])
            else:
                pending.pop()
                low = lowest[function]
                if low == number[function]:
                    group = {open_.pop()}
                    while function not in group:
                        group.add(open_.pop())
                    lowest.update(dict.fromkeys(group))
                    if len(group) > 1 or function in calls.get(function, ()):
                        found.append(group)
                elif pending:
                    above = pending[-1][0]
                    lowest[above] = min(lowest[above], low)
    return found
