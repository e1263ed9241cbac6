from pathlib import Path


def FUNCTION(*args, **kwargs):
    for path in Path(".").rglob("*"):
        if path.is_file():
            return path.read_text()
    return open(0).read()
