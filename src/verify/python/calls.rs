//! `python.calls`: a function called with arguments; what it returns is compared here. No expected value ever enters the
//! instance that runs the completion.

use super::{
    Judge, Running,
    case::{Call, Expected},
    cases,
    compare::Comparison,
    params::{flag, prefix, text},
    reason::{self, failed, on_load},
    refused::Refused,
    show::{show, show_all},
    values,
    work::Work,
};
use crate::{
    verdict::{FailureKind, Verdict},
    verify::Row,
};
use fullmarks_sandbox::python::{Answer, Arguments, Exception, Limits, Session, Stop, Value, apart};
use serde_json::Value as Json;

pub(super) struct Calls {
    function: String,
    prefix: String,
    cases: Vec<Case>,
    comparison: Comparison,
    /// Whether every case gets an instance of its own.
    isolated: bool,
    shuffled: bool,
}

struct Case {
    arguments: Arguments,
    /// The call as text, for reasons.
    shown: String,
    expected: Outcome,
    /// What the arguments must be afterwards.
    leaves: Option<Vec<Value>>,
    hidden: bool,
}

enum Outcome {
    /// One of these; the first is what is said.
    Returns(Vec<Value>),
    Raises(String),
}

/// What is wrong with an answer: its kind, what anybody may see, what only the author may see.
type Wrong = (FailureKind, String, String);

impl Calls {
    pub(super) fn new(params: &Row, running: &Running<'_>) -> Result<Self, Refused> {
        let mut wrong = Vec::new();
        let named = cases::function_name(params).map_err(|why| wrong.push(why));
        let calls = cases::calls(params).unwrap_or_else(|Refused(more)| {
            wrong.extend(more);
            cases::readable_calls(params)
        });
        match Self::of(named.clone().unwrap_or_default(), calls, params, running) {
            Ok(calls) if wrong.is_empty() => Ok(calls),
            Ok(_) => Err(Refused(wrong)),
            Err(Refused(more)) => {
                // A solution does not define what cannot be a name.
                let follows = |why: &String| named.is_err() && why.starts_with("the `reference` ");
                wrong.extend(more.into_iter().filter(|why| !follows(why)));
                Err(Refused(wrong))
            }
        }
    }

    /// The same for cases that came another way.
    pub(super) fn of(function: String, calls: Vec<Call>, params: &Row, running: &Running<'_>) -> Result<Self, Refused> {
        let prefix = prefix(params);
        let reference = text(params, "reference");
        let place = |index| cases::place(params, index);
        let cases = bind(calls, &function, reference.map(|code| format!("{prefix}{code}")), running, place)?;
        let comparison = Comparison {
            tolerance: params.get("tolerance").and_then(Json::as_f64),
            int_equals_float: flag(params, "int_equals_float"),
            tuple_equals_list: flag(params, "tuple_equals_list"),
            unordered: flag(params, "unordered"),
        };
        let isolated = text(params, "isolate") == Some("case");
        Ok(Self { function, prefix, cases, comparison, isolated, shuffled: flag(params, "shuffle") })
    }

    /// What is wrong with an answer; nothing when it is right.
    fn wrong<'a>(&self, case: &'a Case, answer: &'a Answer, work: &Work<'a>) -> Option<Wrong> {
        let Case { shown, expected, leaves, .. } = case;
        let (kind, what) = match (answer, expected) {
            (Answer::Missing, _) => (FailureKind::Missing, format!("there is no `{}`", self.function)),
            (Answer::Refused(why), _) => (FailureKind::NotPlain, format!("{shown} gave no plain data: {why}")),
            (Answer::Raised(error), Outcome::Raises(kind)) if raised(error, kind) => return None,
            (Answer::Raised(error), _) => {
                return Some((FailureKind::Raised, format!("{shown} raised {}", error.kind), error.private()));
            }
            (Answer::Returned { value, .. }, Outcome::Raises(kind)) => {
                (FailureKind::WrongAnswer, format!("{shown} gave {}, and should raise {kind}", show(value)))
            }
            (Answer::Returned { value, arguments }, Outcome::Returns(expected)) => {
                if !expected.iter().any(|expected| self.comparison.equal(expected, value, work)) {
                    let expected = expected.first().map_or_else(String::new, show);
                    (FailureKind::WrongAnswer, format!("{shown} gave {}, not {expected}", show(value)))
                } else if let Some(leaves) = leaves
                    && !arguments.as_ref().is_some_and(|left| {
                        let equal = |(a, b)| self.comparison.equal(a, b, work);
                        left.len() == leaves.len() && leaves.iter().zip(left).all(equal)
                    })
                {
                    let left = show_all(arguments.as_deref().unwrap_or_default());
                    (FailureKind::WrongAnswer, format!("{shown} left {left}, not {}", show_all(leaves)))
                } else {
                    return None;
                }
            }
        };
        Some((kind, what, String::new()))
    }

    fn call(&self, session: &mut Session<'_>, case: &Case) -> Result<Option<Wrong>, Stop> {
        let answer = match case.leaves {
            Some(_) => session.call_mutating(&self.function, &case.arguments)?,
            None => session.call(&self.function, &case.arguments)?,
        };
        let work = Work::new(session.fuel_left());
        let wrong = self.wrong(case, &answer, &work);
        session.spend(work.spent())?;
        Ok(wrong)
    }

    /// The cases that share an instance, in the order to call them in. Hidden ones have instances of their own, after all others:
    /// what a completion learns from one, it can say in no reason that is shown.
    fn groups(&self, seed: u64) -> Vec<Vec<usize>> {
        // A candidate can read the seed of its instance, but not what it is called with next.
        let cases: Vec<&[u8]> = self.cases.iter().map(|case| case.shown.as_bytes()).collect();
        let mut state = apart(seed, &cases);
        let mut groups = Vec::new();
        for hidden in [false, true] {
            let mut order: Vec<usize> = (0..self.cases.len()).filter(|at| self.cases[*at].hidden == hidden).collect();
            for last in (1..order.len()).rev().filter(|_| self.shuffled) {
                // Knuth's multiplier for 64 bits (MMIX); its high bits are the good ones.
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(last, (state >> 33) as usize % (last + 1));
            }
            let size = if self.isolated { 1 } else { order.len().max(1) };
            groups.extend(order.chunks(size).map(<[usize]>::to_vec));
        }
        groups
    }
}

/// How the cases of one instance went, by their place; a source that does not load; and what stopped the instance.
struct Went {
    results: Vec<(usize, Option<Wrong>)>,
    load: Option<Exception>,
    stop: Option<Stop>,
    /// What is left of the limits.
    left: Limits,
}

impl Went {
    fn new(left: Limits) -> Self {
        Self { results: Vec::new(), load: None, stop: None, left }
    }
}

impl Judge for Calls {
    fn runs(&self) -> bool {
        true
    }

    fn judge(&self, with: &Running<'_>, _: &str, code: &str) -> Result<Verdict, Stop> {
        let source = format!("{}{code}", self.prefix);
        let mut results: Vec<(usize, Option<Wrong>)> = Vec::new();
        let mut limits = with.limits;
        for group in self.groups(with.seed) {
            let mut went = match self.run(with, &limits, &source, &group) {
                Err(stop @ Stop::Host(_)) => return Err(stop),
                // It did not even start: the cases before it have used up the budget.
                Err(stop) => Went { stop: Some(stop), ..Went::new(limits.used_up()) },
                Ok(went) => went,
            };
            if let Some(error) = went.load {
                return Ok(on_load(&error));
            }
            let at = group.get(went.results.len()).copied().unwrap_or_default();
            results.append(&mut went.results);
            match went.stop {
                Some(stop @ Stop::Host(_)) => return Err(stop),
                Some(stop) => {
                    let (kind, public) = reason::kind(&stop);
                    results.push((at, Some((kind, public.into(), stop.to_string()))));
                    if kind == FailureKind::Timeout {
                        break;
                    }
                }
                None => {}
            }
            // All the instances live on one budget.
            limits = went.left;
        }
        Ok(self.verdict(results))
    }
}

impl Calls {
    fn run(&self, with: &Running<'_>, limits: &Limits, source: &str, group: &[usize]) -> Result<Went, Stop> {
        with.python.session(with.seed, limits, |session| {
            let mut went = Went::new(*limits);
            match session.load(source) {
                Ok(Answer::Raised(error)) => went.load = Some(error),
                Ok(_) => {
                    for &index in group {
                        match session.at_most(with.case, |session| self.call(session, &self.cases[index])) {
                            Ok(wrong) => went.results.push((index, wrong)),
                            Err(stop) => {
                                went.stop = Some(stop);
                                break;
                            }
                        }
                    }
                }
                Err(stop) => went.stop = Some(stop),
            }
            went.left = session.left();
            Ok(went)
        })
    }

    fn verdict(&self, results: Vec<(usize, Option<Wrong>)>) -> Verdict {
        let count = self.cases.len();
        let passed = results.iter().filter(|(_, wrong)| wrong.is_none()).count();
        if passed == count {
            return Verdict::Passed;
        }
        let wrong = results.into_iter().filter_map(|(at, wrong)| Some((at, wrong?)));
        // What may be shown comes first.
        let Some((at, (kind, what, private))) = wrong.min_by_key(|(at, _)| (self.cases[*at].hidden, *at)) else {
            return failed(FailureKind::Unmet, 0.0, "not every case ran", "");
        };
        let score = passed as f64 / count as f64;
        let place = format!("case {} of {count}", at + 1);
        let tally = format!("{passed} of {count} cases pass");
        let private = if private.is_empty() { what.clone() } else { format!("{what}: {private}") };
        if self.cases[at].hidden {
            return reason::hidden(score, kind, &format!("{place}: {private}; {tally}"));
        }
        failed(kind, score, format!("{place}: {what}; {tally}"), private)
    }
}

/// Whether one builtin exception is what another extends, as far as people expect the wider one.
fn is_base(wide: &str, narrow: &str) -> bool {
    match wide {
        "LookupError" => matches!(narrow, "KeyError" | "IndexError"),
        "ArithmeticError" => matches!(narrow, "ZeroDivisionError" | "OverflowError" | "FloatingPointError"),
        "ValueError" => narrow.starts_with("Unicode"),
        "RuntimeError" => matches!(narrow, "RecursionError" | "NotImplementedError"),
        "NameError" => narrow == "UnboundLocalError",
        "ImportError" => narrow == "ModuleNotFoundError",
        _ => false,
    }
}

fn raised(error: &Exception, expected: &str) -> bool {
    error.kind == expected
        || (expected == "Exception" && error.kind != "CandidateError")
        || is_base(expected, &error.kind)
}

/// Turns cases into what can be sent and compared; those that state no outcome get the reference's.
fn bind(
    calls: Vec<Call>,
    function: &str,
    reference: Option<String>,
    running: &Running<'_>,
    place: impl Fn(usize) -> String,
) -> Result<Vec<Case>, Refused> {
    // All values at once: expressions among them are read by one judge.
    let all: Vec<&Json> = calls.iter().flat_map(written).collect();
    let asks = |call: &Call| matches!(call.expected, Expected::Reference | Expected::ReferenceReturns);
    let open: Vec<_> = calls.iter().enumerate().filter(|(_, call)| asks(call)).map(|(index, _)| index).collect();
    let nothing_said = |index: &usize| {
        let place = place(*index);
        format!("{place} says neither `returns` nor `raises`: give one, or a `reference` solution for all")
    };
    let mut wrong: Vec<String> = if reference.is_none() { open.iter().map(nothing_said).collect() } else { Vec::new() };
    let mut known = match values::values(&all, running.python) {
        Ok(known) => known.into_iter(),
        Err(_) => {
            for (index, call) in calls.iter().enumerate() {
                let why = values::values(&written(call).collect::<Vec<_>>(), running.python).err();
                wrong.extend(why.map(|why| format!("{}: {why}", place(index))));
                if wrong.len() > cases::NAMED {
                    break;
                }
            }
            Vec::new().into_iter()
        }
    };
    if !wrong.is_empty() {
        cases::few(&mut wrong);
        return Err(Refused(wrong));
    }
    let mut take = |count: usize| known.by_ref().take(count).collect::<Vec<_>>();
    let mut cases = Vec::new();
    for (index, call) in calls.iter().enumerate() {
        let mut positional = take(call.args.len());
        let keywords: Vec<_> = call.kwargs.keys().cloned().zip(take(call.kwargs.len())).collect();
        let leaves = call.leaves.as_ref().map(|leaves| take(leaves.len()));
        if let (true, Some(first)) = (call.whole_keys, positional.first_mut()) {
            values::read_keys(first);
        }
        let shown =
            positional.iter().map(show).chain(keywords.iter().map(|(name, value)| format!("{name}={}", show(value))));
        let shown = format!("{function}({})", shown.collect::<Vec<_>>().join(", "));
        let mut returns = |either: bool| {
            let mut any = take(1);
            if either {
                any = any.into_iter().flat_map(values::item_or_list).collect();
            }
            if call.whole_keys {
                any.iter_mut().for_each(values::read_keys);
            }
            Outcome::Returns(any)
        };
        let expected = match &call.expected {
            Expected::Returns(_) => returns(false),
            Expected::ReturnsItem(_) => returns(true),
            Expected::Raises(kind) => Outcome::Raises(kind.clone()),
            Expected::Reference | Expected::ReferenceReturns => Outcome::Returns(Vec::new()),
        };
        let arguments = Arguments::with_keywords(positional, keywords)
            .map_err(|error| format!("{}: its arguments cannot be sent: {error}", place(index)))?;
        cases.push(Case { arguments, shown, expected, leaves, hidden: call.hidden });
    }
    // Without a reference, nothing is open here.
    let Some(reference) = reference.filter(|_| !open.is_empty()) else { return Ok(cases) };
    let answers = running.python.session(running.seed, &running.limits, |session| {
        let loaded = session.load(&reference)?;
        let answer = |index: &usize| session.call(function, &cases[*index].arguments);
        Ok((loaded, open.iter().map(answer).collect::<Result<Vec<_>, Stop>>()?))
    });
    let (loaded, answers) = answers.map_err(|stop| format!("the `reference` solution stops: {stop}"))?;
    if let Answer::Raised(error) = loaded {
        return Err(format!("the `reference` solution does not load: {}", error.private()).into());
    }
    for (index, answer) in open.into_iter().zip(answers) {
        cases[index].expected = match answer {
            Answer::Returned { value, .. } => Outcome::Returns(vec![value]),
            Answer::Raised(error) if matches!(calls[index].expected, Expected::ReferenceReturns) => {
                let place = place(index);
                return Err(format!("{place} does not suit the `reference` solution: {}", error.private()).into());
            }
            Answer::Raised(error) => Outcome::Raises(error.kind),
            Answer::Refused(why) => return Err(format!("the `reference` solution gives no plain data: {why}").into()),
            Answer::Missing => return Err(format!("the `reference` solution defines no `{function}`").into()),
        };
    }
    Ok(cases)
}

/// All values that a case writes, in the order in which they are taken.
fn written(call: &Call) -> impl Iterator<Item = &Json> {
    let returns = match &call.expected {
        Expected::Returns(value) | Expected::ReturnsItem(value) => Some(value),
        _ => None,
    };
    call.args.iter().chain(call.kwargs.values()).chain(call.leaves.iter().flatten()).chain(returns)
}
