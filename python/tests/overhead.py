"""What the bindings add to the library, per completion: for docs/benchmarks.md.

The library's own time is that of a spec with one light constraint; what is above the time of the same call on an empty answer is the check.
"""

from __future__ import annotations

import sys
import threading
import time

import fullmarks

BATCH = 512


def fastest(work: object, repeat: int = 60) -> float:
    """Seconds of the fastest of many calls."""
    best = float("inf")
    for _ in range(repeat):
        begun = time.perf_counter()
        work()  # type: ignore[operator]
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    task = fullmarks.Task.from_yaml(
        "fullmarks: 1\nname: t\nconstraints: [{check: length.max_words, with: {words: 500}}]\nreward: {scheme: binary}\n"
    )
    # An empty answer meets no constraint and runs no check, so all of this is ours.
    empty = [" " * 2000] * BATCH
    texts = ["word " * 400] * BATCH
    ids = [str(index // 8) for index in range(BATCH)]
    for name, work in {
        "reward, nothing to check": lambda: task.reward(empty),
        "score, nothing to check": lambda: task.score(empty, ids=ids),
        "reward, one light check": lambda: task.reward(texts),
        "score, one light check": lambda: task.score(texts, ids=ids),
    }.items():
        print(f"{name:28} {fastest(work) / BATCH * 1e6:6.2f} us a completion")
    code = fullmarks.Task.from_yaml(
        "fullmarks: 1\nname: c\nextract: {code: python}\nconstraints:\n"
        "  - {check: python.calls, with: {function: f, cases: [{args: [1], returns: 2}]}}\nreward: {scheme: binary}\n"
    )
    programs = ["```python\ndef f(x):\n    for _ in range(20000): x * x\n    return x + 1\n```"] * 64
    code.reward(programs)
    alone = fastest(lambda: code.reward(programs), 5)
    cpu, begun = time.process_time(), time.perf_counter()
    threads = [threading.Thread(target=lambda: [code.reward(programs) for _ in range(4)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - begun
    print(f"{'two threads':28} {(time.process_time() - cpu) / wall:6.2f} cores in use; one call of 64 takes {alone * 1e3:.0f} ms")
    print(f"Python {sys.version.split()[0]}, fullmarks {fullmarks.__version__}")


if __name__ == "__main__":
    main()
