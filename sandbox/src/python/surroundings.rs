//! What a process has around it, and a run has not: arguments, environment, terminals, folders. And its end.

use super::{
    host::{Caller, Host},
    interrupt::Interrupt,
    resources::{Descriptor, Network, Place, Terminal},
};
use wasmtime::component::{LinkerInstance, Resource};

pub(super) fn define(into: &mut LinkerInstance<'_, Host>, place: Place<'_>) -> wasmtime::Result<bool> {
    let (interface, name) = place;
    match (interface, name) {
        ("cli/environment", "get-environment") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Vec::<(String, String)>::new(),)))?;
        }
        ("cli/environment", "get-arguments") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Vec::<String>::new(),)))?;
        }
        ("cli/environment", "initial-cwd") => into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((None::<String>,)))?,
        ("cli/exit", "exit") => {
            into.func_wrap(name, |caller: Caller<'_>, (status,): (Result<(), ()>,)| {
                exit(caller, status.is_err().into())
            })?;
        }
        ("cli/exit", "exit-with-code") => {
            into.func_wrap(name, |caller: Caller<'_>, (status,): (u8,)| exit(caller, status.into()))?;
        }
        ("cli/terminal-stdin" | "cli/terminal-stdout" | "cli/terminal-stderr", _) => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((None::<Resource<Terminal>>,)))?;
        }
        ("filesystem/preopens", "get-directories") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Vec::<(Resource<Descriptor>, String)>::new(),)))?;
        }
        // A handle to nothing: what can be done with it is refused.
        ("sockets/instance-network", "instance-network") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Resource::<Network>::new_own(0),)))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn exit(mut caller: Caller<'_>, status: i32) -> wasmtime::Result<()> {
    caller.data_mut().exited = Some(status);
    Err(Interrupt::Exit.into())
}
