"""Arguments of the types, ranges and shapes of those seen: a JSON object on standard input, a JSON list on standard output.

What all of the arguments seen have in common, and enough of them, the new ones have as well: it is taken for what the task admits.
"""

import json
import random
import re
import sys

# So many calls that agree make a rule.
CALLS = 5
# Of numbers that are given by themselves: a negative one would be another kind of input.
ALONE = 3
ITEMS = 12
LONGEST = 40
LARGEST = 10**6


def values_at(value, path, found):
    """Every value by its place, where all items of a list share one."""
    found.setdefault(path, []).append(value)
    if isinstance(value, dict):
        for key, item in value.items():
            values_at(key, path + ("key",), found)
            values_at(item, path + ("value",), found)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            values_at(item, path + (place,), found)
    elif isinstance(value, (list, set, frozenset)):
        for item in value:
            values_at(item, path + ("item",), found)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_ordered(items, compare):
    try:
        return all(compare(a, b) for a, b in zip(items, items[1:]))
    except TypeError:
        return False


def is_distinct(items):
    return all(item not in items[:place] for place, item in enumerate(items))


# What a task says in words of what it is given.
POSITIVE = re.compile(r"\b(positive|non-?negative|natural|unsigned)\b", re.IGNORECASE)
FILLED = re.compile(r"\b(non-?empty|at least one)\b", re.IGNORECASE)
SORTED = re.compile(r"\b(sorted|ascending|increasing) (list|array|sequence|order)|\b(list|array)\b[^.]{0,20} (is|are) sorted", re.IGNORECASE)


def balanced(text):
    """Whether each bracket has its other half."""
    depth = 0
    for character in text:
        depth += (character in "([{<") - (character in ")]}>")
        if depth < 0:
            return False
    return depth == 0


def rules_of_place(path, values, words):
    """What holds for all values at a place."""
    kinds = {type(value) for value in values}
    yield lambda value: type(value) in kinds
    if all(is_number(value) for value in values):
        enough = CALLS if "item" not in path else ITEMS
        if "item" not in path:
            enough = ALONE
        if POSITIVE.search(words) and min(values) >= 0:
            enough = 1
        if len(values) >= enough:
            if min(values) >= 0:
                yield lambda value: value >= 0
            if min(values) >= 1:
                yield lambda value: value >= 1
            if min(values) >= 2 and len(values) >= 2 * CALLS:
                least = min(values)
                yield lambda value: value >= min(least, 2)
            if max(values) <= 1 and min(values) >= 0 and len(values) >= 2 * CALLS:
                yield lambda value: value <= 1
            if any(isinstance(value, float) for value in values) is False and all(value % 2 for value in values) and len(values) >= ITEMS:
                yield lambda value: value % 2
    elif all(isinstance(value, str) for value in values):
        if all(values) and (len(values) >= CALLS or FILLED.search(words)):
            yield lambda value: value != ""
        if len(values) >= ALONE and any("(" in value or "[" in value or "<" in value for value in values) and all(map(balanced, values)):
            yield balanced
        if len(values) >= CALLS and len({len(value) for value in values}) == 1:
            length = len(values[0])
            yield lambda value: len(value) == length
        for test in (str.isdigit, str.isalpha, str.islower, str.isupper, str.isalnum, str.isspace):
            if len(values) >= CALLS and all(test(value) or not value for value in values):
                yield lambda value, test=test: not value or test(value)
        if len(values) >= CALLS:
            if all(value == value.strip() for value in values):
                yield lambda value: value == value.strip()
            if not any("  " in value for value in values):
                yield lambda value: "  " not in value
    elif all(isinstance(value, (list, tuple)) for value in values):
        if all(values) and (len(values) >= CALLS or FILLED.search(words)):
            yield lambda value: len(value) > 0
        if len(values) >= CALLS and len({len(value) for value in values}) == 1:
            length = len(values[0])
            yield lambda value: len(value) == length
        long = [value for value in values if len(value) > 2]
        if len(long) >= (1 if SORTED.search(words) else CALLS):
            for compare in (lambda a, b: a <= b, lambda a, b: a >= b):
                if all(is_ordered(value, compare) for value in long):
                    yield lambda value, compare=compare: is_ordered(value, compare)
            if len(long) >= CALLS and all(is_distinct(value) for value in long):
                yield is_distinct
        if len(values) >= ALONE and all(rectangular(value) for value in values) and any(len(value) > 1 for value in values):
            yield rectangular
        if len(values) >= CALLS and all(len(value) % 2 for value in values):
            yield lambda value: len(value) % 2
    elif all(isinstance(value, dict) for value in values):
        if len(values) >= CALLS and all(values):
            yield lambda value: len(value) > 0


def rectangular(value):
    return not any(isinstance(row, (list, str)) for row in value) or (
        all(isinstance(row, (list, str)) for row in value) and len({len(row) for row in value}) <= 1
    )


def rules_between(calls):
    """What holds between two arguments."""
    relations = (
        lambda a, b: len(a) == len(b),
        lambda a, b: len(a) <= len(b),
        lambda a, b: len(a) == b,
        lambda a, b: 0 <= b <= len(a),
        lambda a, b: 0 <= b < len(a),
        lambda a, b: b in a,
        lambda a, b: is_number(a) and is_number(b) and a <= b,
        lambda a, b: is_number(a) and is_number(b) and a < b,
    )
    if len(calls) < CALLS - 1:
        return
    width = min(len(args) for args, _ in calls)
    for first in range(width):
        for second in range(width):
            for relation in relations:
                if first != second and all(holds(relation, args[first], args[second]) for args, _ in calls):
                    yield lambda args, first=first, second=second, relation=relation: holds(relation, args[first], args[second])


def holds(relation, *values):
    try:
        return bool(relation(*values))
    except (TypeError, ValueError):
        return False


class Maker:
    def __init__(self, calls, seed, words):
        self.draw = random.Random(seed)
        self.calls = calls
        self.places = {}
        for args, kwargs in calls:
            for place, value in enumerate(args):
                values_at(value, (place,), self.places)
            for name, value in kwargs.items():
                values_at(value, (name,), self.places)
        self.rules = {path: list(rules_of_place(path, values, words)) for path, values in self.places.items()}
        self.between = list(rules_between(calls))
        self.counts = {len(args) for args, _ in calls}

    def admits(self, args, kwargs):
        found = {}
        for place, value in enumerate(args):
            values_at(value, (place,), found)
        for name, value in kwargs.items():
            values_at(value, (name,), found)
        for path, values in found.items():
            for rule in self.rules.get(path, ()):
                if not all(holds(rule, value) for value in values):
                    return False
        return len(args) in self.counts and all(holds(rule, args) for rule in self.between)

    def fresh(self, path):
        """A value for a place, like those seen there."""
        seen = self.places.get(path)
        if not seen:
            return self.draw.choice([0, 1, 2, 3, -1, 5])
        value = self.draw.choice(seen)
        if isinstance(value, bool):
            return self.draw.random() < 0.5
        if isinstance(value, int):
            numbers = [v for v in seen if isinstance(v, int)]
            low, high = min(numbers), max(numbers)
            width = max(high - low, 3)
            return self.draw.randint(low - width // 2 - 1, high + width)
        if isinstance(value, float):
            numbers = [v for v in seen if is_number(v) and abs(v) < 1e12]
            low, high = min(numbers, default=-1.0), max(numbers, default=1.0)
            return round(self.draw.uniform(low - 1, high + 1), self.draw.choice([0, 1, 2]))
        if isinstance(value, str):
            return self.text(seen)
        if isinstance(value, (list, set, frozenset)):
            longest = max((len(v) for v in seen if hasattr(v, "__len__")), default=3)
            items = [self.fresh(path + ("item",)) for _ in range(self.draw.randint(0, min(max(longest, 3) + 2, LONGEST)))]
            return items if isinstance(value, list) else type(value)(items)
        if isinstance(value, tuple):
            return tuple(self.fresh(path + (place,)) for place in range(len(value)))
        if isinstance(value, dict):
            return {self.fresh(path + ("key",)): self.fresh(path + ("value",)) for _ in range(self.draw.randint(0, len(value) + 2))}
        return value

    def letters(self, seen):
        characters = {character for text in seen for character in text}
        for group in ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"):
            if sum(character in group for character in characters) > 4:
                characters |= set(group)
        return sorted(characters) or ["a", "b"]

    def text(self, seen):
        texts = [text for text in seen if isinstance(text, str)]
        letters = self.letters(texts)
        longest = max(len(text) for text in texts)
        return "".join(self.draw.choice(letters) for _ in range(self.draw.randint(0, min(longest + 3, LONGEST))))

    def near(self, value, path):
        """Values that differ from one in one thing."""
        if isinstance(value, bool):
            yield not value
        elif isinstance(value, int):
            yield from (0, 1, -value, value + 1, value - 1, 2, 10, -1, value * 2, value * 10 + 3, 37, 100)
        elif isinstance(value, float):
            yield from (-value, value + 0.5, value + 1.0, value / 3, 0.0, value * 10)
        elif isinstance(value, str):
            yield from ("", value + value, value[:-1], value[1:], value[::-1], value.upper(), value.lower(), value.swapcase(), value[:1])
            if len(value) > 1:
                yield value[1] + value[0] + value[2:]
                yield value[:1] + value
            if " " in "".join(text for text in self.places.get(path, ()) if isinstance(text, str)):
                yield from (" " + value, value + " ", value.replace(" ", "  "))
            yield value + self.text([value, *[text for text in self.places.get(path, ()) if isinstance(text, str)]])
        elif isinstance(value, (list, tuple)) and not (isinstance(value, tuple) and path + (0,) in self.places):
            yield from self.lists(value, path)
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                for other in self.near(item, path + (place,)):
                    yield value[:place] + (other,) + value[place + 1 :]
        elif isinstance(value, dict):
            yield {}
            for key in value:
                yield {other: item for other, item in value.items() if other != key}
                for other in list(self.near(value[key], path + ("value",)))[:3]:
                    yield {**value, key: other}
            yield {**value, self.fresh(path + ("key",)): self.fresh(path + ("value",))}
        elif isinstance(value, (set, frozenset)):
            yield type(value)()
            yield type(value)([*value, self.fresh(path + ("item",))])

    def lists(self, value, path):
        inside = path + ("item",)
        fresh = lambda: self.fresh(inside)
        yield []
        yield value[:1]
        if value:
            yield [*value, value[0]]
            yield [value[-1], *value]
            yield value[:1] * 3
            yield value[1:]
            yield value[:-1]
            yield value[::-1]
        yield [*value, fresh()]
        yield [fresh(), *value]
        yield [*value, *[fresh() for _ in range(4)]]
        if value and all(is_number(item) for item in value):
            yield [-item for item in value]
            yield [-value[0], *value[1:]]
            yield [0, *value]
            yield [0] * len(value)
            yield [*value, -max(value, key=abs) - 1]
        try:
            yield sorted(value)
            yield sorted(value, reverse=True)
        except TypeError:
            pass
        for place, item in enumerate(value[:6]):
            for other in list(self.near(item, inside))[:8]:
                yield [*value[:place], other, *value[place + 1 :]]

    def all(self):
        """Calls near those seen, then others of their types; each once."""
        turns = [self.neighbours(args, kwargs) for args, kwargs in self.calls]
        while turns:
            for turn in list(turns):
                try:
                    yield next(turn)
                except StopIteration:
                    turns.remove(turn)
        for _ in range(400):
            args, kwargs = self.draw.choice(self.calls)
            yield tuple(self.fresh((place,)) for place in range(len(args))), {name: self.fresh((name,)) for name in kwargs}

    def neighbours(self, args, kwargs):
        yield args, kwargs
        turns = [self.near(value, (place,)) for place, value in enumerate(args)]
        pending = {place: turn for place, turn in enumerate(turns)}
        while pending:
            for place in list(pending):
                try:
                    other = next(pending[place])
                except StopIteration:
                    del pending[place]
                    continue
                if isinstance(args[place], tuple) and isinstance(other, list):
                    other = tuple(other)
                yield args[:place] + (other,) + args[place + 1 :], kwargs
        for name, value in kwargs.items():
            for other in self.near(value, (name,)):
                yield args, {**kwargs, name: other}


def size(value):
    if isinstance(value, (str, bytes)):
        return len(value)
    if isinstance(value, dict):
        return sum(size(key) + size(item) for key, item in value.items()) + 1
    if isinstance(value, (list, tuple, set, frozenset)):
        return sum(size(item) for item in value) + 1
    return 1


def is_plain(value):
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(is_plain(item) for item in value)
    if isinstance(value, dict):
        return all(is_plain(key) and is_plain(item) for key, item in value.items())
    return value is None or isinstance(value, (bool, int, str)) or (isinstance(value, float) and abs(value) < float("inf"))


def expression(value):
    return repr(value) if value != set() or not isinstance(value, (set, frozenset)) else "set()"


def read(texts):
    calls = []
    for text in texts:
        try:
            args, kwargs = eval(text, {})
        except Exception:
            continue
        if is_plain(args) and is_plain(kwargs):
            calls.append((tuple(args), kwargs))
    return calls


def of_text(texts, draw):
    """Standard input like that seen: its numbers and words changed, one at a time."""
    for text in texts:
        lines = text.splitlines()
        for at, line in enumerate(lines):
            words = line.split(" ")
            for place, word in enumerate(words):
                for other in others(word):
                    yield "\n".join([*lines[:at], " ".join([*words[:place], other, *words[place + 1 :]]), *lines[at + 1 :]]) + "\n"
            if len(words) > 2:
                yield "\n".join([*lines[:at], " ".join(words[::-1]), *lines[at + 1 :]]) + "\n"
                yield "\n".join([*lines[:at], " ".join([words[0], *words[:-1]]), *lines[at + 1 :]]) + "\n"


def others(word):
    try:
        number = int(word)
    except ValueError:
        if word:
            yield from (word[::-1], word + word[-1], word[1:] or word, word.swapcase())
        return
    negative = (-number, number - 10) if number < 0 else ()
    yield from (str(other) for other in (number + 1, abs(number - 1), 0, 1, number * 2, number * 7 + 3, *negative))


def counts(text):
    """Numbers that say how many words or lines follow, as a mask: inputs that break it are not admitted."""
    lines = text.splitlines()
    heads = []
    for at, line in enumerate(lines):
        words = line.split()
        for place, word in enumerate(words):
            if word.isdigit():
                if at + 1 < len(lines) and int(word) == len(lines[at + 1].split()):
                    heads.append(("words", at, place))
                if int(word) == len(lines) - at - 1:
                    heads.append(("lines", at, place))
    return heads


def shape(text):
    return [len(line.split()) for line in text.splitlines()]


def admitted_text(text, texts):
    """Whether a text has a layout that is seen: counts that are true, signs that occur, the same number of lines."""
    numbers = [int(word) for word in " ".join(texts).split() if word.lstrip("-").isdigit()]
    own = [int(word) for word in text.split() if word.lstrip("-").isdigit()]
    if len(numbers) >= CALLS and min(numbers) >= 0 and own and min(own) < 0:
        return False
    if len(numbers) >= ITEMS and min(numbers) >= 1 and own and min(own) < 1:
        return False
    common = set(counts(texts[0]))
    for other in texts[1:]:
        common &= set(counts(other))
    return common <= set(counts(text)) or not common


def main():
    asked = json.load(sys.stdin)
    draw = random.Random(asked["seed"])
    if asked["kind"] == "run":
        texts, found = asked["seen"], list(asked["seen"])
        rows = list(dict.fromkeys(of_text(texts, draw)))
        draw.shuffle(rows)
        found += [text for text in rows if admitted_text(text, texts) and text not in texts]
        json.dump(found[: asked["most"]], sys.stdout)
        return
    calls = read(asked["seen"])
    if not calls:
        json.dump([], sys.stdout)
        return
    maker, chosen = Maker(calls, asked["seed"], asked["words"]), {}
    largest = max(LONGEST, 2 * max(size(list(args)) for args, _ in calls))
    for args, kwargs in [*calls, *maker.all()]:
        if len(chosen) >= asked["most"] + len(calls):
            break
        try:
            text = f"({expression(list(args))}, {expression(kwargs)})"
        except ValueError:
            continue
        is_seen = (args, kwargs) in calls
        if text not in chosen and (is_seen or (size(list(args)) <= largest and bounded(args, calls) and maker.admits(args, kwargs))):
            chosen[text] = None
    json.dump(list(chosen), sys.stdout)


def bounded(args, calls):
    """No number that makes a task long which its cases keep short."""
    def greatest(value):
        if is_number(value):
            return abs(value)
        if isinstance(value, dict):
            value = [*value.keys(), *value.values()]
        return max((greatest(item) for item in value), default=0) if isinstance(value, (list, tuple, set, frozenset)) else 0

    most = max(max((greatest(value) for value in seen), default=0) for seen, _ in calls)
    return max((greatest(value) for value in args), default=0) <= max(3 * most, 110)


main()
