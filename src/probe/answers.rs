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
        all.push(("texts-denied", format!("It is definitely not {}.", texts.join(", nor "))));
        all.push(("texts-many-times", vec![texts.join(" "); 20].join("\n")));
    }
    for answer in answers_asked_for(subject) {
        all.push(("answer-denied", format!("The answer is definitely not {answer}.")));
        all.push(("answer-denied-after-another", format!("The answer is 7 or 11. It cannot be {answer}")));
        all.push(("answer-among-others", format!("It is one of 0, 1, 2, 3, 5, 8, 11, 17, 25, 100, {answer}")));
        all.push(("answer-asked-for", format!("Is it {answer}?")));
    }
    all.into_iter().map(|(name, text)| Probe::new(ProbeFamily::Stuffing, name, text)).collect()
}

/// What an answer must come to: saying so alone is no trick, but saying that it is not so is one.
fn answers_asked_for(subject: &Subject) -> Vec<String> {
    let answer = |surface: &crate::verify::Surface| {
        let name = match surface.checker.as_str() {
            "number.equals" => "value",
            "text.equals" => "text",
            _ => return None,
        };
        match surface.params.get(name)? {
            Value::Number(number) => Some(number.to_string()),
            // A published solution ends in its answer.
            Value::String(text) => Some(text.rsplit("####").next().unwrap_or_default().trim().to_owned()),
            _ => None,
        }
    };
    let found = subject.surfaces.iter().filter_map(answer);
    found.filter(|text| !text.is_empty() && text.chars().count() <= LONGEST).collect()
}

/// Longest text of a spec that is thrown back.
const LONGEST: usize = 400;

/// What the constraints look for. What an answer must be as a whole, or resemble, is the answer itself: giving it is no trick.
fn texts(subject: &Subject) -> Vec<String> {
    let mut found = Vec::new();
    let looked_for = subject.surfaces.iter().filter(|surface| {
        surface.quick
            && !["similar.to", "number.equals", "contains.none", "regex.absent"].contains(&surface.checker.as_str())
    });
    for surface in looked_for {
        for (name, value) in &surface.params {
            // One of a few words that the checker knows says how to look, and not what for.
            let is_choice = surface.choices.contains(name);
            if !is_choice && !["pattern", "forbidden_words", "schema", "language", "relation"].contains(&name.as_str())
            {
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
