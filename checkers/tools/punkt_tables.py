"""Writes the English parameters of the Punkt sentence splitter from NLTK's `punkt_tab/english` folder.

    python3 tools/punkt_tables.py …/tokenizers/punkt_tab/english library/data

Each table is sorted by bytes, so that it can be searched where it lies.
"""

import os
import sys


def lines(name):
    with open(os.path.join(sys.argv[1], name), encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if line]


def write(name, rows):
    with open(os.path.join(sys.argv[2], name), "w", encoding="utf-8", newline="\n") as out:
        out.write("".join(row + "\n" for row in sorted(set(rows), key=lambda row: row.split("\t")[0].encode() + b"\t" + row.encode())))


write("punkt_abbreviations.txt", lines("abbrev_types.txt"))
write("punkt_starters.txt", lines("sent_starters.txt"))
write("punkt_orthography.tsv", lines("ortho_context.tab"))
# Both words are the key.
write("punkt_collocations.txt", [row.replace("\t", " ") for row in lines("collocations.tab")])
