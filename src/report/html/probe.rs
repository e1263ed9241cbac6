//! What probing found as a page.

use super::{
    bars::bar,
    page::{Page, Section, Tone},
    text::{completion, id, prose},
};
use crate::{
    advise::stats::Interval,
    probe::{Finding, ProbeReport, Refusal},
    report::{
        layout::{number, plural},
        words::probe as words,
    },
};
use maud::{Markup, html};

/// What probing found.
#[must_use]
pub fn render(found: &ProbeReport) -> String {
    let tone = match (found.is_fine(), found.holes().next()) {
        (true, _) => Tone::Good,
        (false, None) => Tone::Unsure,
        (false, Some(_)) => Tone::Bad,
    };
    let verdict = words::verdict(found);
    let verdict = verdict[..1].to_uppercase() + &verdict[1..] + ".";
    let lead = vec![words::thrown(found)];
    Page {
        kind: "Probes",
        subject: &found.task,
        tone,
        verdict,
        picture: Markup::default(),
        lead,
        sections: sections(found),
    }
    .render()
}

fn sections(found: &ProbeReport) -> Vec<Section> {
    let section = |anchor, title, body| Section { anchor, title, body };
    let mut sections = vec![section("holes", "What earned reward without doing the task", holes(found))];
    if !found.unjudged.is_empty() {
        sections.push(section("unjudged", "What could not be judged", unjudged(found)));
    }
    if !found.failures.is_empty() {
        sections.push(section("cases", "Cases that did not go as the spec says", failures(found)));
    }
    let refused = words::refused(found);
    if !refused.is_empty() {
        sections.push(section("refused", "Right answers in another form that are refused", self::refused(&refused)));
    }
    let allowed: Vec<String> =
        words::mutants(found).into_iter().chain(words::promised(found)).chain(words::allowed(found)).collect();
    if !allowed.is_empty() {
        let body = html! { ul.caveats { @for line in &allowed { li { (prose(line)) } } } };
        sections.push(section("allowed", "What else was seen", body));
    }
    sections.push(section("thrown", "What was thrown", thrown(found)));
    sections
}

fn holes(found: &ProbeReport) -> Markup {
    let alike = words::alike(found);
    html! {
        @if alike.is_empty() { p { "Nothing." } }
        @for holes in &alike { (hole(found, holes)) }
    }
}

fn hole(found: &ProbeReport, alike: &[&Finding]) -> Markup {
    let finding = alike[0];
    let example = &finding.example;
    let limit = (finding.allowed > 0.0).then(|| Interval::new(finding.allowed, finding.allowed));
    html! {
        article.finding.hole {
            h3 { span.badge.hole { "hole" } (id(&format!("{}/{}", finding.family, finding.name))) }
            table.bars { tbody { @for (scheme, reward) in &example.rewards { tr {
                th scope="row" { "under " (id(scheme)) }
                td.value { (reward.map_or_else(|| "unknown".to_owned(), number)) }
                td.bar { (bar(*reward, limit, "over")) }
            } } } }
            p {
                "It may earn " (number(finding.allowed)) "."
                @if found.probed > 1 { " It earns more on " (finding.prompts) " of " (plural(found.probed, "prompt")) "." }
                @if let Some(prompt) = &example.prompt { " On " (id(prompt)) " it is:" } @else { " It is:" }
            }
            (completion(&example.completion))
            @if !example.passed.is_empty() { p { "It meets " (ids(&example.passed)) "." } }
            @if !example.failed.is_empty() { p { "It fails " (ids(&example.failed)) "." } }
            @for finding in alike.iter().filter(|finding| finding.difference.is_some()) {
                p { (id(&finding.name)) ": on " (prose(finding.difference.as_deref().unwrap_or_default())) }
            }
            @if alike.len() > 1 {
                p { "In the same way: " (ids(&alike[1..].iter().map(|other| other.name.clone()).collect::<Vec<_>>())) "." }
            }
            p.remedy { (prose(&finding.remedy)) }
        }
    }
}

fn refused(refused: &[(&Refusal, Vec<&str>)]) -> Markup {
    html! { @for (first, forms) in refused {
        article.finding.warning {
            h3 { span.badge.warning { "refused" } (id(&first.form)) }
            p { (id(&first.constraint)) " fails a right answer in another form: " (prose(&first.reason)) }
            (completion(&first.completion))
            @if forms.len() > 1 {
                p { "It also refuses " (ids(&forms[1..].iter().map(|form| (*form).to_owned()).collect::<Vec<_>>())) "." }
            }
            p.remedy { (prose(words::REFUSED)) }
        }
    } }
}

fn ids(ids: &[String]) -> Markup {
    html! { @for (place, name) in ids.iter().enumerate() { @if place > 0 { ", " } (id(name)) } }
}

fn unjudged(found: &ProbeReport) -> Markup {
    html! { @for unjudged in &found.unjudged {
        article.finding.warning {
            h3 { span.badge.warning { "not judged" } (id(&format!("{}/{}", unjudged.family, unjudged.name))) }
            p {
                @if let Some(prompt) = &unjudged.prompt { "On " (id(prompt)) ": " }
                (id(&unjudged.constraint)) " cannot judge it: " (prose(&unjudged.cause))
            }
        }
    } }
}

fn failures(found: &ProbeReport) -> Markup {
    html! { @for failure in &found.failures {
        article.finding.error {
            h3 { span.badge.error { "case" } (id(&failure.case)) }
            p { (prose(&failure.message)) }
        }
    } }
}

fn thrown(found: &ProbeReport) -> Markup {
    let counts = |family| {
        let of = |hole: &bool| {
            found.findings.iter().filter(|finding| finding.family == family && finding.is_hole() == *hole).count()
        };
        (of(&true), of(&false))
    };
    html! {
        table {
            thead { tr { th { "Kind" } th.number { "Thrown" } th.number { "Holes" } th.number { "Allowed" } } }
            tbody { @for (family, thrown) in &found.by_family { tr {
                @let (holes, allowed) = counts(*family);
                th scope="row" { (family) }
                td.number { (thrown) } td.number { (holes) } td.number { (allowed) }
            } } }
        }
        p.note { "A spec without holes here can still be hacked; one with holes is hacked soon." }
    }
}
