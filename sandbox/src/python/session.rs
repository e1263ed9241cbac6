//! One instance, from its start to its end.

use super::{
    Answer, Arguments, BYTES, Ended, Limits, Python, Stop, Value, decode, encode::encode, host::Host,
    interrupt::Interrupt, link::Link, report, turns::alone,
};
use crate::{
    engine::{TRIES, waited},
    watch::Watch,
};
use wasmtime::{
    Store, Trap,
    component::{ComponentExportIndex, ComponentNamedList, Instance, Lower, TypedFunc},
};

/// A fresh interpreter with nobody else's traces in it. Once something stopped it, it answers nothing more.
pub struct Session<'a> {
    python: &'a Python,
    store: Store<Host>,
    instance: Instance,
    seed: u64,
    limits: Limits,
    watch: Watch,
    stopped: Option<Stop>,
}

impl<'a> Session<'a> {
    /// An instance that nothing ran in yet. What the store would have carried comes back when there is none.
    pub(super) async fn start(python: &'a Python, mut host: Host, watch: Watch) -> Result<Self, (Stop, Box<Host>)> {
        host.guard.clone_from(&python.guard);
        let (limits, seed) = (host.limits, host.random);
        let mut store = Store::new(&python.engine, host);
        store.limiter(|host| host);
        store.set_hostcall_fuel(BYTES);
        watch.guard(&mut store);
        let mut instance = match store.set_fuel(limits.fuel) {
            Ok(()) => python.instances.instantiate_async(&mut store).await,
            Err(error) => Err(error),
        };
        for _ in 1..TRIES {
            match &instance {
                Err(error) if waited(error) => instance = python.instances.instantiate_async(&mut store).await,
                _ => break,
            }
        }
        match instance {
            Ok(instance) => Ok(Self { python, store, instance, seed, limits, watch, stopped: None }),
            Err(error) => {
                let stop = match stop(&error, store.data()) {
                    // Nothing of the completion ran yet.
                    Stop::Trap(what) => Stop::Host(what),
                    stop => stop,
                };
                Err((stop, Box::new(store.into_data())))
            }
        }
    }

    /// Executes a completion's source. What it defines can then be called. Returning `None` is what a source does that
    /// raises nothing.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn load(&mut self, source: &str) -> Result<Answer, Stop> {
        let arguments = (source.as_bytes().to_vec(), self.seed);
        alone(async {
            self.guard().await?;
            self.ask(&self.python.exports.load, arguments, report::answer).await
        })
    }

    /// Calls what the loaded source calls `function`.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn call(&mut self, function: &str, arguments: &Arguments) -> Result<Answer, Stop> {
        self.call_with(function, arguments, false)
    }

    /// Calls it, and asks for the arguments as it left them.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn call_mutating(&mut self, function: &str, arguments: &Arguments) -> Result<Answer, Stop> {
        self.call_with(function, arguments, true)
    }

    fn call_with(&mut self, function: &str, arguments: &Arguments, give_back: bool) -> Result<Answer, Stop> {
        let request = arguments.request(function, give_back).map_err(|error| Stop::Host(error.to_string()))?;
        alone(self.ask(&self.python.exports.serve, (request,), report::answer))
    }

    /// Does what another instance asks, and hands over the report as it is.
    pub(super) async fn serve(&mut self, request: Vec<u8>) -> Result<Vec<u8>, Stop> {
        self.ask(&self.python.exports.serve, (request,), forwarded).await
    }

    /// Executes a source and hands over the report as it is.
    pub(super) async fn load_raw(&mut self, source: &str) -> Result<Vec<u8>, Stop> {
        let arguments = (source.as_bytes().to_vec(), self.seed);
        self.guard().await?;
        self.ask(&self.python.exports.load, arguments, forwarded).await
    }

    /// Has the instance watch what comes, where that is wanted.
    async fn guard(&mut self) -> Result<(), Stop> {
        let Some(guard) = self.python.guard.clone() else { return Ok(()) };
        let arm: TypedFunc<(Vec<u8>,), ()> = self
            .instance
            .get_typed_func(&mut self.store, &self.python.exports.guard)
            .map_err(|error| Stop::Host(format!("{error:#}")))?;
        let armed = arm.call_async(&mut self.store, (guard.request.clone(),)).await;
        armed.map_err(|error| {
            let stop = match stop(&error, self.store.data()) {
                // Nothing of the completion ran yet.
                Stop::Trap(what) => Stop::Host(what),
                stop => stop,
            };
            self.stopped = Some(stop.clone());
            stop
        })
    }

    /// Judges: the request and the answer are tuples, whose first item names their kind.
    pub(super) fn judge(&mut self, request: &Value) -> Result<(String, Vec<Value>), Stop> {
        let mut bytes = Vec::new();
        encode(request, &mut bytes).map_err(|error| Stop::Host(error.to_string()))?;
        alone(self.judge_encoded(bytes))
    }

    /// The same, with a request that is encoded.
    pub(super) async fn judge_encoded(&mut self, request: Vec<u8>) -> Result<(String, Vec<Value>), Stop> {
        self.ask(&self.python.exports.judge, (request, self.seed), report::fields).await
    }

    /// Takes fuel for work on what it answered, and ends it where there is not enough.
    ///
    /// # Errors
    /// [`Stop::Fuel`].
    pub fn spend(&mut self, fuel: u64) -> Result<(), Stop> {
        let taken = self.take(fuel);
        self.stopped = self.stopped.take().or_else(|| taken.as_ref().err().cloned());
        taken
    }

    /// Works with so much of its fuel at most. What is kept back is there again afterwards.
    ///
    /// # Errors
    /// [`Stop`], from the work.
    pub fn at_most<T>(&mut self, fuel: u64, work: impl FnOnce(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        let kept = self.fuel_left().saturating_sub(fuel);
        self.set_fuel(self.fuel_left() - kept)?;
        let done = work(self);
        self.set_fuel(self.fuel_left() + kept)?;
        done
    }

    /// Fuel left.
    #[must_use]
    pub fn fuel_left(&self) -> u64 {
        self.store.get_fuel().unwrap_or(0)
    }

    /// Gives it the fuel that another instance has left.
    pub(super) fn set_fuel(&mut self, fuel: u64) -> Result<(), Stop> {
        self.store.set_fuel(fuel).map_err(|error| Stop::Host(format!("{error:#}")))
    }

    /// Its end of the way to another instance.
    pub(super) fn link(&mut self) -> &mut Link {
        &mut self.store.data_mut().link
    }

    pub(super) fn run(&mut self, source: &str) -> Result<Ended, Stop> {
        let arguments = (source.as_bytes().to_vec(), self.seed);
        let answer = alone(async {
            self.guard().await?;
            self.ask(&self.python.exports.run, arguments, report::ended).await
        });
        let host = self.store.data_mut();
        let (status, exception) = match (answer, host.exited) {
            // `os._exit`, by which a program may end.
            (Err(Stop::Exited), Some(status)) => (status, None),
            (answer, _) => answer?,
        };
        let (stdout, stderr) = (std::mem::take(&mut host.stdout), std::mem::take(&mut host.stderr));
        Ok(Ended { status, exception, stdout, stderr })
    }

    /// Fuel used so far.
    #[must_use]
    pub fn fuel(&self) -> u64 {
        self.limits.fuel - self.store.get_fuel().unwrap_or(0)
    }

    /// The limits less what was used so far: what another instance may use that lives on the same budget.
    #[must_use]
    pub fn left(&self) -> Limits {
        Limits { fuel: self.fuel_left(), deadline: self.watch.left(), ..self.limits }
    }

    /// Largest memory it had so far, in bytes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.store.data().memory
    }

    /// The end of what it printed.
    #[must_use]
    pub fn stdout(&self) -> &[u8] {
        &self.store.data().stdout
    }

    /// What stopped it, if anything did.
    #[must_use]
    pub fn stopped(&self) -> Option<&Stop> {
        self.stopped.as_ref()
    }

    /// Calls an export and reads its report.
    async fn ask<P, T>(
        &mut self,
        export: &ComponentExportIndex,
        params: P,
        read: impl Fn(&[u8]) -> Result<T, Stop>,
    ) -> Result<T, Stop>
    where
        P: ComponentNamedList + Lower + Send + Sync,
    {
        if let Some(stop) = &self.stopped {
            return Err(stop.clone());
        }
        let answer = match self.enter(export, params).await {
            // Reading the report is work for the host, and the completion chose how much.
            Ok(report) => self.take(read_cost(&report)).and_then(|()| read(&report)),
            Err(stop) => Err(stop),
        };
        self.stopped = answer.as_ref().err().cloned();
        answer
    }

    async fn enter<P>(&mut self, export: &ComponentExportIndex, params: P) -> Result<Vec<u8>, Stop>
    where
        P: ComponentNamedList + Lower + Send + Sync,
    {
        let function: TypedFunc<P, (Vec<u8>,)> =
            self.instance.get_typed_func(&mut self.store, export).map_err(|error| Stop::Host(format!("{error:#}")))?;
        let called = function.call_async(&mut self.store, params).await;
        // Memory that it asked for was zeroed by the system, page by page.
        let grown = self.store.data_mut().newly_grown();
        let paid = self.take((grown / PAGE) as u64 * PAGE_FUEL);
        let (report,) = called.map_err(|error| stop(&error, self.store.data()))?;
        paid.map(|()| report)
    }

    /// Takes fuel.
    fn take(&mut self, fuel: u64) -> Result<(), Stop> {
        let left = self.store.get_fuel().ok().and_then(|left| left.checked_sub(fuel));
        self.set_fuel(left.unwrap_or(0))?;
        left.map(|_| ()).ok_or(Stop::Fuel)
    }
}

/// Pages of memory, as the system maps them.
const PAGE: usize = 4096;

/// Fuel for a page of memory that the system has to zero and map.
const PAGE_FUEL: u64 = 2000;

/// Fuel for a value that is read: it is made anew on the host.
const VALUE_FUEL: u64 = 250;

/// Fuel for reading a report.
fn read_cost(report: &[u8]) -> u64 {
    report.len() as u64 + decode::count(report) * VALUE_FUEL
}

/// A report for another instance to read, unless it says that this one ended.
fn forwarded(report: &[u8]) -> Result<Vec<u8>, Stop> {
    report::stop_in(report).map_or_else(|| Ok(report.to_vec()), Err)
}

/// Classifies what wasmtime reports.
fn stop(error: &wasmtime::Error, host: &Host) -> Stop {
    match error.downcast_ref::<Interrupt>() {
        Some(Interrupt::Exit) => return Stop::Exited,
        Some(Interrupt::Output) => return Stop::Output,
        Some(Interrupt::Link) => return host.link.stop(),
        None => {}
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Stop::Fuel,
        Some(Trap::StackOverflow) => Stop::Stack,
        Some(Trap::Interrupt) => Stop::Deadline,
        // An interpreter that is refused memory may give up with whatever trap its libraries use.
        _ if host.denied => Stop::Memory,
        Some(trap) => Stop::Trap(trap.to_string()),
        None => Stop::Trap(format!("{error:#}")),
    }
}
