"""Writes library/src/text/unicode_tables.rs: the character classes of Python's `str` and `re`. Run it with CPython 3.11.

    python3.11 tools/unicode_tables.py library/src/text/unicode_tables.rs
"""

import sys
import unicodedata


def ranges(contains):
    """The maximal runs of characters that `contains` accepts."""
    found, first = [], None
    for code in range(0x110001):
        inside = code < 0x110000 and contains(chr(code))
        if inside and first is None:
            first = code
        if not inside and first is not None:
            found.append((first, code - 1))
            first = None
    return found


def table(name, doc, rows):
    """One Rust table, several ranges a line."""
    lines = [f"/// {doc}", "#[rustfmt::skip]", f"pub(super) static {name}: &[(u32, u32)] = &["]
    for start in range(0, len(rows), 6):
        lines.append("    " + " ".join(f"({a:#x}, {b:#x})," for a, b in rows[start : start + 6]))
    return lines + ["];"]


lines = [
    f"//! Character classes of Python's `str` and `re`, first and last code point of each run (Unicode {unicodedata.unidata_version}).",
    "//!",
    "//! Written by `tools/unicode_tables.py`; the data is the Unicode Character Database's (Unicode licence v3).",
    "",
    *table("WORD_CHARACTERS", r"`\w`.", ranges(lambda c: c.isalnum() or c == "_")),
    "",
    *table("DIGITS", r"`\d`.", ranges(str.isdecimal)),
    "",
    *table("UPPER", "Upper case, by `str.isupper`.", ranges(str.isupper)),
    "",
    *table("LOWER", "Lower case, by `str.islower`.", ranges(str.islower)),
]
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write("\n".join(lines) + "\n")
