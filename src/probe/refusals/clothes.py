"""A right program in other clothes: a JSON object on standard input, a JSON list on standard output.

Each does the same as the one it is made of.
"""

import ast
import builtins
import copy
import json
import sys


def renamed(tree):
    """Local variables under other names; what calls give by name stays, and so does all that is reached from elsewhere."""

    class Rename(ast.NodeTransformer):
        def __init__(self, names):
            self.names = names

        def visit_Name(self, node):
            node.id = self.names.get(node.id, node.id)
            return node

    done = False
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        inner = [node for node in ast.walk(function) if node is not function]
        if any(isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.Global, ast.Nonlocal, ast.Match)) for node in inner):
            continue
        called = {node.func.id for node in inner if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        if called & {"locals", "globals", "eval", "exec", "vars"}:
            continue
        arguments = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)}
        stored = {node.id for node in inner if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        names = sorted(stored - arguments - set(dir(builtins)))
        if names:
            function.body = [Rename({name: f"value_{place}" for place, name in enumerate(names)}).visit(node) for node in function.body]
            done = True
    return tree if done else None


def reordered(tree):
    """Functions in another order, where nothing between them runs them."""
    places = [place for place, node in enumerate(tree.body) if isinstance(node, ast.FunctionDef)]
    safe = (ast.FunctionDef, ast.Import, ast.ImportFrom)
    if len(places) < 2 or not all(isinstance(node, safe) and not getattr(node, "decorator_list", None) for node in tree.body):
        return None
    if any(node.args.defaults or node.args.kw_defaults for node in tree.body if isinstance(node, ast.FunctionDef)):
        return None
    if len({tree.body[place].name for place in places}) < len(places):
        return None
    for place, node in zip(places, [tree.body[place] for place in reversed(places)]):
        tree.body[place] = node
    return tree


def through_another(tree, names):
    """A function that only calls the one that does the work."""
    for place, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name in names and not node.decorator_list and not node.args.vararg and not node.args.kwarg:
            if node.args.posonlyargs or node.args.kwonlyargs or any(isinstance(it, (ast.Yield, ast.YieldFrom)) for it in ast.walk(node)):
                return None
            front = copy.deepcopy(node)
            node.name = f"_{node.name}_inner"
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name) and inner.id == front.name:
                    inner.id = node.name
            call = ast.Call(ast.Name(node.name, ast.Load()), [ast.Name(it.arg, ast.Load()) for it in front.args.args], [])
            front.body = [ast.Return(call)]
            tree.body.insert(place + 1, front)
            return tree
    return None


def main():
    asked = json.load(sys.stdin)
    code = asked["code"]
    tree = ast.parse(code)
    found = [("comments", "# The solution.\n" + code.rstrip() + "\n# The end.")]
    plain = ast.unparse(tree)
    if plain.strip() != code.strip():
        found.append(("other-layout", plain))
    for kind, make in (("renamed-locals", renamed), ("reordered-definitions", reordered)):
        changed = make(copy.deepcopy(tree))
        if changed is not None:
            found.append((kind, ast.unparse(ast.fix_missing_locations(changed))))
    changed = through_another(copy.deepcopy(tree), asked["names"])
    if changed is not None:
        found.append(("through-a-helper", ast.unparse(ast.fix_missing_locations(changed))))
    json.dump([{"kind": kind, "code": text} for kind, text in found], sys.stdout)


main()
