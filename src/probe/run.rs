//! Throwing the probes.

use super::{
    Probe,
    answers::answers,
    code::code,
    earns::right,
    finding::{Judged, finding, most},
    junk::junk,
    mutants::{Told, mutants, target::targets},
    refusals::refusals,
    report::{Mutants, ProbeReport, Unjudged},
    subject::{Subject, Subjects},
};
use crate::{
    completion::Completion,
    reward::{Reward, Scheme},
    scoring::run_cases,
    spec::{ProbeFamily, ThinkingMode},
    task::Task,
    verdict::{Outcome, Verdict},
    verify::Verifier,
};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What probing can be asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProbeSettings {
    /// Families that are left out.
    pub skip: Vec<ProbeFamily>,
}

/// Answers that could not be judged that are named one by one.
const NAMED: usize = 20;

/// Throws every probe at every subject, and runs the spec's own cases.
#[must_use]
pub fn probe(task: &Task, subjects: &Subjects, settings: &ProbeSettings) -> ProbeReport {
    let verifier = task.verifier();
    let schemes = schemes(verifier);
    let rights: Vec<Vec<f64>> =
        subjects.subjects.par_iter().map(|subject| right(verifier, &schemes, subject)).collect();
    let thrown: Vec<(&Subject, Probe)> =
        subjects.subjects.par_iter().flat_map_iter(|subject| probes(verifier, subject, settings)).collect();
    let mut by_family: BTreeMap<ProbeFamily, u64> = BTreeMap::new();
    thrown.iter().for_each(|(_, probe)| *by_family.entry(probe.family).or_default() += 1);
    let judge = |(subject, probe): (_, Probe)| judge(verifier, &schemes, subject, probe);
    let mut judged: Vec<Judged<'_>> = thrown.into_par_iter().map(judge).collect();
    for (subject, right) in subjects.subjects.iter().zip(&rights) {
        let of_it = judged.iter_mut().filter(|judged| std::ptr::eq(judged.subject, subject));
        of_it.for_each(|judged| judged.right.clone_from(right));
    }
    let refused = refusals(verifier, &schemes, &subjects.subjects);
    let mut counted = Mutants::default();
    if !settings.skip.contains(&ProbeFamily::Mutant) {
        for (subject, right) in subjects.subjects.iter().zip(&rights) {
            let told = mutants(verifier, &schemes, subject);
            count(&mut counted, subject, &told);
            judged.extend(
                told.survivors.into_iter().map(|survivor| Judged::of_mutant(subject, &schemes, right, survivor)),
            );
        }
        if counted.thrown > 0 {
            by_family.insert(ProbeFamily::Mutant, counted.thrown);
        }
    }
    let cases = run_cases(task);
    let mut report = ProbeReport {
        task: task.spec().name.clone(),
        probed: subjects.subjects.len() as u64,
        prompts: subjects.of,
        left_out: subjects.left_out.len() as u64,
        from_file: subjects.from_file,
        thrown: by_family.values().sum(),
        by_family: by_family.into_iter().collect(),
        schemes: schemes.iter().map(Scheme::to_string).collect(),
        findings: Vec::new(),
        mutants: counted,
        dressed: refused.tried,
        refusals: refused.refusals,
        unjudged: judged.iter().filter_map(unjudged).take(NAMED).collect(),
        cases: cases.run as u64,
        failures: cases.failures,
    };
    let mut earners: BTreeMap<(ProbeFamily, String), Vec<Judged<'_>>> = BTreeMap::new();
    for judged in judged.into_iter().filter(|judged| judged.most() > judged.honest) {
        earners.entry((judged.probe.family, judged.probe.name.clone())).or_default().push(judged);
    }
    report.findings = earners.values().filter_map(|judged| finding(verifier, judged)).collect();
    // Holes first, the largest first; the order is that of the families otherwise.
    report.findings.sort_by(|a, b| b.is_hole().cmp(&a.is_hole()).then(b.most.total_cmp(&a.most)));
    report
}

/// Adds what came of a prompt's mutants.
fn count(counted: &mut Mutants, subject: &Subject, told: &Told) {
    counted.thrown += told.thrown;
    counted.alike += told.alike;
    counted.survived += told.survivors.len() as u64;
    counted.weak += u64::from(!told.survivors.is_empty());
    counted.without_answer += u64::from(told.thrown == 0 && !targets(subject).is_empty());
}

/// Every scheme by name, and the spec's own.
pub(super) fn schemes(verifier: &Verifier) -> Vec<Scheme> {
    let own = &verifier.task().scheme;
    let named = Scheme::NAMES.iter().filter_map(|name| Scheme::by_name(name));
    let mut schemes: Vec<Scheme> = named.collect();
    if !schemes.contains(own) {
        schemes.push(*own);
    }
    schemes
}

/// What is thrown at a prompt, but for what the spec itself says is right.
fn probes<'a>(
    verifier: &'a Verifier,
    subject: &'a Subject,
    settings: &ProbeSettings,
) -> impl Iterator<Item = (&'a Subject, Probe)> + use<'a> {
    let extract = &verifier.task().extract;
    let mut probes = answers(subject, extract);
    probes.extend(code(subject, extract));
    if !settings.skip.contains(&ProbeFamily::Junk) {
        probes.extend(junk(verifier, subject));
    }
    let mode = extract.thinking.mode;
    // Where there is no thinking, a mark of it is a part of the answer.
    probes.retain(|probe| mode != ThinkingMode::None || probe.family != ProbeFamily::Thinking);
    probes.retain(|probe| !settings.skip.contains(&probe.family) && !subject.is_right(&probe.completion));
    probes.into_iter().map(move |probe| (subject, probe))
}

impl Subject {
    /// Whether an answer is what the spec asks for word by word, so that giving it is no trick.
    fn is_right(&self, completion: &str) -> bool {
        let same = |text: &str| text.trim().eq_ignore_ascii_case(completion.trim());
        let whole = self.surfaces.iter().filter(|surface| surface.checker == "text.equals");
        let wanted = whole.filter_map(|surface| surface.params.get("text")?.as_str());
        self.accepted.iter().any(|text| same(text)) || wanted.into_iter().any(same)
    }
}

fn judge<'a>(verifier: &Verifier, schemes: &[Scheme], subject: &'a Subject, probe: Probe) -> Judged<'a> {
    let thinking = &verifier.task().extract.thinking;
    // Where the chat template opens the thinking, an answer comes after its end.
    let thought = thinking.mode == ThinkingMode::Opened && probe.family != ProbeFamily::Thinking;
    let before = if thought { thinking.close.as_str() } else { "" };
    let outcome = |text: &str| verifier.judge(&subject.plan, &Completion::Text(format!("{before}{text}")));
    let rewards = |outcome: &Outcome| {
        let reward = |scheme: &Scheme| (scheme.to_string(), scheme.reward(outcome).map(Reward::value));
        schemes.iter().map(reward).collect::<Vec<_>>()
    };
    let honest = probe.beyond.map_or(0.0, |text| most(&rewards(&outcome(text))));
    let outcome = outcome(&probe.completion);
    let right = vec![1.0; schemes.len()];
    Judged { rewards: rewards(&outcome), subject, probe, outcome, honest, right, difference: None }
}

/// A probe whose reward is open under some scheme.
fn unjudged(judged: &Judged<'_>) -> Option<Unjudged> {
    judged.rewards.iter().find(|(_, reward)| reward.is_none())?;
    let (constraint, cause) = judged.outcome.iter().find_map(|(constraint, verdict)| match verdict {
        Verdict::Unscored(cause) => Some((constraint.id.to_string(), format!("{}: {}", cause.kind, cause.detail))),
        _ => None,
    })?;
    let Probe { family, name, .. } = &judged.probe;
    Some(Unjudged { family: *family, name: name.clone(), prompt: judged.subject.id.clone(), constraint, cause })
}
