//! Seeded random numbers: the same on every run, and so of no use for secrets, of which there are none here.

use super::{
    host::{Caller, Host, charge},
    resources::Place,
};
use wasmtime::component::LinkerInstance;

/// Most bytes at once: programs ask for a few.
const LONGEST: u64 = 1 << 20;

pub(super) fn define(into: &mut LinkerInstance<'_, Host>, place: Place<'_>) -> wasmtime::Result<bool> {
    match place {
        ("random/random" | "random/insecure", "get-random-bytes" | "get-insecure-random-bytes") => {
            into.func_wrap(place.1, |mut caller: Caller<'_>, (count,): (u64,)| {
                wasmtime::ensure!(count <= LONGEST, "{count} random bytes at once; {LONGEST} are the most");
                charge(&mut caller, count as usize)?;
                let host = caller.data_mut();
                let bytes: Vec<u8> = (0..count).map(|_| next(&mut host.random) as u8).collect();
                Ok((bytes,))
            })?;
        }
        ("random/random" | "random/insecure", "get-random-u64" | "get-insecure-random-u64") => {
            into.func_wrap(place.1, |mut caller: Caller<'_>, (): ()| Ok((next(&mut caller.data_mut().random),)))?;
        }
        ("random/insecure-seed", "insecure-seed") => {
            into.func_wrap(place.1, |mut caller: Caller<'_>, (): ()| {
                let state = &mut caller.data_mut().random;
                Ok(((next(state), next(state)),))
            })?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
