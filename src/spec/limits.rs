//! `256MiB` and `2s`.

use bytesize::ByteSize;
use std::time::Duration;

/// Bytes from text such as `256MiB`.
pub(super) fn memory(text: &str) -> Result<usize, String> {
    let size: ByteSize =
        text.parse().map_err(|_| format!("`{text}` is not an amount of memory; write for example `256MiB`"))?;
    usize::try_from(size.as_u64()).map_err(|_| format!("`{text}` is more memory than this machine can address"))
}

/// A duration from text such as `2s` or `500ms`.
pub(super) fn time(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text).map_err(|_| format!("`{text}` is not a time; write for example `2s` or `500ms`"))
}
