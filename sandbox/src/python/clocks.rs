//! A virtual clock: it moves with the fuel that is burnt, and by what is slept, which takes no time. So programs see
//! time pass, and see the same time on every run.

use super::{
    host::{Caller, Host},
    limits::FUEL_PER_SECOND,
    resources::{Place, Pollable},
};
use wasmtime::component::{ComponentType, Lift, LinkerInstance, Lower, Resource};

const NANOSECONDS: u64 = 1_000_000_000;

/// When every run starts: 2025-01-01T00:00:00Z.
const EPOCH: u64 = 1_735_689_600;

#[derive(Clone, Copy, ComponentType, Lift, Lower)]
#[component(record)]
struct Datetime {
    seconds: u64,
    nanoseconds: u32,
}

pub(super) fn define(into: &mut LinkerInstance<'_, Host>, place: Place<'_>) -> wasmtime::Result<bool> {
    let (interface, name) = place;
    match (interface, name) {
        ("clocks/monotonic-clock", "now") => into.func_wrap(name, |caller: Caller<'_>, (): ()| Ok((now(&caller)?,)))?,
        ("clocks/monotonic-clock", "resolution") => into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((1_u64,)))?,
        ("clocks/monotonic-clock", "subscribe-duration") => {
            into.func_wrap(name, |mut caller: Caller<'_>, (duration,): (u64,)| Ok((sleep(&mut caller, duration),)))?;
        }
        ("clocks/monotonic-clock", "subscribe-instant") => {
            into.func_wrap(name, |mut caller: Caller<'_>, (instant,): (u64,)| {
                let duration = instant.saturating_sub(now(&caller)?);
                Ok((sleep(&mut caller, duration),))
            })?;
        }
        ("clocks/wall-clock", "now") => into.func_wrap(name, |caller: Caller<'_>, (): ()| {
            let now = now(&caller)?;
            let nanoseconds = (now % NANOSECONDS) as u32;
            Ok((Datetime { seconds: EPOCH + now / NANOSECONDS, nanoseconds },))
        })?,
        ("clocks/wall-clock", "resolution") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Datetime { seconds: 0, nanoseconds: 1 },)))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Nanoseconds since the start.
fn now(caller: &Caller<'_>) -> wasmtime::Result<u64> {
    let host = caller.data();
    let burnt = host.fuel_at_start().saturating_sub(caller.get_fuel()?);
    let computed = burnt as f64 * (NANOSECONDS as f64 / FUEL_PER_SECOND);
    Ok((computed as u64).saturating_add(host.slept))
}

fn sleep(caller: &mut Caller<'_>, duration: u64) -> Resource<Pollable> {
    let host = caller.data_mut();
    // A century at most, so that adding up never comes near the end of the clock.
    host.slept = host.slept.saturating_add(duration).min(100 * 365 * 24 * 3600 * NANOSECONDS);
    Resource::new_own(0)
}
