def FUNCTION(*args, **kwargs):
    raise KeyboardInterrupt
