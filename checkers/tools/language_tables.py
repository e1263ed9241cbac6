"""Writes the tables of the language detector from an installed `langdetect` 1.0.9 (Apache-2.0).

    pip install langdetect==1.0.9
    python3 tools/language_tables.py library/src/text/language_ngrams.rs library/data/language_ngrams.bin

The binary is a hash table with BUCKETS buckets: the place of each and of the end (u32, little-endian), then their n-grams. An n-gram is
three UTF-16 code units as a number of 48 bits, the first unit highest and zero after the last (little-endian); how many languages have it
(u8); each of these languages (u8); and for each of them which share of its n-grams of this length the n-gram makes up (float of 32 bits,
little-endian). Its bucket is the upper bits of the product of the number and MULTIPLIER in 64 bits.
"""

import json
import os
import struct
import sys

import langdetect
from langdetect.utils.ngram import NGram

profiles_folder = os.path.join(os.path.dirname(langdetect.__file__), "profiles")
names = sorted(os.listdir(profiles_folder))
totals, grams = [], {}
for language, name in enumerate(names):
    with open(os.path.join(profiles_folder, name), encoding="utf-8") as file:
        profile = json.load(file)
    assert profile["name"] == name
    totals.append(profile["n_words"])
    for gram, count in profile["freq"].items():
        assert 1 <= len(gram) <= 3 and all(0 < ord(c) < 0x10000 for c in gram), gram
        grams.setdefault(gram, []).append((language, count))


BUCKETS = 1 << 15
MULTIPLIER = 0x9E3779B97F4A7C15

buckets = [bytearray() for _ in range(BUCKETS)]
for number, gram in sorted((int.from_bytes(struct.pack(">3H", *(list(map(ord, gram)) + [0, 0])[:3])), gram) for gram in grams):
    shares = [count / totals[language][len(gram) - 1] for language, count in grams[gram]]
    entry = bytes(language for language, _ in grams[gram]) + struct.pack(f"<{len(shares)}f", *shares)
    bucket = buckets[(number * MULTIPLIER % (1 << 64)) * BUCKETS >> 64]
    bucket += number.to_bytes(6, "little") + bytes([len(grams[gram])]) + entry
places = [4 * (BUCKETS + 1)]
for bucket in buckets:
    places.append(places[-1] + len(bucket))
with open(sys.argv[2], "wb") as out:
    out.write(struct.pack(f"<{len(places)}I", *places) + b"".join(buckets))


def rows(items, width):
    """Items as lines, several on each."""
    return ["    " + " ".join(items[at : at + width]) for at in range(0, len(items), width)]


def char(c):
    return f"'\\u{{{ord(c):x}}}'"


kanji = sorted((c, kind) for c, kind in NGram.CJK_MAP.items() if "\u4e00" <= c <= "\u9fff" and c != kind)
vietnamese = sorted(
    (letter, mark, NGram.NORMALIZED_VI_CHARS[row][column])
    for row, mark in enumerate(NGram.DMARK_CLASS)
    for column, letter in enumerate(NGram.TO_NORMALIZE_VI_CHARS)
)
lines = [
    "//! Tables of the language detector, from Python's langdetect 1.0.9 (Michal Danilak, Nakatani Shuyo; Apache-2.0).",
    "//!",
    "//! Written by `tools/language_tables.py`, which also writes `data/language_ngrams.bin`.",
    "",
    "/// Which share of each language's n-grams an n-gram makes up; the layout is described in the tool.",
    'pub(super) static NGRAMS: &[u8] = include_bytes!("../../data/language_ngrams.bin");',
    "",
    "/// How many buckets that table has, a power of two.",
    f"pub(super) const BUCKETS: usize = {BUCKETS};",
    "",
    "/// The languages, by the names `langdetect` gives them.",
    "#[rustfmt::skip]",
    "pub const LANGUAGES: &[&str] = &[",
    *rows([f'"{name}",' for name in names], 14),
    "];",
    "",
    "/// Kanji of similar frequency across languages, and the one that stands for them.",
    "#[rustfmt::skip]",
    "pub(super) static KANJI: &[(char, char)] = &[",
    *rows([f"({char(c)}, {char(kind)})," for c, kind in kanji], 5),
    "];",
    "",
    "/// Letters with a combining mark, and the letter of Vietnamese they make.",
    "#[rustfmt::skip]",
    "pub(super) static VIETNAMESE: &[(char, char, char)] = &[",
    *rows([f"({', '.join(map(char, row))})," for row in vietnamese], 3),
    "];",
]
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write("\n".join(lines) + "\n")
