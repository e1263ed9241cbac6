"""What the policies are asked, and how they answer before training: several structures of dependence between constraints."""

from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from policy import LENGTH, VOCABULARY

CHECKS = {
    "has": lambda t: (t == 1).any(1),
    "starts": lambda t: t[:, 0] < 4,
    "ends": lambda t: t[:, -1] >= 8,
    "lacks": lambda t: (t != 2).all(1),
    "apart": lambda t: (t[:, 1:] != t[:, :-1]).all(1),
    "rises": lambda t: t[:, 3] < t[:, 4],
    "twice": lambda t: (t == 7).sum(1) >= 2,
    "low": lambda t: t.sum(1) <= 40,
}


def independent(*rates: float) -> list[float]:
    """Constraints met independently of each other."""
    return [float(np.prod([r if bit else 1 - r for bit, r in zip(bits, rates)])) for bits in product([0, 1], repeat=len(rates))]


def mixed(share: float, one: list[float], other: list[float]) -> list[float]:
    """With probability `share` as `one`, else as `other`: constraints depend on each other."""
    return [share * a + (1 - share) * b for a, b in zip(one, other)]


@dataclass
class Scenario:
    name: str
    checks: list[str]
    outcomes: list[float]
    algorithm: str = "grpo"
    rate: float = 2e-3
    steps: int = 200
    groups: int = 8
    prompts: int = 16
    seed: int = 0
    joint: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.seed = sum(map(ord, self.name))
        rng = np.random.default_rng(self.seed)
        joint = np.array(self.outcomes) * np.exp(0.5 * rng.normal(size=(self.prompts, len(self.outcomes))))
        self.joint = joint / joint.sum(1, keepdims=True)

    @property
    def size(self) -> int:
        return len(self.checks)

    def met(self, tokens: np.ndarray) -> np.ndarray:
        return np.stack([CHECKS[check](tokens) for check in self.checks], 1)

    def pool(self, rng: np.random.Generator) -> list[np.ndarray]:
        """Completions with each outcome."""
        tokens = rng.integers(VOCABULARY, size=(400_000, LENGTH))
        outcome = self.met(tokens) @ (1 << np.arange(self.size)[::-1])
        return [tokens[outcome == place] for place in range(2**self.size)]


SCENARIOS = [
    Scenario("easy", ["has", "starts"], independent(0.5, 0.5)),
    Scenario("pair", ["starts", "ends"], independent(0.1, 0.3), "rloo"),
    Scenario("rare pair", ["has", "twice"], independent(0.06, 0.08)),
    Scenario("conflict", ["starts", "low"], [0.06, 0.46, 0.46, 0.02]),
    Scenario("deep conflict", ["has", "twice"], [0.05, 0.47, 0.475, 0.005], "rloo"),
    Scenario("red herring", ["lacks", "ends"], [0.18, 0.01, 0.8, 0.01]),
    Scenario("all or none", ["has", "ends", "rises"], mixed(0.08, independent(0.9, 0.9, 0.9), independent(0.05, 0.05, 0.05)), "rloo"),
    Scenario("three rare", ["has", "starts", "ends"], independent(0.15, 0.15, 0.15)),
    Scenario("three rarer", ["starts", "twice", "ends"], independent(0.08, 0.12, 0.1), "rloo"),
    Scenario("one hard", ["lacks", "apart", "twice"], independent(0.8, 0.8, 0.02)),
    Scenario("two camps", ["has", "starts", "low"], mixed(0.5, independent(0.8, 0.05, 0.5), independent(0.05, 0.8, 0.5)), "rloo"),
    Scenario("four", ["has", "starts", "ends", "rises"], independent(0.3, 0.3, 0.3, 0.3)),
    Scenario("four rare", ["has", "starts", "ends", "lacks"], independent(0.15, 0.2, 0.15, 0.3), "rloo"),
    Scenario("four, one left", ["has", "lacks", "low", "ends"], independent(0.7, 0.8, 0.8, 0.01)),
    Scenario("bound", ["rises", "apart", "low"], mixed(0.7, independent(0.1, 0.9, 0.2), independent(0.7, 0.1, 0.5))),
    Scenario("half marks", ["lacks", "apart", "has", "ends"], mixed(0.9, independent(0.9, 0.9, 0.02, 0.02), independent(0.2, 0.2, 0.6, 0.6)), "rloo"),
]

# The same at a smaller learning rate, where 2e-3 is done with long before the end.
SLOWER = {
    "easy": 5e-4,
    "pair": 1e-3,
    "rare pair": 7e-4,
    "conflict": 5e-4,
    "deep conflict": 5e-4,
    "red herring": 5e-4,
    "all or none": 5e-4,
    "one hard": 1e-3,
    "two camps": 7e-4,
    "bound": 1e-3,
}
SCENARIOS += [replace(scenario, rate=SLOWER[scenario.name]) for scenario in SCENARIOS if scenario.name in SLOWER]
