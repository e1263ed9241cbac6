//! The start function: it writes to pages that every run writes to, so that the host copies them at once and resets them in place.

use wasm_encoder::{BlockType, Function, MemArg, ValType};

/// A mark, and behind it first and last addresses of what an instance writes to at its start (`settle.py`).
const TOUCHED: &[u8] = b"fullmarks: the touched pages\n";

/// What the host copies and resets as one.
const PAGE: i32 = 4096;

/// The stretches of memory that a segment names behind the mark.
pub(super) fn touched(segment: &[u8]) -> Option<Vec<(i32, i32)>> {
    let word = |at: usize| Some(i32::from_le_bytes(segment.get(at..at + 4)?.try_into().ok()?));
    segment.windows(TOUCHED.len()).enumerate().filter(|(_, window)| *window == TOUCHED).find_map(|(at, _)| {
        let at = at + TOUCHED.len();
        let ranges = [0, 8].map(|index| Some((word(at + index)?, word(at + index + 4)?)));
        let ranges: Vec<_> = ranges.into_iter().collect::<Option<_>>()?;
        ranges.iter().all(|(first, last)| 0 < *first && first < last).then_some(ranges)
    })
}

/// A function that writes what is there to each page of these stretches.
pub(super) fn touch(ranges: &[(i32, i32)]) -> Function {
    let place = MemArg { offset: 0, align: 0, memory_index: 0 };
    let mut function = Function::new([(1, ValType::I32)]);
    for (first, last) in ranges {
        let mut body = function.instructions();
        body.i32_const(*first).local_set(0).loop_(BlockType::Empty);
        body.local_get(0).local_get(0).i32_load8_u(place).i32_store8(place);
        body.local_get(0).i32_const(PAGE).i32_add().local_tee(0).i32_const(*last).i32_lt_u().br_if(0).end();
    }
    function.instructions().end();
    function
}
