"""What tests compare an object of the completion with, among values like it.

An object may say of itself that it equals whatever the tests expect. So the question is asked of other values too, in random order: the value
stands at a random place among such as differ in one number or letter, and whoever lies has to guess which of them is meant. An object that
calls one of the others equal as well is no equal of the value.
"""

import random

# One in so many is what a guess is worth. More would take numbers modulo more for liars.
_COUNT = 12
# The seed and the request of this judgement, and what the order is drawn from, once somebody asks for one.
_begun = _drawn = None
_KINDS = tuple("".join(map(chr, range(ord(first), ord(last) + 1))) for first, last in ("09", "az", "AZ"))


def begin(seed, request):
    global _begun, _drawn
    _begun, _drawn = (seed, request), None


def _order():
    """A source of random order. The tests' own randomness begins with the same number, and tells nothing of this. With other tests
    the order is another, so that none can be learnt from rewards."""
    global _drawn
    if _drawn is None:
        seed, request = _begun
        _drawn = random.Random(b"decoys %d " % seed + bytes(request))
    return _drawn


def equals(value, ask):
    """What an object says of its being equal to a value, where `ask` asks it; `None` where it says so of others too, and is not believed."""
    answers = {}
    others = [other for other in _like(value) if type(other) is not type(value) or other != value]
    places = list(range(len(others) + 1))
    _order().shuffle(places)
    for place in places:
        try:
            answers[place] = ask(others[place - 1] if place else value)
        except Exception:
            if not place:
                raise
            answers[place] = None
    return None if answers[0] is True and any(answers[place] is True for place in places if place) else answers[0]


def orders(value, name, ask):
    """What an object says of its being below or above a value; `None` where it says the opposite too, or the same of any number."""
    # What says the opposite, and what is farther than any number that a test means.
    checks = [(_OPPOSITE[name], value, False)]
    if type(value) in (int, float):
        far = 10 ** _order().randrange(12, 18)
        down, up = name in ("__gt__", "__ge__"), name in ("__lt__", "__le__")
        checks += [(name, value - far, down), (name, value + far, up)]
    questions = [(name, value, None), *checks]
    _order().shuffle(questions)
    answers = {}
    for question in questions:
        try:
            answers[question] = ask(*question[:2])
        except Exception:
            if question[2] is None:
                raise
            answers[question] = NotImplemented
    answer = answers[name, value, None]
    if type(answer) is not bool:
        return answer
    for question in checks:
        given, expected = answers[question], not answer if question[0] != name else question[2]
        if type(given) is bool and given is not expected:
            return None
    return answer


_OPPOSITE = {"__lt__": "__ge__", "__ge__": "__lt__", "__le__": "__gt__", "__gt__": "__le__"}


def _like(value):
    """Values like this one, which may be among them."""
    kind = type(value)
    if kind is bool:
        return [not value]
    if kind is int:
        first = value - _order().randrange(_COUNT)
        return [first + place for place in range(_COUNT)]
    if kind is float:
        step = _order().choice((0.5, 1.0, 1.5, 2.0)) * max(1.0, abs(value) // 8)
        place = _order().randrange(_COUNT)
        return [value + (other - place) * step for other in range(_COUNT)]
    if kind is complex:
        return [value + other for other in _like(0)]
    if kind is str:
        return _texts(value)
    if kind in (bytes, bytearray):
        return [kind(text, "latin-1") for text in _texts(str(value, "latin-1")) if text.isascii() or len(value) > 1]
    if kind in (list, tuple):
        if not value:
            return [kind((other,)) for other in (0, 1, "", "a", None)]
        place = _order().randrange(len(value))
        return [kind((*value[:place], other, *value[place + 1 :])) for other in _like(value[place])]
    if kind is dict:
        if not value:
            return [{0: 0}, {"a": 1}, {"": None}, {1: 2}, {"b": []}]
        key = _order().choice(list(value))
        return [{**value, key: other} for other in _like(value[key])]
    if kind in (set, frozenset):
        if not value:
            return [kind((other,)) for other in (0, 1, "a", "", 2)]
        one = _order().choice(sorted(value, key=repr))
        return [kind({other, *(value - {one})}) for other in _like(one) if other not in value]
    return [None, 0, 1, "", "a", ()]


def _texts(text):
    """Texts that differ in one letter, by another of its kind."""
    places = [(place, kind) for place, letter in enumerate(text) for kind in _KINDS if letter in kind]
    if not places:
        return [text + letter for letter in _order().sample(_KINDS[1], _COUNT - 1)]
    place, kind = _order().choice(places)
    return [text[:place] + letter + text[place + 1 :] for letter in _order().sample(kind, min(_COUNT - 1, len(kind)))]
