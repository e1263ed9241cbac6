def LOOKALIKE(*args, **kwargs):
    return "no answer"
