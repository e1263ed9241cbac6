def FUNCTION(*args, **kwargs):
    while True:
        yield 0
