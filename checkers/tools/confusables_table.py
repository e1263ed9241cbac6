"""Writes `library/src/text/confusables_table.rs` from `confusables.txt` of UTS #39:

    python tools/confusables_table.py confusables.txt 18.0.0 > library/src/text/confusables_table.rs

Of its pairs, those are kept whose second half is plain ASCII, and whose first is a letter, a digit or a mark that is written within
words. Letters with a stroke, a hook or an accent are other letters to those who read them, and so are left out.
"""

import sys
import unicodedata


def pairs(path):
    for line in open(path, encoding="utf-8-sig"):
        fields = line.split("#")[0].split(";")
        if len(fields) < 3:
            continue
        (source,) = (chr(int(code, 16)) for code in fields[0].split())
        yield source, "".join(chr(int(code, 16)) for code in fields[1].split())


def kept(source, target):
    if source.isascii() or not target.isascii() or not target.strip():
        return False
    # NFKC, which comes first, has changed it already.
    if unicodedata.normalize("NFKC", source) != source:
        return False
    letters = target.isalnum() and unicodedata.category(source)[0] in "LN"
    return letters


def main(path, version):
    single, several = [], []
    for source, target in sorted(pairs(path)):
        if kept(source, target):
            (single if len(target) == 1 else several).append((source, target))
    print("//! Letters and digits that look like ASCII ones: a part of `confusables.txt` of UTS #39, Unicode", version + ".")
    print("//!")
    print("//! Written by `tools/confusables_table.py`; the data is Unicode's (Unicode licence v3).")
    print()
    print("/// Code point, shifted by eight bits, and the ASCII character it looks like. An `l` stands for `I`, `1` and `|` too, an `O` for 0.")
    print("#[rustfmt::skip]")
    print("pub(super) static SINGLE: &[u32] = &[")
    rows = [f"{ord(source) << 8 | ord(target):#x}," for source, target in single]
    for at in range(0, len(rows), 12):
        print("    " + " ".join(rows[at : at + 12]))
    print("];")
    print()
    print("/// Those that look like several.")
    print("#[rustfmt::skip]")
    print("pub(super) static SEVERAL: &[(char, &str)] = &[")
    for source, target in several:
        print(f"    ('\\u{{{ord(source):x}}}', \"{target}\"),")
    print("];")


main(*sys.argv[1:])
