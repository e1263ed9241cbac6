import unittest


def FUNCTION(*args, **kwargs):
    raise unittest.SkipTest("nothing to do")
