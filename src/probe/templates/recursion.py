def FUNCTION(*args, **kwargs):
    return FUNCTION(*args, **kwargs)
