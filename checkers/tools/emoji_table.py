"""Writes library/src/text/emoji_table.rs: the emoji that are one code point, from an installed `emoji` 2.16.0, which
takes them from Unicode's emoji-test.txt.

    pip install emoji==2.16.0
    python3 tools/emoji_table.py library/src/text/emoji_table.rs
"""

import sys

import emoji

runs = []
for code in sorted(ord(text) for text in emoji.EMOJI_DATA if len(text) == 1):
    if runs and runs[-1][1] == code - 1:
        runs[-1][1] = code
    else:
        runs.append([code, code])
lines = [
    f"//! Emoji of one code point, first and last of each run (`emoji` {emoji.__version__}).",
    "//!",
    "//! Written by `tools/emoji_table.py`; the data is Unicode's emoji-test.txt (Unicode licence v3).",
    "",
    "/// What `emoji.is_emoji` says yes to.",
    "#[rustfmt::skip]",
    "pub(super) static EMOJI: &[(u32, u32)] = &[",
]
for start in range(0, len(runs), 6):
    lines.append("    " + " ".join(f"({a:#x}, {b:#x})," for a, b in runs[start : start + 6]))
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write("\n".join(lines + ["];"]) + "\n")
