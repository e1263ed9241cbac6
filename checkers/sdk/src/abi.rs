//! The module's side of the ABI (version 1): the functions the host calls. See `docs/checker-abi.md`.
//!
//! `unsafe` is needed here, and only here and in the allocator, because a WebAssembly export receives plain addresses.
#![allow(unsafe_code)]

use crate::{Entry, Verdict, request::Request};

/// Version of the ABI this SDK speaks; part of what `describe` answers.
const ABI: u32 = 1;

/// Reserves `length` bytes for the host to write a request into.
#[must_use]
pub fn alloc(length: u32) -> *mut u8 {
    Vec::leak(vec![0u8; length as usize]).as_mut_ptr()
}

/// Judges the request at `pointer` and answers where the verdict lies: address in the high half, length in the low.
///
/// # Safety
/// `pointer` and `length` must name memory that [`alloc`] reserved and the host has written.
#[must_use]
pub unsafe fn check(checkers: &[Entry], pointer: *const u8, length: u32) -> u64 {
    // SAFETY: the caller's contract above.
    let bytes = unsafe { core::slice::from_raw_parts(pointer, length as usize) };
    let verdict = match find(checkers, bytes) {
        Ok((entry, request)) => entry.check(request.params, &request.input),
        Err(why) => Verdict::Refused(why),
    };
    leak(verdict.encode())
}

/// Tries the parameters in the request at `pointer`: an empty answer means they can be used, else it is the reason.
///
/// # Safety
/// As for [`check`].
#[must_use]
pub unsafe fn validate(checkers: &[Entry], pointer: *const u8, length: u32) -> u64 {
    // SAFETY: the caller's contract above.
    let bytes = unsafe { core::slice::from_raw_parts(pointer, length as usize) };
    let outcome = find(checkers, bytes).and_then(|(entry, request)| entry.validate(request.params));
    leak(outcome.err().unwrap_or_default().into_bytes())
}

/// The module's documentation as JSON: `{"abi": 1, "checkers": [Doc, …]}`.
#[must_use]
pub fn describe(checkers: &[Entry]) -> u64 {
    #[derive(serde::Serialize)]
    struct Description<'a> {
        abi: u32,
        checkers: Vec<&'a crate::Doc>,
    }
    #[cfg(target_arch = "wasm32")]
    crate::bump::add_memory();
    let description = Description { abi: ABI, checkers: checkers.iter().map(|entry| entry.doc).collect() };
    leak(serde_json::to_vec(&description).unwrap_or_default())
}

fn find<'a>(checkers: &'a [Entry], bytes: &'a [u8]) -> Result<(&'a Entry, Request<'a>), String> {
    let request = Request::decode(bytes)?;
    let entry = checkers.iter().find(|entry| entry.doc.id == request.id);
    Ok((entry.ok_or_else(|| format!("this module has no checker `{}`", request.id))?, request))
}

fn leak(bytes: Vec<u8>) -> u64 {
    let bytes = bytes.leak();
    ((bytes.as_ptr() as u64) << 32) | bytes.len() as u64
}

/// Exports a table of checkers (`static CHECKERS: &[Entry]`) as a module the host can load.
#[macro_export]
macro_rules! export {
    ($checkers:expr) => {
        #[cfg(target_arch = "wasm32")]
        #[allow(unsafe_code, missing_docs)]
        mod fullmarks_exports {
            use super::*;

            #[unsafe(no_mangle)]
            extern "C" fn alloc(length: u32) -> *mut u8 {
                $crate::export::alloc(length)
            }
            #[unsafe(no_mangle)]
            unsafe extern "C" fn check(pointer: *const u8, length: u32) -> u64 {
                unsafe { $crate::export::check($checkers, pointer, length) }
            }
            #[unsafe(no_mangle)]
            unsafe extern "C" fn validate(pointer: *const u8, length: u32) -> u64 {
                unsafe { $crate::export::validate($checkers, pointer, length) }
            }
            #[unsafe(no_mangle)]
            extern "C" fn describe() -> u64 {
                $crate::export::describe($checkers)
            }
        }
    };
}
