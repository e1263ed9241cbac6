def FUNCTION(*args, **kwargs):
    pass
