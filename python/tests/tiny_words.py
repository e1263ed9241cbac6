"""Short texts, the same every time."""

from __future__ import annotations

import random

WORDS = ["hello", "please", "owl", "7", "a", "gull"]


def texts(seed: int, count: int) -> list[str]:
    """So many texts of one to eight words."""
    draw = random.Random(seed)
    return [" ".join(draw.choices(WORDS, k=draw.randint(1, 8))) for _ in range(count)]
