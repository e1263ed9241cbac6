//! An audit as a page.

use super::{
    bars::bar,
    errors,
    figure::scroll,
    page::{Page, Section, Tone},
    text::{id, prose},
};
use crate::{
    advise::Percent,
    audit::{Audit, Category, Metric, ProxyAudit, Rises},
    report::{
        AuditView,
        words::{audit as words, audit_advice as advice},
    },
};
use maud::{Markup, html};

/// An audit of what `subject` names.
#[must_use]
pub fn render(audit: &Audit, view: &AuditView<'_>, subject: &str) -> String {
    let headline = words::headline(audit, view.truth);
    let (verdict, mut lead) = match advice::verdict(audit) {
        Some(verdict) => (verdict, vec![headline]),
        None => (headline, Vec::new()),
    };
    lead.splice(0..0, audit.findings.iter().map(advice::finding));
    lead.extend(words::unweighted(audit));
    lead.extend(advice::next(audit, view).map(|(why, command)| format!("{why} {command}")));
    Page {
        kind: "Audit",
        subject,
        tone: tone(audit),
        verdict,
        picture: Markup::default(),
        lead,
        sections: sections(audit, view.truth),
    }
    .render()
}

/// Only the proxy that ranks best sets the tone: it is the one to use.
fn tone(audit: &Audit) -> Tone {
    let Some(best) = audit.proxies.first() else { return Tone::Unsure };
    match (best.rises, &best.errors) {
        (Rises::No, _) => Tone::Bad,
        (Rises::CannotTell, _) | (_, None) => Tone::Unsure,
        (_, Some(errors)) if errors.by_dynamics(Category::Harmful).completions > 0 => Tone::Bad,
        // What cannot be told is not good.
        (_, Some(errors)) if errors.undecided.completions > 0 => Tone::Unsure,
        (_, Some(_)) => Tone::Good,
    }
}

fn sections(audit: &Audit, truth: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    if audit.counts.completions > 0 {
        sections.push(Section { anchor: "ranking", title: "How the rewards rank", body: ranking(audit) });
        sections.push(Section { anchor: "errors", title: "What their errors do", body: errors::render(audit) });
        let measured = audit.proxies.iter().filter(|proxy| proxy.outcome.is_some()).count();
        if measured > 0 {
            let title = "What the metrics would have told";
            sections.push(Section { anchor: "outcomes", title, body: predictions(audit, measured) });
        }
    }
    sections.push(Section { anchor: "settings", title: "Settings and caveats", body: settings(audit, truth) });
    sections
}

fn ranking(audit: &Audit) -> Markup {
    if audit.comparisons.pairs == 0 {
        return html! { p { "Nothing to rank by: no prompt has completions of different worth." } };
    }
    let level = Percent(audit.settings.level);
    let by = audit.ranked_by;
    let first = |proxy: &ProxyAudit| proxy.first.map_or_else(|| "–".to_owned(), |share| Percent(share).to_string());
    html! {
        table.bars {
            caption { (words::metric(by)) ", the metric that ranks (" (level) " interval over prompts)" }
            thead { tr { th { "Reward" } th { (words::metric(by)) } th { "" } th.number { "Ranks first" } } }
            tbody { @for proxy in &audit.proxies { tr {
                @let found = proxy.measures[by.index()].as_ref();
                th scope="row" { (id(&proxy.name)) }
                td.value { (words::measure(found)) }
                td.bar { (bar(found.map(|found| found.value), found.and_then(|found| found.interval), "")) }
                td.number data-label="Ranks first" { (first(proxy)) }
            } } }
        }
        p.note { (words::ranked_by(audit)) }
        (metrics(audit, false))
        @if words::has_one_vs_many(audit) { (metrics(audit, true)) }
    }
}

fn metrics(audit: &Audit, one_vs_many: bool) -> Markup {
    let shown = words::metrics(audit, one_vs_many);
    let title = if one_vs_many { "A best completion against all worse ones" } else { "Pairs of completions" };
    let compared = |proxy: &ProxyAudit| {
        let metric = if one_vs_many { Metric::ALL[4] } else { Metric::ALL[0] };
        proxy.measures[metric.index()].map_or_else(|| "–".to_owned(), |found| found.comparisons.to_string())
    };
    scroll(
        title,
        &html! { table {
            caption { (title) }
            thead { tr { th { "Reward" } @for metric in &shown { th { (metric.title()) } } th.number { "Compared" } } }
            tbody { @for proxy in &audit.proxies { tr {
                th scope="row" { (id(&proxy.name)) }
                @for metric in &shown { td.value { (words::measure(proxy.measures[metric.index()].as_ref())) } }
                td.number { (compared(proxy)) }
            } } }
        } },
    )
}

fn predictions(audit: &Audit, measured: usize) -> Markup {
    html! {
        @if measured < 2 {
            p { "One outcome has nothing to be compared with." }
        } @else {
            (scroll("Predictions", &html! { table {
                caption { "Of " (measured) " measured outcomes" }
                thead { tr { th { "Metric" } th { "Spearman" } th { "Regret" } } }
                tbody { @for found in &audit.predictions { tr {
                    th scope="row" { (words::metric(found.metric)) }
                    td.value { (words::spearman(found)) }
                    td.value { (words::regret(found)) }
                } } }
            } }))
            p.note {
                (words::PREDICTIONS)
                @if measured < 3 { " A correlation needs at least three outcomes." }
            }
        }
    }
}

fn settings(audit: &Audit, truth: &str) -> Markup {
    let settings = &audit.settings;
    html! {
        dl {
            dt { "Truth" } dd { (id(truth)) }
            dt { "Algorithm" } dd { (settings.trainer.algorithm) ", groups of " (settings.trainer.group_size) }
            dt { "A completion stands for" } dd { (match settings.mass.name() {
                "logprob" => "its probability",
                _ => "one draw from the policy",
            }) }
            dt { "Intervals" } dd {
                (Percent(settings.level)) ", from " (settings.resamplings) " resamplings of the prompts, seed " (settings.seed)
            }
        }
        ul.caveats {
            li { (prose(
                "Whether an error harms depends on the policy and on the algorithm: this is of the policy that was sampled."
            )) }
            li { "Prompts are trained each by itself: what carries over between prompts or completions is not modelled here." }
            li { "Intervals of few prompts that all agree are too narrow." }
        }
    }
}
