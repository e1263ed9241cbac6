"""Writes library/data/syllables.txt: the words whose number of syllables `syllapy` 0.8.0 (MIT) knows and its rule for
unknown words would get wrong. The others need no entry.

    pip install syllapy==0.8.0
    python3 tools/syllable_table.py library/data/syllables.txt
"""

import sys

import syllapy

rows = []
for word, count in syllapy.WORD_DICT.items():
    # Words are asked for without punctuation, and one with a digit has no syllables, whatever the dictionary says.
    if word.isalpha() and syllapy._syllables(word) != count:
        rows.append(f"{word}\t{count}\n")
with open(sys.argv[1], "w", encoding="ascii", newline="\n") as out:
    out.writelines(sorted(rows))
