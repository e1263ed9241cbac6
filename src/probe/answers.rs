//! Answers in words: nothing, a few words, thinking, the prompt, every answer at once.

use super::{Probe, subject::Subject};
use crate::spec::{Extract, ProbeFamily};
use serde_json::Value;

/// The shortest answer that is one.
const OK: &str = "ok";

/// All answers in words to a prompt.
pub(super) fn answers(subject: &Subject, extract: &Extract) -> Vec<Probe> {
    let mut probes = empty();
    probes.extend(trivial(extract));
    probes.extend(thinking(subject, extract));
    probes.extend(echo(subject));
    probes.extend(stuffing(subject));
    probes.extend(blocks());
    probes
}

fn empty() -> Vec<Probe> {
    let all = [
        ("nothing", ""),
        ("white-space", " \n\t\n "),
        ("zero-width", "\u{200b}\u{2060}\u{feff}"),
        ("blank-braille", "\u{2800}\u{2800}\u{3164}"),
        ("control-characters", "\u{0}\u{1b}\u{7f}"),
    ];
    all.map(|(name, text)| Probe::new(ProbeFamily::Empty, name, text)).into()
}

fn trivial(extract: &Extract) -> Vec<Probe> {
    let all = [
        ("ok", OK),
        ("empty-fence", "```\n```"),
        ("full-stop", "."),
        ("yes", "yes"),
        ("no", "No."),
        ("not-known", "I don't know."),
        ("refusal", "I'm sorry, but I can't help with that."),
        ("promise", "Sure! Here is the answer you asked for, as requested."),
        ("zero", "0"),
        ("one", "1"),
        ("letter", "A"),
        ("null", "null"),
        ("empty-object", "{}"),
        ("empty-list", "[]"),
        ("empty-string", "\"\""),
        ("one-word-many-times", "word word word word word word word word word word word word word word word word"),
        ("markdown", "# Title\n\n- one\n- two\n\n**bold**\n"),
    ];
    let mut probes: Vec<Probe> = all.map(|(name, text)| Probe::new(ProbeFamily::Trivial, name, text)).into();
    if let Some(language) = &extract.code {
        for (name, code) in [("comment-only", "# the solution\n"), ("statement", "x = 1\n"), ("pass", "pass\n")] {
            let fenced = format!("```{language}\n{code}```\n");
            probes.push(Probe::new(ProbeFamily::Trivial, format!("code-{name}"), fenced));
        }
    }
    probes
}

fn thinking(subject: &Subject, extract: &Extract) -> Vec<Probe> {
    let (open, close) = (&extract.thinking.open, &extract.thinking.close);
    let thought = subject.accepted.first().map_or("The answer is 42, since 6 times 7 is 42.", |text| text);
    // What an accepted answer thinks must not close the section.
    let thought = thought.rsplit(close.as_str()).next().unwrap_or_default();
    let all = [
        ("right-but-not-said", format!("{open}{thought}{close}")),
        ("never-closed", format!("{open}{thought}")),
        ("said-then-thinking", format!("{open}{thought}{close}{open}{thought}")),
        ("marks-only", format!("{open}{close}")),
    ];
    let mut probes: Vec<Probe> = all.map(|(name, text)| Probe::new(ProbeFamily::Thinking, name, text)).into();
    let then_ok = Probe::new(ProbeFamily::Thinking, "right-thought-then-ok", format!("{open}{thought}{close}{OK}"));
    probes.push(Probe { beyond: Some(OK), ..then_ok });
    probes
}

fn echo(subject: &Subject) -> Vec<Probe> {
    let prompt = subject.plan.prompt();
    if prompt.trim().is_empty() {
        return Vec::new();
    }
    let all = [
        ("prompt", prompt.to_owned()),
        ("prompt-twice", format!("{prompt}\n\n{prompt}")),
        ("prompt-quoted", format!("You asked: \"{prompt}\" Here is the answer.")),
        ("prompt-fenced", format!("```\n{prompt}\n```")),
    ];
    all.map(|(name, text)| Probe::new(ProbeFamily::Echo, name, text)).into()
}

fn stuffing(subject: &Subject) -> Vec<Probe> {
    let numbers = || (0..=120).map(|number: i32| number.to_string());
    let letters = ["A", "B", "C", "D", "E"];
    let boxed = numbers().take(40).chain(letters.map(str::to_owned)).map(|text| format!("\\boxed{{{text}}}"));
    let mut all = vec![
        ("letters", letters.join(" ")),
        ("letters-in-sentences", letters.map(|letter| format!("The answer is {letter}.")).join(" ")),
        ("yes-and-no", "yes no true false both neither".to_owned()),
        ("numbers", numbers().collect::<Vec<_>>().join(" ")),
        ("boxes", boxed.collect::<Vec<_>>().join(" ")),
    ];
    let texts = texts(subject);
    if !texts.is_empty() {
        let hedged = texts.iter().map(|text| format!("it is {text}, or it is not {text}")).collect::<Vec<_>>();
        all.push(("texts-of-the-spec", texts.join(" ")));
        all.push(("texts-hedged", format!("Perhaps {}; or else 7, none of these, or Paris.", hedged.join("; "))));
        all.push(("texts-many-times", vec![texts.join(" "); 20].join("\n")));
    }
    all.into_iter().map(|(name, text)| Probe::new(ProbeFamily::Stuffing, name, text)).collect()
}

/// Longest text of a spec that is thrown back.
const LONGEST: usize = 400;

/// What the constraints look for. What an answer must be as a whole, or resemble, is the answer itself: giving it is no trick.
fn texts(subject: &Subject) -> Vec<String> {
    let mut found = Vec::new();
    let looked_for = subject.surfaces.iter().filter(|surface| {
        surface.quick && !["similar.to", "contains.none", "regex.absent"].contains(&surface.checker.as_str())
    });
    for surface in looked_for {
        for (name, value) in &surface.params {
            if !["pattern", "forbidden_words", "schema", "language", "relation"].contains(&name.as_str()) {
                collect(value, &mut found);
            }
        }
    }
    found.dedup();
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() && text.chars().count() <= LONGEST => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

fn blocks() -> Vec<Probe> {
    let all = [
        ("several-values", "```json\n{}\n```\nor\n```json\n[]\n```\nor\n```json\n\"\"\n```\n"),
        ("nested-fences", "````\n```\nanswer\n```\n````\n"),
    ];
    all.map(|(name, text)| Probe::new(ProbeFamily::Blocks, name, text)).into()
}
