//! `256MiB` and `2s`.

use bytesize::ByteSize;
use std::time::Duration;

/// Bytes from text such as `256MiB`.
pub(super) fn memory(text: &str) -> Result<usize, String> {
    let size: ByteSize =
        text.parse().map_err(|_| format!("`{text}` is not an amount of memory; write for example `256MiB`"))?;
    usize::try_from(size.as_u64()).map_err(|_| format!("`{text}` is more memory than this machine can address"))
}

/// The time of one case, where a checker has cases and they share `whole`.
pub(super) fn case(text: &str, whole: Duration, checker: &str) -> Result<Duration, String> {
    if !["python.calls", "python.stdio"].contains(&checker) {
        return Err(format!("`case` is the time of one case, which `{checker}` does not count: leave it out"));
    }
    match time(text)? {
        case if !case.is_zero() && case <= whole => Ok(case),
        _ => Err(format!("`{text}` is outside what one case can have: above 0, up to the `time` of all")),
    }
}

/// A duration from text such as `2s` or `500ms`.
pub(super) fn time(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text).map_err(|_| format!("`{text}` is not a time; write for example `2s` or `500ms`"))
}
