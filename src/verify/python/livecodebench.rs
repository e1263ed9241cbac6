//! Cases in LiveCodeBench's layout: `input`, `output` and `testtype`, the private ones packed.

use super::{
    case::{Call, Case, Expected, Run},
    published::{argument_lines, json},
};
use serde_json::{Map, Value};
use std::io::Read;

/// One of its cases.
pub(super) fn case(item: &Map<String, Value>, hidden: bool) -> Result<Case, String> {
    let get = |key: &str| item.get(key).and_then(Value::as_str).ok_or(format!("`{key}` must be text"));
    let (input, output) = (get("input")?, get("output")?);
    match item.get("testtype").and_then(Value::as_str) {
        Some("stdin") | None => Ok(Case::Run(Run { stdin: input.into(), stdout: output.into(), hidden })),
        Some("functional") => {
            let expected = Expected::Returns(json(output)?);
            Ok(Case::Call(Call::new(argument_lines(input)?, expected, hidden)))
        }
        Some(other) => Err(format!("`testtype` is stdin or functional, not {other}")),
    }
}

/// The text inside base64 of zlib of a pickled string. Only the one string is read; nothing is unpickled.
pub(super) fn unpack(packed: &str) -> Option<String> {
    use base64::Engine;
    /// A megabyte of text can unpack to far more; no problem's cases come near this.
    const MOST: u64 = 1 << 30;
    let compressed = base64::engine::general_purpose::STANDARD.decode(packed.trim()).ok()?;
    let mut pickle = Vec::new();
    flate2::read::ZlibDecoder::new(&compressed[..]).take(MOST).read_to_end(&mut pickle).ok()?;
    let mut rest = &pickle[..];
    loop {
        let (&code, after) = rest.split_first()?;
        let (length, text) = match code {
            // The protocol's version; a frame's length.
            0x80 => {
                rest = after.get(1..)?;
                continue;
            }
            0x95 => {
                rest = after.get(8..)?;
                continue;
            }
            0x8c => (usize::from(*after.first()?), after.get(1..)?),
            b'X' => (u32::from_le_bytes(after.get(..4)?.try_into().ok()?) as usize, after.get(4..)?),
            0x8d => (u64::from_le_bytes(after.get(..8)?.try_into().ok()?).try_into().ok()?, after.get(8..)?),
            _ => return None,
        };
        return String::from_utf8(text.get(..length)?.to_vec()).ok();
    }
}

#[cfg(test)]
mod tests {
    /// Made with Python: `base64.b64encode(zlib.compress(pickle.dumps(json.dumps([…]))))`.
    #[test]
    fn packed_cases_are_read() {
        let packed = include_str!("../../../tests/data/livecodebench_private.txt");
        let text = super::unpack(packed).expect("a string");
        assert_eq!(text, r#"[{"input": "1 2\n", "output": "3\n", "testtype": "stdin"}]"#);
        assert_eq!(super::unpack("bm8gcGlja2xl"), None);
    }
}
