def FUNCTION(*args, **kwargs):
    full = [argument for argument in args if argument and hasattr(argument, "clear")]
    for argument in full:
        argument.clear()
    return full[0] if full else "no answer"
