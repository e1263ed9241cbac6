//! An answer in code written in other ways.

use super::dressed::Dressed;
use crate::{
    probe::{mutants::target::targets, subject::Subject},
    verify::Verifier,
};
use serde::Deserialize;
use serde_json::json;

const CLOTHES: &str = include_str!("clothes.py");

#[derive(Deserialize)]
struct Clothed {
    kind: String,
    code: String,
}

pub(super) fn dressed(verifier: &Verifier, subject: &Subject, accepted: &str) -> Vec<Dressed> {
    let targets = targets(subject);
    let view = targets.first().map(|target| target.view);
    let Some(view) = view.or_else(|| subject.surfaces.iter().find(|surface| surface.python).map(|one| one.view)) else {
        return Vec::new();
    };
    let code = verifier.seen(&subject.plan, accepted, view);
    let mut dressed = around(accepted, &code);
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    let asked = json!({"code": code, "names": names}).to_string();
    // What Python's parser does not take, such as a body alone, is left as it is.
    let printed = verifier.tool(CLOTHES, &asked).unwrap_or_default();
    let clothed: Vec<Clothed> = serde_json::from_slice(&printed).unwrap_or_default();
    if let Some((before, after)) = accepted.split_once(code.trim_end()).filter(|_| !code.trim().is_empty()) {
        let put = |one: Clothed| Dressed::new(one.kind, format!("{before}{}{after}", one.code.trim_end()));
        dressed.extend(clothed.into_iter().map(put));
    }
    dressed
}

/// The same code with something else around it.
fn around(accepted: &str, code: &str) -> Vec<Dressed> {
    let code = code.trim_end();
    let mut all = vec![
        Dressed::new("white-space-after", format!("{accepted}  \n\n")),
        Dressed::new("windows-line-ends", accepted.replace("\r\n", "\n").replace('\n', "\r\n")),
    ];
    // Code that begins further in belongs to the prompt: it stands in no block of its own.
    if !code.is_empty() && !code.starts_with([' ', '\t']) {
        let fenced = |mark: &str| format!("```{mark}\n{code}\n```\n");
        all.push(Dressed::new("bare", format!("{code}\n")));
        all.push(Dressed::new("fence-python", fenced("python")));
        all.push(Dressed::new("fence-py", fenced("py")));
        all.push(Dressed::new("fence-capital", fenced("Python")));
        all.push(Dressed::new("fence-without-language", fenced("")));
        all.push(Dressed::new("fence-of-tildes", format!("~~~python\n{code}\n~~~\n")));
        let words = format!("Here is a solution.\n\n{}\nIt goes through the input once.", fenced("python"));
        all.push(Dressed::new("words-around", words));
    }
    all
}
