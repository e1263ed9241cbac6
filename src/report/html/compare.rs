//! Rewards that are compared, as a page.

use super::{
    figure::scroll,
    page::{Page, Section, Tone},
    text::{completion, id, prose},
};
use crate::{
    advise::Answer,
    compare::{Choice, Compared, Differences, Shown, Weighed},
    report::words::{advise as counts, compare as words, decision, share, with_range},
};
use maud::{Markup, html};

/// Rewards on the rollouts that `subject` names.
#[must_use]
pub fn render(compared: &Compared, subject: &str) -> String {
    let first = compared.rewards.first().map(|weighed| &weighed.assessment);
    let mut lead = vec![words::NO_TRUTH.to_owned()];
    lead.extend(first.into_iter().flat_map(|assessment| counts::counts(&assessment.counts)));
    let section = |anchor, title, body| Section { anchor, title, body };
    let page = Page {
        kind: "Comparison",
        subject,
        tone: tone(&compared.choice),
        verdict: words::choice(compared),
        picture: html! {},
        lead,
        sections: vec![
            section("rewards", "The rewards", rewards(&compared.rewards)),
            section("paid", "Who is paid differently", differences(compared)),
            section("decisions", "What to do with each", decisions(&compared.rewards)),
        ],
    };
    page.render()
}

fn tone(choice: &Choice) -> Tone {
    match choice {
        Choice::Take { .. } | Choice::Same => Tone::Good,
        _ => Tone::Unsure,
    }
}

fn rewards(rewards: &[Weighed]) -> Markup {
    let full = |weighed: &Weighed| {
        let rates = weighed.assessment.rates.as_ref();
        rates.map_or_else(|| "not known".to_owned(), |rates| with_range(rates.full.estimate, rates.full.interval))
    };
    scroll(
        "The rewards",
        &html! { table {
            thead { tr { th { "Reward" } th { "Decision" } th { "Mixed groups" } th { "Full answers" } } }
            tbody { @for weighed in rewards { tr {
                th scope="row" { (id(&weighed.name)) }
                td { (words::answer(weighed)) }
                td.value { (weighed.gradient.map_or_else(|| "unknown".to_owned(), share)) }
                td.value { (full(weighed)) }
            } } }
        } },
    )
}

fn differences(compared: &Compared) -> Markup {
    html! { @for (found, shown) in &compared.differences {
        h3 { (id(&compared.rewards[found.first].name)) " and " (id(&compared.rewards[found.second].name)) }
        @for line in words::differences(compared, found) { p { (prose(&line)) } }
        @for example in shown { (one(compared, found, example)) }
    } }
}

fn one(compared: &Compared, found: &Differences, example: &Shown) -> Markup {
    let names = [found.first, found.second].map(|place| &compared.rewards[place].name);
    html! {
        article.finding {
            h3 { (id(&example.prompt)) ", completion " (example.completion) }
            ul { @for (name, reward) in names.into_iter().zip(&example.rewards) { li { (prose(&words::paid(name, reward))) } } }
            (completion(&example.excerpt))
        }
    }
}

fn decisions(rewards: &[Weighed]) -> Markup {
    html! { @for weighed in rewards {
        h3 { (id(&weighed.name)) }
        p { (prose(&decision::sentence(&weighed.assessment))) }
        @if !matches!(weighed.assessment.decision.answer, Answer::Nothing) {
            @if let Some(waste) = decision::waste(&weighed.assessment) { p { (prose(&waste)) } }
            @if let Some(prompts) = decision::prompts(&weighed.assessment) { p { (prose(&prompts)) } }
        }
    } }
}
