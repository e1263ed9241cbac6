def FUNCTION(*args, **kwargs):
    raise StopIteration
