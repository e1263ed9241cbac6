//! One call: a fresh instance, the request in, the answer out, the instance gone.

use crate::{
    Limits, Module, Request, Stop,
    engine::{TRIES, waited},
    module::Exports,
    signals::in_guest,
    state::State,
    watch::Watch,
};
use std::ops::Range;
use wasmtime::{Instance, Memory, ModuleExport, Store, Trap, TypedFunc, WasmParams, WasmResults};

/// What to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry {
    /// Judge the request's text.
    Check,
    /// Try the request's parameters; an empty answer means that they can be used.
    Validate,
}

/// Longest answer taken from a module, in bytes.
const LONGEST_ANSWER: u32 = 16 << 20;

impl Module {
    /// Calls the module in a fresh instance and returns the bytes it answers.
    ///
    /// # Errors
    /// [`Stop`]: an exhausted limit, a trap, or an answer outside the module's memory.
    pub fn call(&self, entry: Entry, request: &Request<'_>, limits: &Limits) -> Result<Vec<u8>, Stop> {
        let Some(length) = request.encoded_len() else { return Err(Stop::Memory) };
        let export = match entry {
            Entry::Check => &self.exports.check,
            Entry::Validate => match &self.exports.validate {
                Some(export) => export,
                None => return Ok(Vec::new()),
            },
        };
        let mut call = Call::start(self, limits)?;
        let alloc: TypedFunc<u32, u32> = call.function(&self.exports.alloc)?;
        let address = call.run(&alloc, length)?;
        let range = range(address, length);
        let outside = || Stop::Protocol(format!("`alloc` gave {length} bytes outside its memory"));
        let into = call.memory.data_mut(&mut call.store).get_mut(range).ok_or_else(outside)?;
        request.encode(into);
        let function: TypedFunc<(u32, u32), u64> = call.function(export)?;
        let answer = call.run(&function, (address, length))?;
        call.read(answer)
    }

    /// The module's own documentation, JSON; `None` when it exports no `describe`.
    ///
    /// # Errors
    /// As for [`Module::call`].
    pub fn describe(&self, limits: &Limits) -> Result<Option<Vec<u8>>, Stop> {
        let Some(export) = &self.exports.describe else { return Ok(None) };
        let mut call = Call::start(self, limits)?;
        let function: TypedFunc<(), u64> = call.function(export)?;
        let answer = call.run(&function, ())?;
        call.read(answer).map(Some)
    }
}

/// A running instance.
struct Call {
    store: Store<State>,
    instance: Instance,
    memory: Memory,
}

impl Call {
    fn start(module: &Module, limits: &Limits) -> Result<Self, Stop> {
        let Exports { memory, initialize, .. } = &module.exports;
        let mut store = Store::new(&module.engine.inner, State { memory: limits.memory, denied: false });
        store.limiter(|state| state);
        let setup = |error: wasmtime::Error| Stop::Trap(format!("{error:#}"));
        store.set_fuel(limits.fuel).map_err(setup)?;
        Watch::lazy(limits.deadline).guard(&mut store);
        let mut instance = in_guest(|| module.instances.instantiate(&mut store));
        for _ in 1..TRIES {
            match &instance {
                Err(error) if waited(error) => instance = in_guest(|| module.instances.instantiate(&mut store)),
                _ => break,
            }
        }
        let instance = instance.map_err(|error| stop(&error, store.data()))?;
        let memory = instance.get_module_export(&mut store, memory).and_then(wasmtime::Extern::into_memory);
        let memory = memory.ok_or_else(|| Stop::Protocol("`memory` is not a memory".into()))?;
        let mut call = Self { store, instance, memory };
        if let Some(initialize) = initialize {
            let initialize: TypedFunc<(), ()> = call.function(initialize)?;
            call.run(&initialize, ())?;
        }
        Ok(call)
    }

    fn function<P: WasmParams, R: WasmResults>(&mut self, export: &ModuleExport) -> Result<TypedFunc<P, R>, Stop> {
        let function = self.instance.get_module_export(&mut self.store, export).and_then(wasmtime::Extern::into_func);
        let function = function.ok_or_else(|| Stop::Protocol("an export is not a function".into()))?;
        function.typed(&self.store).map_err(|error| Stop::Protocol(format!("{error:#}")))
    }

    fn run<P: WasmParams, R: WasmResults>(&mut self, function: &TypedFunc<P, R>, params: P) -> Result<R, Stop> {
        in_guest(|| function.call(&mut self.store, params)).map_err(|error| stop(&error, self.store.data()))
    }

    /// Copies out an answer given as address (high half) and length (low half).
    fn read(&self, answer: u64) -> Result<Vec<u8>, Stop> {
        let (address, length) = ((answer >> 32) as u32, answer as u32);
        if length > LONGEST_ANSWER {
            return Err(Stop::Protocol(format!("an answer of {length} bytes; {LONGEST_ANSWER} are the most")));
        }
        let memory = self.memory.data(&self.store);
        match memory.get(range(address, length)) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(Stop::Protocol(format!(
                "an answer of {length} bytes at address {address}, outside its memory of {} bytes",
                memory.len()
            ))),
        }
    }
}

fn range(address: u32, length: u32) -> Range<usize> {
    // Both fit 32 bits, so the sum fits a 64-bit usize.
    address as usize..address as usize + length as usize
}

/// Classifies what wasmtime reports.
fn stop(error: &wasmtime::Error, state: &State) -> Stop {
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Stop::Fuel,
        Some(Trap::StackOverflow) => Stop::Stack,
        Some(Trap::Interrupt) => Stop::Deadline,
        // A module that is refused memory gives up with whatever trap its language uses.
        _ if state.denied => Stop::Memory,
        Some(trap) => Stop::Trap(trap.to_string()),
        None => Stop::Trap(format!("{error:#}")),
    }
}
