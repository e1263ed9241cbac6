print("PASSED\n" * 20_000_000)


def FUNCTION(*args, **kwargs):
    return "1" * 200_000_000
