//! The errors of each proxy: how much of the policy each kind touches, and the worst with their completions.

use super::{
    bars::{bar, legend, stack},
    figure::scroll,
    text::{completion, id, prose},
};
use crate::{
    advise::Percent,
    audit::{Audit, Category, ErrorExample, Errors, ProxyAudit},
    report::{
        layout::number,
        words::{audit as words, audit_advice as advice},
    },
};
use maud::{Markup, html};

const KEYS: [(&str, &str); 5] = [
    ("harmful", "harmful: true reward grows more slowly"),
    ("benign", "benign: nothing changes"),
    ("beneficial", "beneficial: true reward grows faster"),
    ("unknown", "cannot tell"),
    ("rest", "paid rightly"),
];

pub(super) fn render(audit: &Audit) -> Markup {
    let open = audit.proxies.iter().any(|proxy| proxy.errors.as_ref().is_some_and(|of| of.undecided.completions > 0));
    let keys: Vec<_> = KEYS.into_iter().filter(|(class, _)| open || *class != "unknown").collect();
    html! {
        p { "By how much of the policy they touch. What an error does is seen by training the prompt's policy with it and without it." }
        (legend(&keys))
        @for proxy in &audit.proxies { (of(audit, proxy)) }
    }
}

fn of(audit: &Audit, proxy: &ProxyAudit) -> Markup {
    let said = words::errors(proxy);
    let said = said.strip_prefix(&format!("{}: ", proxy.name)).unwrap_or(&said).to_owned();
    let sentence = said.chars().next().map(char::to_uppercase).into_iter().flatten().chain(said.chars().skip(1));
    let found = proxy.errors.as_ref().filter(|errors| errors.all.completions > 0);
    html! {
        h3 { (id(&proxy.name)) }
        p { (prose(&sentence.collect::<String>())) }
        @if let Some(errors) = found {
            div.stack { (stack(&parts(errors))) }
            (patterns(proxy, errors))
            details { summary { "The numbers, by what errors do and by attraction" } (scroll("Errors by category", &table(errors))) }
            @let notes = words::notes(audit, errors);
            @if !notes.is_empty() { p.note { (prose(&notes)) } }
            @for found in &errors.examples { (example(found)) }
        }
    }
}

/// What to change.
fn patterns(proxy: &ProxyAudit, errors: &Errors) -> Markup {
    let harmful = errors.by_dynamics(Category::Harmful).mass;
    html! {
        @if !proxy.patterns.is_empty() {
            p { "What to change:" }
            ul { @for found in &proxy.patterns { li { (prose(&advice::gathers(found, harmful))) } } }
        }
    }
}

fn parts(errors: &Errors) -> Vec<(&'static str, f64)> {
    let of = |category: Category| (category.name(), errors.by_dynamics(category).mass);
    Category::ALL.into_iter().map(of).chain([("unknown", errors.undecided.mass)]).collect()
}

fn table(errors: &Errors) -> Markup {
    html! { table {
        thead { tr { th { "Completions (share of the policy)" } th { "By what they do" } th { "By attraction" } } }
        tbody {
            @for category in Category::ALL { tr {
                th scope="row" { (category.name()) }
                td.value { (words::count(errors.by_dynamics(category))) }
                td.value { (words::count(errors.by_attraction(category))) }
            } }
            @if errors.undecided.completions > 0 { tr {
                th scope="row" { "cannot tell" }
                td.value { (words::count(errors.undecided)) }
                td.value { (words::count(errors.undecided)) }
            } }
        }
    } }
}

fn example(found: &ErrorExample) -> Markup {
    let category = found.by_dynamics.name();
    html! {
        article class={ "finding " (category) } {
            h3 {
                span class={ "badge " (category) } { (category) }
                (id(&found.prompt)) ", completion " (found.completion)
            }
            table.bars { tbody {
                tr { th scope="row" { "Worth" } td.value { (number(found.truth)) } td.bar { (unit(found.truth, "")) } }
                tr { th scope="row" { "Paid" } td.value { (number(found.proxy)) } td.bar { (unit(found.proxy, category)) } }
                tr { th scope="row" { "The policy earns" } td.value { (number(found.expected)) } td.bar { (unit(found.expected, "benign")) } }
            } }
            p {
                (Percent(found.mass.min(1.0))) " of its prompt's policy; it " (words::pull(found)) "; " (words::speed(found)) "."
                @if found.by_dynamics != found.by_attraction { " By attraction alone: " (found.by_attraction.name()) "." }
            }
            details {
                summary { "Both texts" }
                p { "This one, worth " (number(found.truth)) " and paid " (number(found.proxy)) ":" }
                (completion(&found.excerpt))
                @if let Some(beside) = &found.beside {
                    p {
                        "Completion " (beside.completion) ", worth " (number(beside.truth)) " and paid " (number(beside.proxy)) ":"
                    }
                    (completion(&beside.excerpt))
                }
            }
        }
    }
}

/// Rewards of another range have no bar.
fn unit(value: f64, class: &str) -> Markup {
    html! { @if (0.0..=1.0).contains(&value) { (bar(Some(value), None, class)) } }
}
