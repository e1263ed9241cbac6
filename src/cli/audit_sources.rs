//! Which rewards an audit compares: what `--truth`, `--proxy` and `--outcome` name.

use super::{
    Exit,
    inputs::{Unscored, load_with_prompts},
};
use crate::{audit::RewardSource, reward::Scheme, source::closest, task::Task};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The specs that judge and the rewards taken from them and from columns.
pub(super) struct Sources {
    /// The tasks that judge; the first is that of the command line, if there is one.
    pub(super) tasks: Vec<Task>,
    /// The truth, with its name.
    pub(super) truth: (String, RewardSource),
    /// The proxies, with their names.
    pub(super) proxies: Vec<(String, RewardSource)>,
}

/// The prompts of all specs, where they are given, and how many may be left out.
#[derive(Clone, Copy)]
pub(super) struct Prompts<'a> {
    pub(super) file: Option<&'a Path>,
    pub(super) unscored: Unscored,
}

/// The spec's own truth.
const FULL: &str = "full";

impl Sources {
    pub(super) fn new(
        spec: Option<&Path>,
        truth: Option<&str>,
        proxies: &[String],
        given: Prompts<'_>,
    ) -> Result<Self, Exit> {
        let mut sources =
            Self { tasks: Vec::new(), truth: (FULL.into(), RewardSource::Full { judge: 0 }), proxies: vec![] };
        if let Some(path) = spec {
            sources.load(path, given)?;
        }
        let has_spec = spec.is_some();
        let truth = truth.unwrap_or(FULL);
        sources.truth = (truth.to_owned(), sources.read(truth, "--truth", has_spec, given)?);
        let by_default;
        let proxies = if proxies.is_empty() {
            by_default = sources.schemes()?;
            &by_default
        } else {
            proxies
        };
        for name in proxies {
            if sources.proxies.iter().any(|(known, _)| known == name) {
                return Err(Exit::Input(format!("--proxy {name} is given twice")));
            }
            let source = sources.read(name, "--proxy", has_spec, given)?;
            if source == sources.truth.1 {
                let what = format!("--proxy {name} is the truth itself: give another proxy, or another --truth");
                return Err(Exit::Input(what));
            }
            sources.proxies.push((name.clone(), source));
        }
        Ok(sources)
    }

    /// What is compared when nothing is named: every scheme that differs from the truth.
    fn schemes(&self) -> Result<Vec<String>, Exit> {
        if self.tasks.is_empty() {
            return Err(Exit::Input("give --proxy COLUMN: what is to be audited".into()));
        }
        let mut names: Vec<String> = Vec::new();
        if self.truth.1 != (RewardSource::Full { judge: 0 }) {
            names.push("scheme:binary".into());
        }
        names.extend(Scheme::NAMES.iter().filter(|name| **name != "binary").map(|name| format!("scheme:{name}")));
        Ok(names)
    }

    fn load(&mut self, path: &Path, given: Prompts<'_>) -> Result<usize, Exit> {
        self.tasks.push(load_with_prompts(path, given.file, given.unscored)?);
        Ok(self.tasks.len() - 1)
    }

    fn read(&mut self, text: &str, option: &str, has_spec: bool, given: Prompts<'_>) -> Result<RewardSource, Exit> {
        let needs_spec = || {
            let what = format!("{option} {text} is judged by a spec, and none is given: add SPEC, or name a column");
            if has_spec { Ok(()) } else { Err(Exit::Input(what)) }
        };
        match text.split_once(':') {
            _ if text == FULL => {
                needs_spec()?;
                Ok(RewardSource::Full { judge: 0 })
            }
            Some(("scheme", name)) => {
                needs_spec()?;
                Ok(RewardSource::Scheme { judge: 0, scheme: self.scheme(name, option)? })
            }
            Some(("spec", path)) => {
                let judge = self.load(&PathBuf::from(path), given)?;
                Ok(RewardSource::Scheme { judge, scheme: self.tasks[judge].scheme() })
            }
            Some(("column", name)) => Ok(RewardSource::Column(name.to_owned())),
            Some((kind, _)) if closest(kind, ["scheme", "spec", "column"]).is_some() => {
                let meant = closest(kind, ["scheme", "spec", "column"]).unwrap_or_default();
                let what = format!(
                    "{option} {text}: there is no source `{kind}:`; did you mean `{meant}:`? A column of that name is \
                     `column:{text}`"
                );
                Err(Exit::Input(what))
            }
            _ => Ok(RewardSource::Column(text.to_owned())),
        }
    }

    /// A scheme of the spec; its own settings stay when it is named.
    fn scheme(&self, name: &str, option: &str) -> Result<Scheme, Exit> {
        let own = self.tasks[0].scheme();
        if own.name() == name {
            return Ok(own);
        }
        Scheme::by_name(name).ok_or_else(|| {
            let help = match closest(name, Scheme::NAMES.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("known: {}", Scheme::NAMES.join(", ")),
            };
            Exit::Input(format!("{option} scheme:{name}: there is no reward scheme `{name}`; {help}"))
        })
    }

    /// The proxies with what training on them came to.
    pub(super) fn with_outcomes(
        &self,
        given: &[(String, f64)],
        file: Option<&Path>,
    ) -> Result<Vec<(String, Option<f64>)>, Exit> {
        let mut outcomes: BTreeMap<String, f64> = BTreeMap::new();
        let from_file = file.map(read_outcomes).transpose()?.unwrap_or_default();
        for (name, outcome) in from_file.iter().chain(given) {
            if !self.proxies.iter().any(|(known, _)| known == name) {
                let known: Vec<&str> = self.proxies.iter().map(|(known, _)| known.as_str()).collect();
                let help = match closest(name, known.iter().copied()) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => format!("the proxies are {}", known.join(", ")),
                };
                return Err(Exit::Input(format!("an outcome is given for `{name}`, which is no proxy; {help}")));
            }
            if outcomes.insert(name.clone(), *outcome).is_some() {
                return Err(Exit::Input(format!("two outcomes are given for `{name}`")));
            }
        }
        Ok(self.proxies.iter().map(|(name, _)| (name.clone(), outcomes.get(name).copied())).collect())
    }
}

/// `NAME=VALUE`.
pub(super) fn outcome(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.rsplit_once('=').ok_or("give a proxy and what training on it came to: `NAME=0.71`")?;
    Ok((name.to_owned(), finite(value)?))
}

fn finite(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.trim().parse().ok().filter(|value: &f64| value.is_finite());
    value.ok_or_else(|| format!("an outcome is a number, not `{}`", text.trim()))
}

/// A JSON object of numbers, or lines `name,value` with or without a heading.
fn read_outcomes(path: &Path) -> Result<Vec<(String, f64)>, Exit> {
    let text = fs::read_to_string(path).map_err(Exit::file(path))?;
    let refuse = |why: String| Exit::Input(format!("{}: {why}", path.display()));
    if text.trim_start().starts_with('{') {
        let object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&text).map_err(|error| refuse(format!("not JSON: {error}")))?;
        let one = |(name, value): (String, serde_json::Value)| match value.as_f64() {
            Some(value) => Ok((name, value)),
            None => Err(refuse(format!("the outcome of `{name}` must be a number, not {value}"))),
        };
        return object.into_iter().map(one).collect();
    }
    let mut outcomes = Vec::new();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (row, (index, line)) in lines.enumerate() {
        let at = |why: String| refuse(format!("line {}: {why}", index + 1));
        let (name, value) = line.rsplit_once(',').ok_or_else(|| at("give `name,value`".into()))?;
        match finite(value) {
            Ok(value) => outcomes.push((name.trim().trim_matches('"').to_owned(), value)),
            // A heading.
            Err(_) if row == 0 && value.trim().parse::<f64>().is_err() => {}
            Err(why) => return Err(at(why)),
        }
    }
    Ok(outcomes)
}
