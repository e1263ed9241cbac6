"""Data that the candidate keeps under names that the tests use, such as a table that its functions fill: what one side does to it, the other
side sees at the next call."""

from plain import Refused, encode

# The names, the module of the tests, and the bytes that both sides had last.
names, _tests, _last = [], None, {}


def begin(data, tests):
    global _tests
    _tests = tests
    names[:] = data
    for name in names:
        _note(name)


def _note(name):
    try:
        _last[name] = encode(vars(_tests).get(name))
    except Refused:
        _last[name] = None


def before(ask):
    """Tells what the tests did to it."""
    for name in names:
        known = _last[name]
        _note(name)
        if _last[name] is not None and _last[name] != known:
            ask("update", name, (vars(_tests)[name],))


def after(ask, restore):
    """Asks for what the candidate did to it."""
    for name in names:
        value = ask("resolve", name)
        ours = vars(_tests).get(name)
        if type(value) is type(ours) and isinstance(ours, (list, dict, set)):
            restore(ours, value)
        else:
            vars(_tests)[name] = value
        _note(name)
