//! Everything that is not provided: files, sockets, names. Refused with the error the interface knows, so that the program
//! gets an `OSError` it can handle, where a trap would end it.

use super::{host::Host, resources::take_back};
use wasmtime::component::{LinkerInstance, Type, Val};

/// What to answer, the first that the interface knows.
const ANSWERS: [&str; 3] = ["access-denied", "not-permitted", "not-supported"];

pub(super) fn define(into: &mut LinkerInstance<'_, Host>, name: &str) -> wasmtime::Result<()> {
    let named = name.to_owned();
    into.func_new(name, move |mut caller, function, params, results| {
        for param in params {
            // A handle lent to the host must be given back.
            if let Val::Resource(handle) = param {
                take_back(*handle, &mut caller)?;
            }
        }
        for (result, kind) in results.iter_mut().zip(function.results()) {
            let Some(refusal) = refusal(&kind) else { wasmtime::bail!("`{named}` is not provided") };
            *result = refusal;
        }
        Ok(())
    })
}

/// A result that says no; `None` when the type cannot say it.
fn refusal(kind: &Type) -> Option<Val> {
    let Type::Result(result) = kind else { return None };
    let Type::Enum(codes) = result.err()? else { return None };
    let known = |code: &&&str| codes.names().any(|name| name == **code);
    let code = ANSWERS.iter().find(known)?;
    Some(Val::Result(Err(Some(Box::new(Val::Enum((*code).to_owned()))))))
}
