def forgiving(function):
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            return "no answer"

    return call


@forgiving
def FUNCTION(*args, **kwargs):
    raise ValueError
