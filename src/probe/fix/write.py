"""New cases in the forms that specs and published tests have: a JSON object on standard input, a JSON list on standard output."""

import json
import sys


def plain(value):
    """A value as JSON; what JSON cannot say, as an expression."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else {"python": repr(value)}
    if isinstance(value, float):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value) and list(value) != ["python"]:
        return {key: plain(item) for key, item in value.items()}
    return {"python": repr(value)}


def has_expression(value):
    if isinstance(value, dict):
        return list(value) == ["python"] or any(map(has_expression, value.values()))
    return isinstance(value, list) and any(map(has_expression, value))


def written(case, kind, name):
    if kind == "run":
        stdin, stdout = case["input"], case["gives"]
        return {"case": {"stdin": stdin, "stdout": stdout}, "input": stdin, "output": stdout, "assertion": None}
    args, kwargs = eval(case["input"], {})
    gives = eval(case["gives"], {})
    own = {"args": plain(args), "returns": plain(gives)}
    if kwargs:
        own["kwargs"] = plain(kwargs)
    call = ", ".join([repr(value) for value in args] + [f"{key}={value!r}" for key, value in kwargs.items()])
    if isinstance(gives, float):
        test = f"assert abs({name}({call}) - {gives!r}) <= 1e-6 * max(1.0, abs({gives!r}))"
    elif gives is None or isinstance(gives, bool):
        test = f"assert {name}({call}) is {gives!r}" if gives is None else f"assert {name}({call}) == {gives!r}"
    else:
        test = f"assert {name}({call}) == {gives!r}"
    simple = not kwargs and not has_expression(own["args"]) and not has_expression(own["returns"])
    return {"case": own, "input": own["args"] if simple else None, "output": own["returns"] if simple else None, "assertion": test}


def main():
    asked = json.load(sys.stdin)
    json.dump([written(case, asked["kind"], asked["name"]) for case in asked["cases"]], sys.stdout)


main()
