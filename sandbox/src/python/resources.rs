//! The resources of WASI, and where its functions stand.

use super::host::Caller;
use wasmtime::component::{ResourceAny, ResourceType};

/// A function's place: its interface without package and version, and its name.
pub(super) type Place<'a> = (&'a str, &'a str);

/// An error of a stream; none is ever made.
pub(super) struct StreamFailure;
/// Something to wait for; it is always ready.
pub(super) struct Pollable;
/// Standard input.
pub(super) struct Input;
/// Standard output or standard error, told apart by number.
pub(super) struct Output;
/// A terminal; there is none.
pub(super) struct Terminal;
/// A folder or file; there is none.
pub(super) struct Descriptor;
/// A network; there is none.
pub(super) struct Network;
/// Anything else; there is none.
struct Absent;

/// One type for a resource's name, wherever it is imported.
pub(super) fn resource(name: &str) -> ResourceType {
    match name {
        "error" => ResourceType::host::<StreamFailure>(),
        "pollable" => ResourceType::host::<Pollable>(),
        "input-stream" => ResourceType::host::<Input>(),
        "output-stream" => ResourceType::host::<Output>(),
        "terminal-input" | "terminal-output" => ResourceType::host::<Terminal>(),
        "descriptor" => ResourceType::host::<Descriptor>(),
        "network" => ResourceType::host::<Network>(),
        _ => ResourceType::host::<Absent>(),
    }
}

/// Takes back a handle that was lent to the host.
pub(super) fn take_back(handle: ResourceAny, caller: &mut Caller<'_>) -> wasmtime::Result<()> {
    // `ResourceAny::resource_drop` would run the guest's code, for which a host function has no stack.
    let kinds = [
        taken::<StreamFailure>,
        taken::<Pollable>,
        taken::<Input>,
        taken::<Output>,
        taken::<Terminal>,
        taken::<Descriptor>,
        taken::<Network>,
        taken::<Absent>,
    ];
    let taken = kinds.iter().find_map(|taken| taken(handle, caller));
    taken.unwrap_or_else(|| wasmtime::bail!("a handle of no known type"))
}

/// Takes it back if it is of this type.
fn taken<T: 'static>(handle: ResourceAny, caller: &mut Caller<'_>) -> Option<wasmtime::Result<()>> {
    (handle.ty() == ResourceType::host::<T>()).then(|| handle.try_into_resource::<T>(caller).map(drop))
}
