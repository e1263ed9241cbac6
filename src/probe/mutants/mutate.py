"""Wrong programs made of a right one: a JSON object on standard input, a JSON list on standard output.

Each has one change of its syntax tree. All of them come in one order, whatever the hash seed.
"""

import ast
import copy
import json
import sys

COMPARISONS = {
    ast.Lt: ("bound", ast.LtE, ast.Gt),
    ast.LtE: ("bound", ast.Lt, ast.GtE),
    ast.Gt: ("bound", ast.GtE, ast.Lt),
    ast.GtE: ("bound", ast.Gt, ast.LtE),
    ast.Eq: ("comparison", ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: ("comparison", ast.Eq, ast.Lt, ast.Gt),
    ast.In: ("comparison", ast.NotIn),
    ast.NotIn: ("comparison", ast.In),
    ast.Is: ("comparison", ast.IsNot),
    ast.IsNot: ("comparison", ast.Is),
}
OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv, ast.Add),
    ast.Div: (ast.FloorDiv, ast.Mult),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv, ast.Mult),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitOr,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
CALLED_FOR = {
    "min": ("max",),
    "max": ("min",),
    "any": ("all",),
    "all": ("any",),
    "sum": ("len", "max"),
    "len": ("sum",),
    "sorted": ("list",),
    "lower": ("upper",),
    "upper": ("lower",),
    "startswith": ("endswith",),
    "endswith": ("startswith",),
    "lstrip": ("rstrip",),
    "rstrip": ("lstrip",),
    "append": ("extend",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "find": ("rfind",),
}
TRANSPARENT = {"abs", "int", "float", "round", "sorted", "set", "reversed", "list", "tuple", "str", "strip", "lower", "upper", "frozenset"}
# What wrong answers do with a right result, by its type. `R` stands for the result.
RESULTS = {
    "list": (
        "list(dict.fromkeys(R))", "sorted(set(R))", "(R)[:3]", "(R)[:2]", "(R)[:1]", "(R)[:-1]", "(R)[1:]", "(R)[::-1]", "sorted(R)",
        "[abs(x) for x in R]", "sorted(abs(x) for x in R)", "list(range(1, len(R) + 1))", "list(range(len(R)))",
        "[x for x in R if x]", "[max(x, 0) for x in R]", "[]", "list(R) + list(R)[:1]",
    ),
    "tuple": ("tuple(dict.fromkeys(R))", "(R)[::-1]", "tuple(sorted(R))", "tuple(abs(x) for x in R)", "tuple(max(x, 0) for x in R)"),
    "set": ("set(sorted(R)[:1])", "set(sorted(R)[:3])", "{abs(x) for x in R}", "set()"),
    "dict": ("{}", "dict(list((R).items())[:1])", "dict(list((R).items())[:3])", "{k: v for k, v in (R).items() if v}", "{k: 1 for k in R}"),
    "int": ("abs(R)", "max(R, 0)", "max(R, 1)", "(R) + 1", "(R) - 1", "-(R)"),
    "float": ("abs(R)", "max(R, 0.0)", "float(int(R))", "float(round(R))", "round(R, 1)", "(R) + 1.0"),
    "str": (
        "(R).lower()", "(R).upper()", "(R).strip()", "(R).title()", "(R).capitalize()", "(R)[:3]", "(R)[:5]", "(R)[:-1]", "(R)[::-1]",
        "''.join(sorted(R))", "''.join(dict.fromkeys(R))", "' '.join((R).split())", "(R).replace(' ', '')",
    ),
    "bool": ("not (R)",),
}
# And with an argument, before anything else.
ARGUMENTS = {
    "list": ("list(dict.fromkeys(A))", "A[:2]", "A[:3]", "A[:-1]", "A[1:]", "A[::-1]", "sorted(A)", "[abs(x) for x in A]", "[x for x in A if x]", "[x for x in A if x >= 0]"),
    "tuple": ("tuple(dict.fromkeys(A))", "A[::-1]", "tuple(sorted(A))"),
    "dict": ("dict(list(A.items())[:1])", "dict(list(A.items())[:3])"),
    "int": ("abs(A)", "max(A, 0)", "max(A, 1)", "A + 1", "A - 1"),
    "float": ("abs(A)", "float(int(A))", "max(A, 0.0)"),
    "str": ("A.lower()", "A.upper()", "A.strip()", "A[:5]", "A[:-1]", "A[1:]", "A[::-1]", "A.replace(' ', '')", "''.join(dict.fromkeys(A))", "A.rstrip('.')"),
    "bool": ("not A",),
}
CONSTANTS = ("None", "0", "1", "-1", "''", "[]", "True", "False")


def others(node):
    """What may stand in a node's place: pairs of a kind and a node."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            kind, *new = COMPARISONS[type(operator)]
            for one in new:
                yield kind, changed(node, lambda it: it.ops.__setitem__(place, one()))
    elif isinstance(node, (ast.BinOp, ast.AugAssign)):
        for one in OPERATORS.get(type(node.op), ()):
            yield "operator", changed(node, lambda it: setattr(it, "op", one()))
        if isinstance(node, ast.BinOp):
            yield "operand-dropped", node.left
            yield "operand-dropped", node.right
            if isinstance(node.op, (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)):
                yield "operands-swapped", ast.BinOp(left=node.right, op=node.op, right=node.left)
    elif isinstance(node, ast.BoolOp):
        yield "condition", changed(node, lambda it: setattr(it, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And()))
        for place in range(len(node.values)):
            rest = node.values[:place] + node.values[place + 1 :]
            yield "condition-dropped", rest[0] if len(rest) == 1 else ast.BoolOp(op=node.op, values=rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield "operator", node.operand
    elif isinstance(node, ast.Constant):
        yield from constants(node.value)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield "condition-negated", changed(node, lambda it: setattr(it, "test", ast.UnaryOp(op=ast.Not(), operand=it.test)))
        if not isinstance(node, ast.While):
            for value in (True, False):
                yield "branch-dropped", changed(node, lambda it: setattr(it, "test", ast.Constant(value)))
    elif isinstance(node, ast.comprehension) and node.ifs:
        for place in range(len(node.ifs)):
            yield "condition-dropped", changed(node, lambda it: it.ifs.pop(place))
    elif isinstance(node, ast.Call):
        yield from calls(node)
    elif isinstance(node, ast.Slice):
        for name, by in (("lower", 1), ("upper", -1)):
            bound = getattr(node, name)
            if bound is not None:
                yield "off-by-one", changed(node, lambda it: setattr(it, name, plus(bound, 1)))
                yield "off-by-one", changed(node, lambda it: setattr(it, name, plus(bound, -1)))
                yield "bound-dropped", changed(node, lambda it: setattr(it, name, None))
            else:
                yield "off-by-one", changed(node, lambda it: setattr(it, name, ast.Constant(1) if by == 1 else plus(None, -1)))
    elif isinstance(node, ast.Subscript) and not isinstance(node.slice, (ast.Slice, ast.Constant)) and isinstance(node.ctx, ast.Load):
        yield "off-by-one", changed(node, lambda it: setattr(it, "slice", plus(it.slice, 1)))
        yield "off-by-one", changed(node, lambda it: setattr(it, "slice", plus(it.slice, -1)))
    elif isinstance(node, (ast.For, ast.comprehension)):
        pass
    elif isinstance(node, ast.Break):
        yield "loop", ast.Continue()
    elif isinstance(node, ast.Continue):
        yield "loop", ast.Break()


def constants(value):
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield "constant", ast.Constant(value + 1)
        yield "constant", plus(None, -1) if value == 0 else ast.Constant(value - 1)
        if value not in (0, 1):
            yield "constant", ast.Constant(0)
    elif isinstance(value, str):
        yield "constant", ast.Constant("" if value else "x")
        if len(value) > 1:
            yield "constant", ast.Constant(value[:-1])
            yield "constant", ast.Constant(value[1:])


def calls(node):
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)
    for other in CALLED_FOR.get(name, ()):
        def rename(it, other=other):
            setattr(it.func, "id" if isinstance(it.func, ast.Name) else "attr", other)
        yield "other-call", changed(node, rename)
    if name in TRANSPARENT:
        if isinstance(node.func, ast.Name) and node.args:
            yield "call-dropped", node.args[0]
        elif isinstance(node.func, ast.Attribute) and not node.args:
            yield "call-dropped", node.func.value
    for place in range(len(node.keywords)):
        yield "argument-dropped", changed(node, lambda it: it.keywords.pop(place))
    if len(node.args) > 1:
        for place in range(len(node.args) - 1):
            def swap(it, place=place):
                it.args[place], it.args[place + 1] = it.args[place + 1], it.args[place]
            yield "arguments-swapped", changed(node, swap)
        if name in ("round", "split", "get", "pop", "replace", "sum"):
            yield "argument-dropped", changed(node, lambda it: it.args.pop())
    if name == "range":
        last = min(len(node.args) - 1, 1)
        for by in (-1, 1):
            yield "off-by-one", changed(node, lambda it: it.args.__setitem__(last, plus(it.args[last], by)))
            if len(node.args) > 1:
                yield "off-by-one", changed(node, lambda it: it.args.__setitem__(0, plus(it.args[0], by)))
        if len(node.args) == 1:
            yield "off-by-one", changed(node, lambda it: it.args.insert(0, ast.Constant(1)))


def changed(node, change):
    new = copy.deepcopy(node)
    change(new)
    return new


def plus(node, by):
    """A bound moved by one; without one, the number itself."""
    if node is None:
        return ast.UnaryOp(op=ast.USub(), operand=ast.Constant(-by))
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        value = node.value + by
        return ast.Constant(value) if value >= 0 else ast.UnaryOp(op=ast.USub(), operand=ast.Constant(-value))
    return ast.BinOp(left=node, op=ast.Add() if by > 0 else ast.Sub(), right=ast.Constant(abs(by)))


def replaced(tree):
    """Every place where one node can stand for another."""
    for parent in ast.walk(tree):
        for field, value in list(ast.iter_fields(parent)):
            if field in ("annotation", "returns", "decorator_list", "type_comment"):
                continue
            nodes = value if isinstance(value, list) else [value]
            for place, node in enumerate(nodes):
                if not isinstance(node, ast.AST) or is_docstring(parent, field, place, node) or isinstance(parent, ast.JoinedStr):
                    continue
                for kind, other in others(node):
                    put(parent, field, place, other)
                    yield kind, line(node, parent), tree
                    put(parent, field, place, node)


def put(parent, field, place, node):
    if isinstance(getattr(parent, field), list):
        getattr(parent, field)[place] = node
    else:
        setattr(parent, field, node)


def line(node, parent):
    return getattr(node, "lineno", getattr(parent, "lineno", 0))


def is_docstring(parent, field, place, node):
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return text or (isinstance(parent, ast.Expr) and isinstance(node, ast.Constant))


def removed(tree):
    """Every statement that can go."""
    kinds = (ast.AugAssign, ast.Expr, ast.If, ast.For, ast.Break, ast.Continue, ast.Assign, ast.Return)
    for parent in ast.walk(tree):
        for field in ("body", "orelse"):
            block = getattr(parent, field, None)
            if not isinstance(block, list):
                continue
            for place, statement in enumerate(block):
                if not isinstance(statement, kinds) or is_docstring(parent, field, place, statement):
                    continue
                block[place] = ast.Pass()
                yield "statement-removed", statement.lineno, tree
                block[place] = statement


def functions(tree, name):
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name]


def own_returns(function):
    """Returns of a function itself, and not of those within it."""
    pending = list(function.body)
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            pending.extend(ast.iter_child_nodes(node))


def shortcuts(tree, name, results, arguments):
    """What a lazy answer does in place of the work, or to the result of it."""
    for function in functions(tree, name):
        returns = [node for node in own_returns(function) if node.value is not None]
        for template in [one for kind in results for one in RESULTS.get(kind, ())]:
            before = [node.value for node in returns]
            for node in returns:
                node.value = filled(template, "R", node.value)
            yield "result-" + named(template), function.lineno, tree
            for node, value in zip(returns, before):
                node.value = value
        for node in returns:
            before = node.value
            for constant in CONSTANTS:
                node.value = ast.parse(constant, mode="eval").body
                yield "returns-a-constant", node.lineno, tree
            node.value = before
        names = [argument.arg for argument in function.args.posonlyargs + function.args.args if argument.arg not in ("self", "cls")]
        for argument, kinds in zip(names, arguments):
            for template in [one for kind in kinds for one in ARGUMENTS.get(kind, ())]:
                value = filled(template, "A", ast.Name(argument, ast.Load()))
                function.body.insert(0, ast.Assign(targets=[ast.Name(argument, ast.Store())], value=value, lineno=function.lineno))
                yield "argument-" + named(template), function.lineno, tree
                function.body.pop(0)
        for place, argument in enumerate(names):
            constant = returns and ast.Name(argument, ast.Load())
            if constant:
                before = [node.value for node in returns]
                for node in returns:
                    node.value = constant
                yield "returns-its-argument", function.lineno, tree
                for node, value in zip(returns, before):
                    node.value = value


def filled(template, letter, node):
    class Fill(ast.NodeTransformer):
        def visit_Name(self, it):
            return copy.deepcopy(node) if it.id == letter else it

    return Fill().visit(ast.parse(template, mode="eval").body)


WORDS = {
    "dict.fromkeys": "deduplicated", "set(": "deduplicated", "[::-1]": "reversed",
    "list(R) +": "repeated", "[:": "cut", "[1:]": "without-its-first", "sorted": "sorted",
    "abs": "absolute", "range": "counted", "if x": "filtered", "max": "clipped", 
    "int(": "truncated", "round": "rounded", "lower": "lowercase", "upper": "uppercase", "strip": "stripped", "title": "capitalized",
    "capitalize": "capitalized", "replace": "without-spaces", "split": "without-spaces", "not ": "negated", "- 1": "one-less", "+ 1": "one-more", "-(": "negated", "{": "emptied",
    "[]": "emptied", "set()": "emptied",
}


def named(template):
    return next((word for part, word in WORDS.items() if part in template), "changed")


def in_turn(found, most):
    """At most so many, of each kind as many as of the others."""
    kinds = {}
    for one in found:
        kinds.setdefault(one["kind"], []).append(one)
    # From the ends and the middle of a long answer alike.
    queues = [spread(group) for group in kinds.values()]
    chosen = []
    while len(chosen) < most and any(queues):
        for queue in queues:
            if queue and len(chosen) < most:
                chosen.append(queue.pop(0))
    return chosen


def spread(group):
    step = max(1, round(len(group) * 0.618))
    while len(group) > 1 and gcd(step, len(group)) > 1:
        step += 1
    return [group[(place * step) % len(group)] for place in range(len(group))]


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def kinds_of_arguments(seen):
    """By place the types of the arguments that are given."""
    kinds = []
    for text in seen:
        try:
            args = eval(text, {})[0]
        except Exception:
            continue
        for place, value in enumerate(args):
            if place == len(kinds):
                kinds.append([])
            if type(value).__name__ not in kinds[place]:
                kinds[place].append(type(value).__name__)
    return kinds


def main():
    asked = json.load(sys.stdin)
    first = asked["prefix"].count("\n")
    tree = ast.parse(asked["prefix"] + asked["code"])
    right = ast.unparse(tree)
    seen, found = {right}, []
    arguments = kinds_of_arguments(asked["seen"])
    every = [shortcuts(tree, name, asked["results"], arguments) for name in asked["names"] if name]
    for source in [*every, replaced(tree), removed(tree)]:
        for kind, place, changed_tree in source:
            if 0 < place <= first and not kind.startswith(("result", "argument-", "returns-its")):
                continue
            try:
                code = ast.unparse(ast.fix_missing_locations(changed_tree))
                compile(code, "mutant", "exec")
            except (SyntaxError, ValueError, TypeError, RecursionError):
                continue
            if code not in seen:
                seen.add(code)
                found.append({"kind": kind, "line": max(place - first, 1), "code": code})
    json.dump({"right": right, "mutants": in_turn(found, asked["most"])}, sys.stdout)


main()
