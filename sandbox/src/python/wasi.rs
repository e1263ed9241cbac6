//! The imports of the interpreter: WASI 0.2 with as little behind it as Python needs to run, and the way to another
//! instance.

use super::{
    clocks,
    host::{Caller, Host},
    link, random, refuse, streams, surroundings,
};
use wasmtime::{
    Engine,
    component::{
        Component, Linker, LinkerInstance, ResourceAny, ResourceType,
        types::{ComponentInstance, ComponentItem},
    },
};

/// A function's place: its interface without package and version, and its name.
pub(super) type Place<'a> = (&'a str, &'a str);

/// Defines a function that it knows; says whether it did.
type Define = fn(&mut LinkerInstance<'_, Host>, Place<'_>) -> wasmtime::Result<bool>;

const PROVIDED: [Define; 4] = [streams::define, clocks::define, random::define, surroundings::define];

/// Defines every import of the component: what is not provided is refused.
pub(super) fn linker(engine: &Engine, component: &Component) -> wasmtime::Result<Linker<Host>> {
    let mut linker = Linker::new(engine);
    for (interface, import) in component.component_type().imports(engine) {
        match import.ty {
            ComponentItem::ComponentInstance(exports) => {
                define(engine, &mut linker.instance(interface)?, interface, &exports)?
            }
            ComponentItem::ComponentFunc(_) if interface == "reach" => {
                linker.root().func_wrap_async(interface, |caller: Caller<'_>, (message,): (Vec<u8>,)| {
                    Box::new(link::reach(caller, message))
                })?;
            }
            _ => wasmtime::bail!("it imports {interface}, which is no interface of WASI"),
        }
    }
    Ok(linker)
}

fn define(
    engine: &Engine,
    into: &mut LinkerInstance<'_, Host>,
    interface: &str,
    exports: &ComponentInstance,
) -> wasmtime::Result<()> {
    let interface = interface.strip_prefix("wasi:").unwrap_or(interface);
    let interface = interface.split_once('@').map_or(interface, |(name, _)| name);
    for (name, export) in exports.exports(engine) {
        match export.ty {
            ComponentItem::Resource(_) => into.resource(name, resource(name), |_, _| Ok(()))?,
            ComponentItem::ComponentFunc(_) => {
                let mut known = false;
                for define in PROVIDED {
                    known = known || define(into, (interface, name))?;
                }
                if !known {
                    refuse::define(into, name)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

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
fn resource(name: &str) -> ResourceType {
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
