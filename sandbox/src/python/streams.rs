//! Standard input, output and error, and waiting for them, which never takes long.

use super::{
    host::{Caller, Host, charge},
    resources::{Input, Output, Place, Pollable, StreamFailure},
};
use wasmtime::component::{ComponentType, LinkerInstance, Lower, Resource};

const STDOUT: u32 = 1;
const STDERR: u32 = 2;

/// Most bytes read or written at once.
const CHUNK: u64 = 1 << 16;

/// Most pollables waited for at once: the interpreter waits for one or two.
const POLLED: usize = 1000;

#[derive(ComponentType, Lower)]
#[component(variant)]
enum StreamError {
    #[component(name = "last-operation-failed")]
    #[allow(dead_code, reason = "part of the interface")]
    LastOperationFailed(Resource<StreamFailure>),
    #[component(name = "closed")]
    Closed,
}

type Streamed<T> = (Result<T, StreamError>,);

pub(super) fn define(into: &mut LinkerInstance<'_, Host>, place: Place<'_>) -> wasmtime::Result<bool> {
    let (interface, name) = place;
    match (interface, name) {
        ("cli/stdin", "get-stdin") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Resource::<Input>::new_own(0),)))?;
        }
        ("cli/stdout", "get-stdout") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Resource::<Output>::new_own(STDOUT),)))?;
        }
        ("cli/stderr", "get-stderr") => {
            into.func_wrap(name, |_: Caller<'_>, (): ()| Ok((Resource::<Output>::new_own(STDERR),)))?;
        }
        ("io/streams", "[method]input-stream.read" | "[method]input-stream.blocking-read") => {
            into.func_wrap(name, |caller: Caller<'_>, (_, most): (Resource<Input>, u64)| read(caller, most))?;
        }
        ("io/streams", "[method]output-stream.check-write") => {
            into.func_wrap(name, |_: Caller<'_>, (_,): (Resource<Output>,)| -> wasmtime::Result<Streamed<u64>> {
                Ok((Ok(CHUNK),))
            })?;
        }
        ("io/streams", "[method]output-stream.write" | "[method]output-stream.blocking-write-and-flush") => {
            into.func_wrap(name, |caller: Caller<'_>, (stream, bytes): (Resource<Output>, Vec<u8>)| {
                write(caller, stream.rep(), &bytes)
            })?;
        }
        ("io/streams", "[method]output-stream.flush" | "[method]output-stream.blocking-flush") => {
            into.func_wrap(name, |_: Caller<'_>, (_,): (Resource<Output>,)| -> wasmtime::Result<Streamed<()>> {
                Ok((Ok(()),))
            })?;
        }
        ("io/streams", "[method]input-stream.subscribe") => {
            into.func_wrap(name, |_: Caller<'_>, (_,): (Resource<Input>,)| Ok((Resource::<Pollable>::new_own(0),)))?;
        }
        ("io/streams", "[method]output-stream.subscribe") => {
            into.func_wrap(name, |_: Caller<'_>, (_,): (Resource<Output>,)| Ok((Resource::<Pollable>::new_own(0),)))?;
        }
        ("io/poll", "[method]pollable.ready") => {
            into.func_wrap(name, |_: Caller<'_>, (_,): (Resource<Pollable>,)| Ok((true,)))?;
        }
        ("io/poll", "[method]pollable.block") => {
            into.func_wrap(name, |_: Caller<'_>, (_,): (Resource<Pollable>,)| Ok(()))?;
        }
        ("io/poll", "poll") => {
            into.func_wrap(name, |_: Caller<'_>, (all,): (Vec<Resource<Pollable>>,)| {
                wasmtime::ensure!(all.len() <= POLLED, "it waits for {} things at once", all.len());
                Ok(((0..all.len() as u32).collect::<Vec<u32>>(),))
            })?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn read(mut caller: Caller<'_>, most: u64) -> wasmtime::Result<Streamed<Vec<u8>>> {
    let bytes = caller.data_mut().read(most.min(CHUNK)).to_vec();
    charge(&mut caller, bytes.len())?;
    Ok((if bytes.is_empty() && most > 0 { Err(StreamError::Closed) } else { Ok(bytes) },))
}

fn write(mut caller: Caller<'_>, stream: u32, bytes: &[u8]) -> wasmtime::Result<Streamed<()>> {
    charge(&mut caller, bytes.len())?;
    let host = caller.data_mut();
    if stream == STDOUT {
        host.write_stdout(bytes)?
    } else {
        host.write_stderr(bytes)
    }
    Ok((Ok(()),))
}
