//! An assessment as a page.

use super::{
    bars::{legend, stack},
    curves,
    figure::scroll,
    findings, flips, heat_map,
    page::{Page, Section, Tone},
    paid, prompts, rates, signal,
    text::prose,
};
use crate::{
    advise::{
        Answer, Assessment, Percent, Pick, Settings, Severity,
        forecast::{Forecast, Odds},
    },
    report::{
        Advised,
        words::{advise as words, decision, forecast as outlook, paid as as_paid},
    },
};
use maud::{Markup, html};

/// An assessment of what `subject` names: a task, or a file of rollouts.
#[must_use]
pub fn render(advised: &Advised, subject: &str) -> String {
    let assessment = &advised.assessment;
    let forecast = assessment.forecast.as_ref();
    let mut lead: Vec<String> =
        advised.attribution.iter().filter_map(|found| as_paid::warning(found, &assessment.decision.answer)).collect();
    lead.extend(decision::waste(assessment));
    lead.extend(decision::prompts(assessment));
    lead.extend(decision::pilots(assessment));
    lead.extend(forecast.and_then(outlook::settling));
    if assessment.decision.answer != Answer::Nothing {
        lead.push(advised.rewards.as_ref().map_or_else(|| words::headline(assessment), as_paid::rewards));
    }
    lead.extend(advised.attribution.iter().flat_map(as_paid::attribution));
    if assessment.counts.completions > 0 {
        lead.extend(words::counts(&assessment.counts));
    }
    let page = Page {
        kind: "Advice",
        subject,
        tone: tone(assessment),
        verdict: decision::sentence(assessment),
        picture: forecast.map(odds).unwrap_or_default(),
        lead,
        sections: sections(advised),
    };
    page.render()
}

fn tone(assessment: &Assessment) -> Tone {
    let grave = assessment.advice.iter().any(|finding| finding.severity() == Severity::Error);
    match &assessment.decision.answer {
        _ if grave => Tone::Bad,
        Answer::FixFirst(..) | Answer::Nothing => Tone::Bad,
        Answer::SampleMore { .. } | Answer::Start(Pick::Unclear(_)) => Tone::Unsure,
        Answer::Start(_) => Tone::Good,
    }
}

/// The three probabilities of the verdict.
fn odds(forecast: &Forecast) -> Markup {
    let Odds { rival, first, small } = forecast.odds;
    let meanings = [
        format!("binary is faster: {}", Percent(first)),
        format!("it hardly matters: {}", Percent(small)),
        format!("{} is faster: {}", forecast.schemes[forecast.rival], Percent(rival)),
    ];
    let classes = ["first", "small", "rival"];
    let keys: Vec<(&str, &str)> = classes.into_iter().zip(meanings.iter().map(String::as_str)).collect();
    html! {
        div.stack { (stack(&[(classes[0], first), (classes[1], small), (classes[2], rival)])) }
        (legend(&keys))
    }
}

fn sections(advised: &Advised) -> Vec<Section> {
    let assessment = &advised.assessment;
    let level = assessment.settings.level;
    let section = |anchor, title, body| Section { anchor, title, body };
    let mut sections = vec![section("advice", "Advice", findings::render(&assessment.advice))];
    let moves =
        advised.attribution.as_ref().map(|found| section("moves", "What moves the policy", paid::attribution(found)));
    if let Some(signal) = &advised.rewards {
        let size = assessment.settings.group_size;
        sections.push(section("signal", "Groups by what they are paid", paid::groups(signal, size)));
        sections.push(section("prompts", "Prompts by what they teach", prompts::render(assessment, &[])));
        sections.extend(moves);
    } else if assessment.nothing.is_none() {
        sections.push(section("rates", "How often", rates::render(assessment)));
        sections.push(section("prompts", "Prompts by what they teach", prompts::render(assessment, &advised.examples)));
        sections.extend(moves);
        sections.push(section(
            "constraints",
            "Constraints, the least met first",
            rates::constraints(&assessment.families),
        ));
        if let Some(found) = &assessment.forecast {
            sections.push(section("forecast", "How each scheme would fare", curves::render(found, level)));
            sections.push(section("flips", "Where the recommendation flips", flips::render(found)));
        }
        if let Some(body) = heat_map::render(&assessment.dependence, level) {
            sections.push(section("dependence", "Constraints that depend on each other", body));
        }
        sections.push(section("signal", "Groups by what they teach", signal::render(assessment)));
        if let Some(found) = &assessment.forecast {
            sections.push(section("cost", "What training costs", costs(found, &assessment.settings)));
        }
    }
    sections.push(section("settings", "Settings and caveats", settings(advised)));
    sections
}

fn costs(forecast: &Forecast, settings: &Settings) -> Markup {
    if forecast.costs.is_empty() {
        return html! { p {
            "Unknown: it takes pilots whose steps are given, such as " code.id { "--pilot binary@40=FILE --pilot partial@40=FILE" } "."
        } };
    }
    let hours = settings.price.map(|price| price.hours_per_step);
    let money = settings.price.and_then(|price| Some(price.hours_per_step * price.per_hour?));
    html! {
        (scroll("Costs", &html! { table {
            caption {
                "To a pass rate of " (Percent(forecast.target)) ", going on as the pilots went (" (Percent(settings.level)) " interval)"
            }
            thead { tr {
                th { "Scheme" } th { "Steps" }
                @if hours.is_some() { th { "Accelerator hours" } }
                @if money.is_some() { th { "Price" } }
            } }
            tbody { @for cost in &forecast.costs { tr {
                th scope="row" { (cost.scheme) }
                td.value { (outlook::cost(cost, 1.0)) }
                @for factor in [hours, money].into_iter().flatten() { td.value { (outlook::cost(cost, factor)) } }
            } } }
        } }))
        p.note { "The log-odds of the pass rate go on in a straight line through the last two snapshots, a quarter more slowly." }
    }
}

fn settings(advised: &Advised) -> Markup {
    let assessment = &advised.assessment;
    let settings = &assessment.settings;
    let schemes = match &assessment.forecast {
        Some(forecast) => &forecast.schemes,
        None => &settings.schemes,
    };
    html! {
        dl {
            dt { "Algorithm" } dd { (settings.algorithm) ", groups of " (settings.group_size) }
            dt { "Schemes compared" } dd { (schemes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
            @if settings.kl > 0.0 { dt { "KL coefficient" } dd { (settings.kl) } }
            dt { "Intervals" } dd { (Percent(settings.level)) ", with prompts as the sampling unit" }
            dt { "Seed" } dd { (settings.seed) }
            @if let Some(forecast) = &assessment.forecast {
                dt { "Target" } dd { "pass rate " (Percent(forecast.target)) }
            }
        }
        @for line in advised.trainer.iter().flat_map(as_paid::trainer) { p.note { (prose(&line)) } }
        ul.caveats {
            li { "Rates are of the policy and the prompts that were sampled, and of no others." }
            @if assessment.forecast.is_some() {
                li {
                    "The forecast averages fifteen guesses at how learning carries over. It was chosen on 102 small training runs, in \
                     which its surest half was right nearly always; do not expect quite as much elsewhere."
                }
            }
            @if assessment.counts.unscored_verdicts > 0 {
                li { "Verdicts that could not be given are counted as unknown, never as failures: "
                    (assessment.counts.unscored_verdicts) " of " (assessment.counts.verdicts) "." }
            }
            li { "Intervals assume that prompts were drawn independently of each other." }
        }
    }
}
