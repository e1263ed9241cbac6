//! The imports of the interpreter: WASI 0.2 with as little behind it as Python needs to run, and the way to another
//! instance.

use super::{
    clocks,
    host::{Caller, Host},
    random,
    reach::reach,
    refuse,
    resources::{Place, resource},
    streams, surroundings,
};
use wasmtime::{
    Engine,
    component::{
        Component, Linker, LinkerInstance,
        types::{ComponentInstance, ComponentItem},
    },
};

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
                    Box::new(reach(caller, message))
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
