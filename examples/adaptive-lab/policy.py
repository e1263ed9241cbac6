"""A recurrent softmax policy over token sequences of fixed length, with its gradients written out."""

import numpy as np

VOCABULARY = 12
LENGTH = 8
HIDDEN = 48


class Policy:
    """hₜ = tanh(E[xₜ₋₁] + P[prompt] + hₜ₋₁ W + b); logits = hₜ O + c."""

    def __init__(self, prompts: int, rng: np.random.Generator):
        scale = HIDDEN**-0.5
        self.parameters = {
            "E": rng.normal(size=(VOCABULARY + 1, HIDDEN)) * scale,
            "P": rng.normal(size=(prompts, HIDDEN)) * scale,
            "T": rng.normal(size=(LENGTH, HIDDEN)) * scale,
            "W": rng.normal(size=(HIDDEN, HIDDEN)) * scale,
            "O": rng.normal(size=(HIDDEN, VOCABULARY)) * scale,
            "c": np.zeros(VOCABULARY),
        }

    def copy(self) -> "Policy":
        other = Policy.__new__(Policy)
        other.parameters = {name: value.copy() for name, value in self.parameters.items()}
        return other

    def _next(self, time: int, before: np.ndarray, prompts: np.ndarray, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        p = self.parameters
        hidden = np.tanh(p["E"][before] + p["P"][prompts] + p["T"][time] + hidden @ p["W"])
        logits = hidden @ p["O"] + p["c"]
        exps = np.exp(logits - logits.max(1, keepdims=True))
        return hidden, exps / exps.sum(1, keepdims=True)

    def sample(self, prompts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        count = len(prompts)
        hidden, before = np.zeros((count, HIDDEN)), np.full(count, VOCABULARY)
        tokens = np.empty((count, LENGTH), dtype=int)
        for time in range(LENGTH):
            hidden, probabilities = self._next(time, before, prompts, hidden)
            at = rng.random((count, 1)) > probabilities.cumsum(1)
            before = tokens[:, time] = np.minimum(at.sum(1), VOCABULARY - 1)
        return tokens

    def gradient(self, prompts: np.ndarray, tokens: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
        """Of Σ weight · ln probability of the completions."""
        p, count = self.parameters, len(prompts)
        hidden, before = np.zeros((count, HIDDEN)), np.full(count, VOCABULARY)
        states, errors, befores = [hidden], [], []
        for time in range(LENGTH):
            befores.append(before)
            hidden, probabilities = self._next(time, before, prompts, hidden)
            error = -probabilities
            error[np.arange(count), tokens[:, time]] += 1.0
            errors.append(error * weights[:, None])
            states.append(hidden)
            before = tokens[:, time]
        grads = {name: np.zeros_like(value) for name, value in p.items()}
        back = np.zeros((count, HIDDEN))
        for time in reversed(range(LENGTH)):
            grads["O"] += states[time + 1].T @ errors[time]
            grads["c"] += errors[time].sum(0)
            inner = (errors[time] @ p["O"].T + back) * (1.0 - states[time + 1] ** 2)
            np.add.at(grads["E"], befores[time], inner)
            np.add.at(grads["P"], prompts, inner)
            grads["T"][time] += inner.sum(0)
            grads["W"] += states[time].T @ inner
            back = inner @ p["W"].T
        return grads


class Adam:
    """Gradient ascent by Adam (Kingma & Ba 2015), gradients clipped to norm 1."""

    def __init__(self, policy: Policy, rate: float):
        self.policy, self.rate, self.steps = policy, rate, 0
        self.mean = {name: np.zeros_like(value) for name, value in policy.parameters.items()}
        self.square = {name: np.zeros_like(value) for name, value in policy.parameters.items()}

    def step(self, grads: dict[str, np.ndarray]) -> None:
        self.steps += 1
        norm = np.sqrt(sum((grad**2).sum() for grad in grads.values()))
        clip = min(1.0, 1.0 / (norm + 1e-12))
        for name, grad in grads.items():
            grad = grad * clip
            self.mean[name] += 0.1 * (grad - self.mean[name])
            self.square[name] += 0.001 * (grad**2 - self.square[name])
            mean = self.mean[name] / (1 - 0.9**self.steps)
            square = self.square[name] / (1 - 0.999**self.steps)
            self.policy.parameters[name] += self.rate * mean / (np.sqrt(square) + 1e-8)
