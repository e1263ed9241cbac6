"""Specs that tests share."""

from __future__ import annotations

import hashlib
from pathlib import Path

import wasmtime

SHORT = """
fullmarks: 1
name: terse
constraints:
  - {id: short, check: length.max_words, with: {words: 5}}
  - {id: polite, check: contains.any, with: {texts: [please, thank you], ignore_case: true}}
reward: {scheme: partial, credit: 0.5}
"""

BIRDS = """
fullmarks: 1
name: birds
constraints:
  - {id: names_it, check: contains.all, with: {texts: {column: words}}, weight: 3}
  - {id: short, check: length.max_words, with: {words: 9}}
reward: {scheme: partial}
"""

CODE = """
fullmarks: 1
name: doubles
extract: {code: python}
constraints:
  - id: doubles
    check: python.calls
    with: {function: double, cases: [{args: [2], returns: 4}, {args: [-3], returns: -6}]}
    required: true
  - {id: short, check: length.max_words, with: {words: 30}}
reward: {scheme: partial, credit: 0.5}
"""

GOOD_CODE = "```python\ndef double(x):\n    return 2 * x\n```"
BAD_CODE = "```python\ndef double(x):\n    return x\n```"


def trapping(folder: Path, extra: str = "", when: str = "(i32.eq (local.get $last) (i32.const 33))", scheme: str = "binary") -> Path:
    """A spec whose checker `acme.faulty` passes every text, but traps when the text's last byte `$last` is such (`!` by default)."""
    example = '{"params":{},"passes":["a"],"fails":["b"],"prompt":""}'
    doc = '{"id":"acme.faulty","summary":"For a test.","details":"","params":[],"example":%s,"source":"a test"}' % example
    described = '{"abi":1,"checkers":[%s]}' % doc
    data = described.replace("\\", "\\\\").replace('"', '\\"')
    last = "(i32.load8_u (i32.sub (i32.add (local.get $address) (local.get $length)) (i32.const 1)))"
    text = rf"""(module
        (memory (export "memory") 4)
        (data (i32.const 0) "\01\00\00\00\00\00\00\f0\3f\00\00\00\00")
        (data (i32.const 64) "{data}")
        (func (export "alloc") (param i32) (result i32) (i32.const 65536))
        (func (export "describe") (result i64)
            (i64.or (i64.shl (i64.const 64) (i64.const 32)) (i64.const {len(described)})))
        (func (export "check") (param $address i32) (param $length i32) (result i64) (local $last i32)
            (local.set $last {last})
            (if {when} (then unreachable))
            (i64.const 13)))"""
    wasm = bytes(wasmtime.wat2wasm(text))
    (folder / "checker.wasm").write_bytes(wasm)
    spec = folder / "faulty.yaml"
    spec.write_text(f"""
fullmarks: 1
name: faulty
checkers: [{{module: checker.wasm, sha256: {hashlib.sha256(wasm).hexdigest()}}}]
{extra or "constraints:"}
  - {{id: ours, check: acme.faulty}}
reward: {{scheme: {scheme}}}
""")
    return spec
