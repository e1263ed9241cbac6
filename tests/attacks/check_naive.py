"""Runs every attack against the naive runner: each must earn full marks there, or it proves nothing.

Needs PyYAML. With arguments, only attacks whose path holds one of them. Prints what fails; the exit status says whether
anything did.
"""

import json
import pathlib
import subprocess
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
REASONS = set(
    "empty syntax exited timeout memory recursion output raised crashed missing not_plain wrong_answer unmet".split()
)


def read(path):
    return path.read_bytes().decode("utf-8")


def front(text):
    """The front matter and the completion after it."""
    assert text.startswith("---\n"), "no front matter"
    head, completion = text[4:].split("\n---\n", 1)
    return yaml.safe_load(head), completion


def naive(task, attack, completion):
    document = json.dumps({"task": task, "attack": attack, "completion": completion})
    command = [sys.executable, "-B", str(HERE / "naive.py")]
    done = subprocess.run(command, input=document, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return json.loads(done.stdout)


def mode(attack, task):
    careless = attack.get("careless", "exit_status")
    return careless[task] if isinstance(careless, dict) else careless


def fenced(task, code):
    return code if "language" in task else f"Here it is:\n\n```python\n{code}```\n"


def main():
    tasks = {path.stem: yaml.safe_load(read(path)) for path in sorted((HERE / "tasks").glob("*.yaml"))}
    defences = {line.split("`")[1] for line in read(HERE / "README.md").splitlines() if line.startswith("- `")}
    failed, used, families = [], set(), {}
    for name, task in tasks.items():
        if task["name"] != name:
            failed.append(f"tasks/{name}.yaml: named {task['name']}")
    for path in sorted(HERE.glob("*/*.md")):
        name = f"{path.parent.name}/{path.stem}"
        if sys.argv[1:] and not any(part in name for part in sys.argv[1:]):
            continue
        families[path.parent.name] = families.get(path.parent.name, 0) + 1
        attack, completion = front(read(path))
        if attack["defence"] not in defences:
            failed.append(f"{name}: unknown defence {attack['defence']}")
        for task, reasons in attack["against"].items():
            if set([reasons] if isinstance(reasons, str) else reasons) - REASONS:
                failed.append(f"{name}: unknown reason in {reasons}")
            used.add((mode(attack, task), task))
            found = naive(tasks[task], attack, completion)
            if found["reward"] != 1.0:
                failed.append(f"{name} against {task}: {found['why']}")
    for careless, name in sorted(used):
        task = tasks[name]
        for key, wanted in [("solution", 1.0), ("wrong", 0.0)]:
            found = naive(task, {"careless": careless}, fenced(task, task[key]))
            if found["reward"] != wanted:
                failed.append(f"mode {careless}, {key} of {name}: {found}")
    print("\n".join(failed))
    total = sum(families.values())
    print(f"{total} attacks in {len(families)} families, {len(used)} pairs of mode and task, {len(failed)} failures")
    print("  ".join(f"{family} {count}" for family, count in families.items()))
    sys.exit(bool(failed))


main()
