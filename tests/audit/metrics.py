"""The metrics of `fullmarks audit`, from their definitions alone.

    python3 tests/audit/metrics.py > tests/audit/metrics.json

Writes problems and what the metrics are on them. Rewards are compared as exact fractions, weights are computed with decimals of
sixty digits, so that nothing here depends on how sums are arranged. Python 3.10 or newer, nothing else.

Definitions (after the code of arXiv 2604.25872), for the completions y of a prompt, with truth t(y), proxy r(y), log-probability
l(y) under the policy, and V the mean of r over the prompt's completions:

- pair (c, j): t(c) > t(j). Right when r(c) > r(j). Harmless when right, or when r(j) < V.
- one-vs-many (c, J): t(c) is the prompt's largest, J all completions that are worth less, at least one. Right when r(c) is larger than
  every r(j). Harmless when right, or when every r(j) < V.
- Acc: share of comparisons that are right; HAcc: that are harmless; over all comparisons of all prompts.
- the same with -W: weighed by exp of the sum of the log-probabilities of all that is compared; comparisons without one of them
  are left out.
"""

import json
import random
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
getcontext().Emin = -(10**9)


def comparisons(prompt):
    """(completions compared, right, harmless) of every pair, then of every one-vs-many."""
    truth = [Fraction(t) for t in prompt["truth"]]
    proxy = [Fraction(r) for r in prompt["proxy"]]
    mean = sum(proxy) / len(proxy)
    everyone = range(len(truth))
    pairs, many = [], []
    for c in everyone:
        for j in everyone:
            if truth[c] > truth[j]:
                right = proxy[c] > proxy[j]
                pairs.append(([c, j], right, right or proxy[j] < mean))
        worse = [j for j in everyone if truth[j] < truth[c]]
        if truth[c] == max(truth) and worse:
            right = all(proxy[c] > proxy[j] for j in worse)
            many.append(([c] + worse, right, right or all(proxy[j] < mean for j in worse)))
    return pairs, many


def share(weights, hits):
    total = sum(weights)
    return None if not weights else float(sum(w for w, hit in zip(weights, hits) if hit) / total)


def metrics(prompts):
    found = {}
    for index, suffix in [(0, ""), (1, "-one-vs-many")]:
        weights, right, harmless = [], [], []
        logs, known_right, known_harmless = [], [], []
        for prompt in prompts:
            for compared, is_right, is_harmless in comparisons(prompt)[index]:
                weights.append(1)
                right.append(is_right)
                harmless.append(is_harmless)
                logprobs = [prompt["logprob"][y] for y in compared]
                if None not in logprobs:
                    logs.append(sum(Decimal(l) for l in logprobs))
                    known_right.append(is_right)
                    known_harmless.append(is_harmless)
        weighed = [log.exp() for log in logs]
        found["acc" + suffix] = share([Fraction(w) for w in weights], right)
        found["hacc" + suffix] = share([Fraction(w) for w in weights], harmless)
        found["acc-w" + suffix] = share(weighed, known_right)
        found["hacc-w" + suffix] = share(weighed, known_harmless)
    return found


def prompt(truth, proxy, logprob=None):
    return {"truth": truth, "proxy": proxy, "logprob": logprob or [None] * len(truth)}


def random_problem(seed, prompts, completions, levels, span):
    rng = random.Random(seed)
    made = []
    for _ in range(prompts):
        n = rng.randint(1, completions)
        truth = [rng.randint(0, 2) / 2 for _ in range(n)]
        proxy = [rng.randint(0, levels) / levels for _ in range(n)]
        logprob = [None if rng.random() < 0.1 else -rng.random() * span for _ in range(n)]
        made.append(prompt(truth, proxy, logprob))
    return made


# By hand, in tests/commands/audit.rs too: one right pair, one tie, one wrong pair.
HAND = prompt([1, 0, 0, 0], [0.5, 0.25, 0.5, 0.75], [-1.0, -1.0, -2.0, -3.0])

PROBLEMS = {
    "by hand": [HAND],
    "all ties": [prompt([1, 0, 0.5], [0.1, 0.1, 0.1], [-1.0, -2.0, -3.0])],
    "nothing to compare": [prompt([1, 1], [0.1, 0.9], [-1.0, -2.0]), prompt([0], [0.5], [-1.0])],
    "a group of one beside others": [prompt([1], [0.5], [-1.0]), HAND, prompt([0, 0], [0.5, 0.7], [-1.0, -1.0])],
    "extreme log-probabilities": [
        prompt([1, 0], [0.2, 0.8], [-5000.0, -5000.5]),
        prompt([1, 0], [0.9, 0.1], [-5001.0, -5000.25]),
        prompt([1, 0, 0], [0.4, 0.4, 0.1], [-9000.0, -8000.0, -700.0]),
    ],
    "one prompt outweighs all": [
        prompt([1, 0], [0.2, 0.8], [-5000.0, -3000.0]),
        prompt([1, 0], [0.9, 0.1], [-2.0, -3.0]),
    ],
    "log-probabilities missing": [
        prompt([1, 0, 0], [0.9, 0.3, 0.95], [-1.0, None, -2.0]),
        prompt([1, 0], [0.2, 0.8], [None, None]),
    ],
    "no log-probabilities": [prompt([1, 0, 0], [0.9, 0.3, 0.95])],
    "graded truth": [prompt([0.25, 1, 0.5, 1, 0], [3.5, -1.0, 8.0, 4.0, 4.0], [-4.0, -2.5, -3.0, -6.0, -1.0])],
    "several best": [prompt([1, 1, 0, 0], [0.7, 0.2, 0.3, 0.3], [-1.5, -2.5, -0.5, -4.0])],
    "rejected exactly at the mean": [prompt([1, 0, 0], [0.25, 0.5, 0.75], [-1.0, -1.0, -1.0])],
    "outside 0 to 1": [prompt([1, 0, 0], [-12.5, -20.0, 14.0], [-1.0, -2.0, -1.5])],
    "a tenth, three times": [prompt([1, 0, 0], [0.1, 0.1, 0.1], [-1.0, -1.0, -1.0])],
}
for number in range(12):
    span = [3.0, 30.0, 3000.0][number % 3]
    PROBLEMS[f"random {number}"] = random_problem(number, 1 + 4 * number, 9, [2, 4, 1024][number % 3], span)


if __name__ == "__main__":
    table = [{"name": name, "prompts": prompts, "metrics": metrics(prompts)} for name, prompts in PROBLEMS.items()]
    print("[\n" + ",\n".join(map(json.dumps, table)) + "\n]")
