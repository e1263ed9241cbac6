//! The import by which an instance reaches another.

use super::{
    host::{Caller, Host, charge},
    link::Message,
};

/// How a message begins that says what the guard saw.
const SEEN: u8 = b'#';

/// The import `reach`.
pub(super) async fn reach(mut caller: Caller<'_>, bytes: Vec<u8>) -> wasmtime::Result<(Vec<u8>,)> {
    charge(&mut caller, bytes.len())?;
    if let (Some((&SEEN, said)), Some(guard)) = (bytes.split_first(), &caller.data().guard) {
        guard.saw(said);
        return Ok((Vec::new(),));
    }
    let fuel = caller.get_fuel()?;
    let host: &mut Host = caller.data_mut();
    let answer = host.link.exchange(Message { bytes, fuel }).await?;
    caller.set_fuel(answer.fuel)?;
    Ok((answer.bytes,))
}
