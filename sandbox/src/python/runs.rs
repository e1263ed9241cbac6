//! Work in a fresh instance: a program, or a session.

use super::{Ended, Limits, Python, Session, Stop, host::Host, turns::alone};
use crate::watch::Watch;

/// A program to run as `__main__`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Program<'a> {
    /// Its source.
    pub source: &'a str,
    /// Its standard input.
    pub stdin: &'a [u8],
    /// Seeds its random numbers.
    pub seed: u64,
}

impl Python {
    /// Runs a program in a fresh instance.
    ///
    /// # Errors
    /// [`Stop`]: an exhausted limit or a crash. Exit statuses and exceptions are no errors.
    pub fn run(&self, program: &Program<'_>, limits: &Limits) -> Result<Ended, Stop> {
        let host = |limits| Host::of_program(program.stdin, program.seed, limits);
        self.work(limits, host, |session| session.run(program.source))
    }

    /// Runs a program in a fresh instance, and takes what that used off the limits: several programs can live on one budget.
    ///
    /// # Errors
    /// As for [`Python::run`].
    pub fn run_on(&self, program: &Program<'_>, budget: &mut Limits) -> Result<Ended, Stop> {
        let host = |limits| Host::of_program(program.stdin, program.seed, limits);
        let ran = self.work(budget, host, |session| {
            let ended = session.run(program.source);
            Ok((ended, session.left()))
        });
        let (ended, left) = ran.unwrap_or_else(|stop| (Err(stop), budget.used_up()));
        *budget = left;
        ended
    }

    /// Opens a fresh instance and works with it.
    ///
    /// # Errors
    /// [`Stop`], from opening the instance or from the work.
    pub fn session<T>(
        &self,
        seed: u64,
        limits: &Limits,
        work: impl FnOnce(&mut Session) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        self.work(limits, |limits| Host::of_session(seed, limits), work)
    }

    fn work<T>(
        &self,
        limits: &Limits,
        host: impl FnOnce(Limits) -> Host,
        work: impl FnOnce(&mut Session) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let watch = Watch::start(limits.deadline);
        let start = async { Session::start(self, host(*limits), watch).await.map_err(|(stop, _)| stop) };
        work(&mut alone(start)?)
    }
}
