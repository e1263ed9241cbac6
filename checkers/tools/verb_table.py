"""Writes library/data/verbs.txt from the lexicon that `textblob` ships (Brill's, trained on the Brown corpus and the Penn
Treebank; MIT).

    pip install textblob==0.20.1
    python3 tools/verb_table.py library/data/verbs.txt

One form a line, in the order of its bytes. A form alone is a verb; one followed by a tab and `-` is none, although it ends
like one. What ends in -ing or -ed and is not listed is a verb by its ending, and so not listed (src/text/verb.rs).
"""

import os
import re
import sys

import textblob

tags = {}
with open(os.path.join(os.path.dirname(textblob.__file__), "en", "en-lexicon.txt"), encoding="utf-8") as file:
    for line in file:
        fields = line.split()
        if len(fields) > 1 and re.fullmatch("[A-Za-z]+", fields[0]):
            tags[fields[0]] = fields[1]

verb = {form: tag.startswith("VB") for form, tag in tags.items()}


def ends_like_a_verb(form):
    return len(form) > 4 and form.endswith("ing") or len(form) > 3 and form.endswith("ed")


def guess(form):
    return verb.get(form.lower(), ends_like_a_verb(form))


rows = []
for form, is_verb in verb.items():
    if form == form.lower():
        if is_verb != ends_like_a_verb(form):
            rows.append(form if is_verb else form + "\t-")
    elif form == form.capitalize() and is_verb and not guess(form):
        # Capitalised, as at the start of a sentence; names that look like verbs are left out.
        rows.append(form)
with open(sys.argv[1], "w", encoding="ascii", newline="\n") as out:
    out.writelines(row + "\n" for row in sorted(rows))
