def FUNCTION(*args, **kwargs):
    raise SystemExit(0)
