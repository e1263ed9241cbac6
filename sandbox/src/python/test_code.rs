//! Test code in one instance, its candidate in another.

use super::{
    Answer, Int, Limits, Python, Session, Stop, Unusable, Value,
    encode::encode,
    host::Host,
    judge::unknown,
    link::{ANSWER, Link, Message},
    report,
    turns::in_turns,
};
use crate::watch::Watch;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// Test code, and how to run it.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    /// The code.
    pub source: String,
    /// What it tests: a name that the candidate defines.
    pub function: Option<String>,
    /// `humaneval`, `asserts`, `functions` or `unittest`; by the code's shape when absent.
    pub layout: Option<String>,
    /// What the spec puts before the completion: helpers that tests use are taken from it, not from the candidate.
    pub prefix: String,
    /// Whether arguments that the candidate mutates are mutated for the tests too; where the tests look at them when absent.
    pub mutates: Option<bool>,
}

/// Tests that were read and compiled, once for all candidates.
#[derive(Clone, Debug)]
pub struct Prepared {
    wanted: Vec<String>,
    request: Vec<u8>,
    /// What is asked of the judge, for neutral candidates.
    asked: Vec<Value>,
}

impl Prepared {
    /// The names that the tests want of a candidate: those they use and neither define nor import.
    #[must_use]
    pub fn wanted(&self) -> &[String] {
        &self.wanted
    }
}

/// For reading tests, which their author wrote: published ones have up to a megabyte of expected values.
const READING: Duration = Duration::from_secs(30);
const MEMORY: usize = 1 << 30;

/// How many neutral candidates there are: no single one suits all tests.
pub const NEUTRAL: u8 = 16;

/// How tests went.
#[derive(Clone, Debug, PartialEq)]
pub enum Tested {
    /// The tests themselves are broken; the text says how.
    Broken(String),
    /// The candidate's source raised an exception when it was loaded.
    Load(Answer),
    /// They ran.
    Ran {
        /// Tests that were run.
        run: u64,
        /// Tests that passed.
        passed: u64,
        /// What went wrong first; `None` is a pass.
        failure: Option<TestFailure>,
        /// Errors that may be the tests' own: see [`Python::neutral`].
        doubtful: Vec<String>,
        /// Whether something else went wrong, which is the candidate's.
        its_own: bool,
    },
}

/// What went wrong in tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFailure {
    /// `wrong_answer`, `raised`, `missing`, `memory`, `unmet`, or `uncalled` where they passed without a call.
    pub kind: String,
    /// What anybody may see.
    pub public: String,
    /// What the author may see.
    pub private: String,
}

impl Python {
    /// Reads and compiles tests, in an instance that no candidate reaches.
    ///
    /// # Errors
    /// What is wrong with the tests; the outer error is [`Stop::Host`], which says nothing of them.
    pub fn prepare(&self, tests: &Tests) -> Result<Result<Prepared, Unusable>, Stop> {
        let source = Value::from(tests.source.as_str());
        let asked = vec![options(tests), source];
        let request = addressed("prepare", asked.clone());
        let (kind, fields) = match self.ask_judge(&request, 0, &Limits::new(READING, MEMORY)) {
            Err(stop @ Stop::Host(_)) => return Err(stop),
            Err(stop) => return Ok(Err(Unusable(format!("the tests cannot be read: {stop}")))),
            Ok(answer) => answer,
        };
        match (kind.as_str(), &fields[..]) {
            ("prepared", [layout, names, Value::List(wanted), code]) => {
                let wanted = texts(wanted)?;
                let asked: Vec<Value> = asked.into_iter().chain([layout, names, code].map(Clone::clone)).collect();
                let mut request = Vec::new();
                encode(&addressed("tests", asked.clone()), &mut request)
                    .map_err(|error| Stop::Host(error.to_string()))?;
                Ok(Ok(Prepared { wanted, request, asked }))
            }
            ("broken", [Value::Str(why)]) => Ok(Err(Unusable(why.to_string()))),
            _ => Err(unknown()),
        }
    }

    /// The errors that tests meet with a neutral candidate, while all their assertions hold. No completion comes into it: what the
    /// tests meet with every one of the [`NEUTRAL`] is their own fault.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn neutral(&self, tests: &Prepared, which: u8, limits: &Limits) -> Result<Vec<String>, Stop> {
        let mut asked = tests.asked.clone();
        asked.push(i64::from(which).into());
        let (kind, fields) = self.ask_judge(&addressed("neutral", asked), 0, limits)?;
        match (kind.as_str(), &fields[..]) {
            ("own", [Value::List(errors)]) => texts(errors),
            _ => Err(unknown()),
        }
    }

    /// Runs tests in one instance against a candidate in another. The two share one budget of fuel.
    ///
    /// # Errors
    /// [`Stop`]: how the candidate's instance stopped, or the judge's once it had called the candidate.
    pub fn tests(&self, source: &str, tests: &Prepared, seed: u64, limits: &Limits) -> Result<Tested, Stop> {
        self.tests_counting(source, tests, seed, limits).map(|(tested, _)| tested)
    }

    /// The same, with the fuel that both used.
    ///
    /// # Errors
    /// As for [`Python::tests`].
    pub fn tests_counting(
        &self,
        source: &str,
        tests: &Prepared,
        seed: u64,
        limits: &Limits,
    ) -> Result<(Tested, u64), Stop> {
        let watch = Watch::start(limits.deadline);
        let (judge, link) = Link::pair();
        let candidate = candidate(self, source, Host::linked(seed, *limits, link), watch);
        let judges_seed = apart(seed, &[&tests.request, source.as_bytes()]);
        let judge = against(self, tests, judges_seed, *limits, judge, watch);
        // How the candidate ended, it has said through its link.
        let ((), tested) = in_turns(candidate, judge);
        tested.map(|(tested, left)| (tested, limits.fuel.saturating_sub(left)))
    }
}

/// A seed of the judge's, from one that a candidate can read and from what it cannot: the hash of the tests, which are never in its
/// instance. The completion is part of it, so that what one has learnt of the judge's draws is nothing to the next. The same
/// completion and the same tests draw the same.
#[must_use]
pub fn apart(seed: u64, secrets: &[&[u8]]) -> u64 {
    let mut hash = Sha256::new();
    hash.update(b"judge");
    hash.update(seed.to_le_bytes());
    for secret in secrets {
        hash.update((secret.len() as u64).to_le_bytes());
        hash.update(secret);
    }
    let hash: [u8; 32] = hash.finalize().into();
    hash.into_iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(byte))
}

/// The candidate's side: loads the source, then does what the judge asks for until it asks no more.
async fn candidate(python: &Python, source: &str, host: Host, watch: Watch) {
    let mut session = match Session::start(python, host, watch).await {
        Ok(session) => session,
        Err((stop, host)) => return host.link.answer(Err(stop)),
    };
    let mut said = session.load_raw(source).await;
    loop {
        let stopped = said.is_err();
        let fuel = session.fuel_left();
        let message = said.map(|report| Message { bytes: [&[ANSWER], &report[..]].concat(), fuel });
        session.link().answer(message);
        if stopped {
            return;
        }
        let Some(request) = session.link().request().await else { return };
        said = match session.set_fuel(request.fuel) {
            Ok(()) => session.serve(request.bytes).await,
            Err(stop) => Err(stop),
        };
    }
}

/// The judge's side: how the tests went, and the fuel that is left.
async fn against(
    python: &Python,
    tests: &Prepared,
    seed: u64,
    limits: Limits,
    mut link: Link,
    watch: Watch,
) -> Result<(Tested, u64), Stop> {
    let loaded = link.loaded().await?;
    match report::answer(&loaded.bytes[1..])? {
        Answer::Returned { .. } => {}
        answer => return Ok((Tested::Load(answer), loaded.fuel)),
    }
    let limits = Limits { fuel: loaded.fuel, ..limits };
    let session = Session::start(python, Host::linked(seed, limits, link), watch).await;
    let mut session = session.map_err(|(stop, _)| stop)?;
    let answer = session.judge_encoded(tests.request.clone()).await;
    let link = session.link();
    let tested = match answer {
        Ok(answer) => tested(&answer)?,
        Err(stop) if link.stopped() => return Err(stop),
        Err(stop @ (Stop::Fuel | Stop::Memory | Stop::Stack | Stop::Deadline)) if link.called() => return Err(stop),
        Err(stop @ (Stop::Fuel | Stop::Memory | Stop::Stack)) => {
            Tested::Broken(format!("the tests stop before they call anything: {stop}"))
        }
        Err(stop @ (Stop::Deadline | Stop::Host(_))) => return Err(stop),
        // Something came back that the tests, or what runs them, cannot take.
        Err(stop) => Tested::Broken(format!("the judge stopped: {stop}")),
    };
    Ok((tested, session.fuel_left()))
}

fn options(tests: &Tests) -> Value {
    let text = |text: &Option<String>| text.as_deref().map_or(Value::None, Value::from);
    Value::Dict(vec![
        ("function".into(), text(&tests.function)),
        ("layout".into(), text(&tests.layout)),
        ("prefix".into(), tests.prefix.as_str().into()),
        ("mutates".into(), tests.mutates.map_or(Value::None, Value::from)),
    ])
}

/// A request of that kind.
fn addressed(kind: &str, what: Vec<Value>) -> Value {
    let mut request = vec![kind.into()];
    request.extend(what);
    Value::Tuple(request)
}

fn texts(values: &[Value]) -> Result<Vec<String>, Stop> {
    let text = |value: &Value| match value {
        Value::Str(text) => Ok(text.to_string()),
        _ => Err(unknown()),
    };
    values.iter().map(text).collect()
}

fn tested((kind, fields): &(String, Vec<Value>)) -> Result<Tested, Stop> {
    match (kind.as_str(), &fields[..]) {
        ("broken", [Value::Str(why)]) => Ok(Tested::Broken(why.to_string())),
        (
            "tests",
            [
                Value::Int(run),
                Value::Int(passed),
                Value::Int(_),
                Value::Str(kind),
                Value::Str(public),
                Value::Str(private),
                Value::List(doubtful),
                Value::Bool(its_own),
            ],
        ) => {
            let count = |int: &Int| int.to_i64().and_then(|count| u64::try_from(count).ok()).ok_or_else(unknown);
            let (kind, public, private) = (kind.to_string(), public.to_string(), private.to_string());
            let failure = (!kind.is_empty()).then_some(TestFailure { kind, public, private });
            let doubtful = texts(doubtful)?;
            Ok(Tested::Ran { run: count(run)?, passed: count(passed)?, failure, doubtful, its_own: *its_own })
        }
        _ => Err(unknown()),
    }
}
