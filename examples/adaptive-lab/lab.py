"""Trains a small recurrent policy under `binary`, `partial` and `adaptive`, and prints a table of what each taught it.

The policy (numpy, written out) answers a prompt with eight tokens of a vocabulary of twelve. It is pre-trained by maximum likelihood on
completions whose outcomes fall as a scenario says, and then by policy gradients on its own completions: k constraints, groups of
eight, an optimiser and an algorithm as the scenario says. `adaptive` is the real controller, `examples/adaptive-lab`.

    cargo build --release --locked --workspace --examples
    python examples/adaptive-lab/lab.py
"""

import argparse
import json
import multiprocessing
import os
import subprocess
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np  # noqa: E402 (after the number of threads is set)

from policy import LENGTH, VOCABULARY, Adam, Policy  # noqa: E402
from scenarios import SCENARIOS, Scenario  # noqa: E402

CONTROLLER = Path(__file__).parents[2] / "target/release/examples/adaptive-lab"
SCHEMES = ["binary", "partial", "adaptive"]
GROUP = 8
PRETRAINING = 800
EVERY = 5
FRESH = 1024


class Controller:
    """The controller, in a process of its own."""

    def __init__(self, path: Path, scenario: Scenario):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        weights = [1.0] * scenario.size
        self.ask({"weights": weights, "algorithm": scenario.algorithm, "group_size": GROUP})

    def ask(self, message: dict) -> dict:
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def rewards(self, prompts: np.ndarray, met: np.ndarray) -> tuple[np.ndarray, float]:
        bits = ["".join("1" if one else "0" for one in row) for row in met]
        groups = [
            {"prompt": str(prompts[start]), "outcomes": bits[start : start + GROUP]} for start in range(0, len(bits), GROUP)
        ]
        answer = self.ask({"groups": groups})
        return np.array(answer["rewards"]), answer["credit"]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def pretrain(scenario: Scenario) -> Policy:
    """The initial policy, the same for all schemes and seeds."""
    rng = np.random.default_rng(scenario.seed)
    policy = Policy(scenario.prompts, rng)
    pool = scenario.pool(rng)
    adam = Adam(policy, 3e-3)
    for _ in range(PRETRAINING):
        prompts = rng.integers(scenario.prompts, size=256)
        outcomes = [rng.choice(2**scenario.size, p=scenario.joint[prompt]) for prompt in prompts]
        tokens = np.stack([pool[outcome][rng.integers(len(pool[outcome]))] for outcome in outcomes])
        adam.step(policy.gradient(prompts, tokens, np.full(len(prompts), 1.0 / len(prompts))))
    return policy


def advantages(algorithm: str, rewards: np.ndarray) -> np.ndarray:
    centred = rewards - rewards.mean(1, keepdims=True)
    if algorithm == "rloo":
        return centred * GROUP / (GROUP - 1)
    return centred / (rewards.std(1, ddof=1, keepdims=True) + 1e-4)


def p_full(policy: Policy, scenario: Scenario, rng: np.random.Generator) -> float:
    prompts = rng.integers(scenario.prompts, size=FRESH)
    return float(scenario.met(policy.sample(prompts, rng)).all(1).mean())


def train(initial: Policy, scenario: Scenario, scheme: str, seed: int, path: Path) -> dict:
    """Trains a copy of the initial policy; p_full over time, by fresh completions."""
    rng, fresh = np.random.default_rng([scenario.seed, seed]), np.random.default_rng([scenario.seed, seed, 1])
    policy = initial.copy()
    adam = Adam(policy, scenario.rate)
    controller = Controller(path, scenario) if scheme == "adaptive" else None
    curve, credits = [], []
    for step in range(scenario.steps):
        if step % EVERY == 0:
            curve.append(p_full(policy, scenario, fresh))
        prompts = np.repeat(rng.integers(scenario.prompts, size=scenario.groups), GROUP)
        tokens = policy.sample(prompts, rng)
        met = scenario.met(tokens)
        if controller:
            rewards, credit = controller.rewards(prompts, met)
        else:
            credit = 1.0 if scheme == "partial" else 0.0
            rewards = np.where(met.all(1), 1.0, credit * met.mean(1)).reshape(-1, GROUP)
        if not credits or credits[-1][1] != credit:
            credits.append((step, credit))
        weights = advantages(scenario.algorithm, rewards).reshape(-1) / len(prompts)
        adam.step(policy.gradient(prompts, tokens, weights))
    curve.append(p_full(policy, scenario, fresh))
    if controller:
        controller.close()
    return {"scheme": scheme, "seed": seed, "area": float(np.mean(curve)), "end": float(np.mean(curve[-4:])), "credits": credits}


def run(task: tuple[Scenario, int, Path]) -> tuple[Scenario, dict, list[dict]]:
    scenario, seeds, path = task
    initial = pretrain(scenario)
    rng = np.random.default_rng(scenario.seed + 1)
    met = scenario.met(initial.sample(rng.integers(scenario.prompts, size=16 * FRESH), rng))
    start = {"full": float(met.all(1).mean()), "partial": float((met.any(1) & ~met.all(1)).mean())}
    return scenario, start, [train(initial, scenario, scheme, seed, path) for scheme in SCHEMES for seed in range(seeds)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3, help="runs of each scheme")
    parser.add_argument("--only", help="names of scenarios, with commas between them")
    parser.add_argument("--controller", type=Path, default=CONTROLLER)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--credits", action="store_true", help="print the credits that were paid")
    options = parser.parse_args()
    only = options.only.split(",") if options.only else None
    tasks = [(scenario, options.seeds, options.controller) for scenario in SCENARIOS if not only or scenario.name in only]
    print("| scenario | k | trainer, rate | p_full, p_partial at first | binary | partial | adaptive | ratio | ends |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    within, stalls = 0, 0
    with multiprocessing.Pool(options.processes) as pool:
        for scenario, start, runs in pool.imap(run, tasks):
            area = {s: np.mean([run["area"] for run in runs if run["scheme"] == s]) for s in SCHEMES}
            end = {s: np.mean([run["end"] for run in runs if run["scheme"] == s]) for s in SCHEMES}
            ratio = area["adaptive"] / max(area["binary"], area["partial"])
            best = max(end["binary"], end["partial"])
            stalled = best >= (1 + start["full"]) / 2 and end["adaptive"] < best / 2
            within += ratio >= 0.95
            stalls += stalled
            areas = " | ".join(f"{area[s]:.3f}" for s in SCHEMES)
            ends = " ".join(f"{end[s]:.2f}" for s in SCHEMES)
            print(
                f"| {scenario.name} | {scenario.size} | {scenario.algorithm} {scenario.rate:g} | {start['full']:.3f} {start['partial']:.2f} "
                f"| {areas} | {ratio:.3f} | {ends}{' stalls' if stalled else ''} |",
                flush=True,
            )
            if options.credits:
                for one in runs:
                    print("   ", one["scheme"], one["seed"], f"{one['area']:.3f} {one['end']:.2f}", one["credits"])
    print(f"\nwithin 5 % of the better fixed scheme: {within} of {len(tasks)}; stalls where one learns: {stalls}")


if __name__ == "__main__":
    assert VOCABULARY == 12 and LENGTH == 8
    main()
