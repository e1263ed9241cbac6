//! Sentences on the decision: what to do, then why.

use crate::{
    advise::{
        Alike, Answer, Assessment, Fix, Percent, Pick, PilotGrowth, State,
        forecast::{ENOUGH, Forecast, HARDLY, Odds},
    },
    report::layout::plural,
    reward::Scheme,
};

/// Completions from which a single prompt is more likely a column that tells none apart.
const MANY: u64 = 64;

/// The answer in a sentence or two.
pub(in crate::report) fn sentence(assessment: &Assessment) -> String {
    match &assessment.decision.answer {
        Answer::Nothing => super::advise::headline(assessment),
        Answer::SampleMore { prompts: 0, completions } => format!(
            "Cannot tell yet: one completion of a prompt does not show whether its answers differ. Sample {completions} of each; \
             fewer prompts will do. If a prompt has several rows here, name the column that they share with --id."
        ),
        Answer::SampleMore { .. } if assessment.counts.prompts == 1 && assessment.counts.completions > MANY => format!(
            "Cannot tell yet: all {} completions have one id. If they are of several prompts, name the column that tells these apart \
             with --id.",
            assessment.counts.completions
        ),
        Answer::SampleMore { prompts, completions } => format!(
            "Cannot tell yet from {}: others may differ. Sample at least {}, with {completions} completions each.",
            plural(assessment.counts.prompts, "prompt"),
            plural(*prompts, "more prompt")
        ),
        Answer::Start(pick) => format!("You can start. {}", which(assessment, pick)),
        Answer::FixFirst(fix, pick) => {
            let then = pick.as_ref().map(|pick| format!(" Then {}", lower(&which(assessment, pick))));
            format!("Fix first: {}{}", problem(assessment, *fix), then.unwrap_or_default())
        }
    }
}

/// What of the sampling teaches nothing; `None` where that cannot be said.
pub(in crate::report) fn waste(assessment: &Assessment) -> Option<String> {
    let wasted = assessment.decision.wasted?;
    let size = assessment.settings.group_size;
    if let (Answer::FixFirst(Fix::PenaltyAlone, _), Some(paid)) = (&assessment.decision.answer, &assessment.paid) {
        let share = Percent(paid.beside_the_task);
        let what = if paid.given { "rewards differ where verdicts do not" } else { "only the penalty differs" };
        return Some(format!("Wasted: in {share} of groups of {size} {what}, and they teach nothing of the task."));
    }
    let share = match wasted.estimate {
        Some(share) => Percent(share).to_string(),
        None => format!("{} to {}", Percent(wasted.interval.low), Percent(wasted.interval.high)),
    };
    let under = match assessment.decision.scheme().or_else(|| best_scheme(assessment)) {
        Some(scheme) => format!(" under {scheme}"),
        None => String::new(),
    };
    let line = format!("Wasted: {share} of groups of {size} have equal rewards{under}, and teach nothing.");
    let hours = assessment.settings.price.zip(wasted.estimate).map(|(price, share)| share * price.hours_per_step);
    Some(match hours {
        Some(hours) => format!("{line} That is about {hours:.2} accelerator hours of each step."),
        None => line,
    })
}

/// The scheme with the fewest wasted groups, where schemes differ in that and rewards are those of schemes.
fn best_scheme(assessment: &Assessment) -> Option<Scheme> {
    let mixed: Vec<f64> = assessment.signal.iter().map(|signal| signal.mixed.middle()).collect();
    let most = mixed.iter().copied().fold(0.0, f64::max);
    let differ = mixed.iter().any(|share| most - share > 0.01);
    let best = assessment.signal.iter().find(|signal| signal.mixed.middle() >= most);
    best.filter(|_| differ && assessment.paid.is_none()).map(|signal| signal.scheme)
}

/// How many prompts are of which state; `None` where that cannot be said.
pub(in crate::report) fn prompts(assessment: &Assessment) -> Option<String> {
    assessment.decision.wasted?;
    let mixed = assessment.prompts.iter().filter(|prompt| prompt.state == State::Mixed).count();
    let all = assessment.prompts.len();
    let rewards = of_rewards(assessment);
    // The states are those of verdicts; what is paid beside them was said above.
    let penalty = assessment.paid.as_ref().is_some_and(|paid| !paid.given);
    let apart = if assessment.paid.is_some() { "verdicts tell them apart" } else { "different rewards" };
    let nothing = match assessment.decision.scheme() {
        Some(scheme @ Scheme::Binary(_)) => format!("never earn anything under {scheme}"),
        _ => "never earn anything".to_owned(),
    };
    let mut parts = vec![format!("{mixed} of {all} are mixed ({apart})")];
    let mut chance = false;
    for (state, words) in [
        (State::Saturated, if rewards { "always earn the most" } else { "are always solved" }),
        (State::Starved, if rewards { "always earn the least" } else { nothing.as_str() }),
        (State::Tied, if penalty { "always earn the same, but for the penalty" } else { "always earn the same" }),
    ] {
        let alike = Alike::among(&assessment.prompts, &[state]);
        if alike.prompts > 0 {
            parts.push(format!("{} {state} ({words}{})", alike.prompts, stay(&alike)));
            chance |= !alike.is_real();
        }
    }
    let tell = if chance { " More completions of each prompt tell which." } else { "" };
    Some(format!("Prompts, by all their completions: {}.{tell} --prompts-out FILE lists them.", parts.join(", ")))
}

/// How many of prompts that are alike stay so; nothing where practically all do.
pub(in crate::report) fn stay(alike: &Alike) -> String {
    match alike.is_sure() {
        true => String::new(),
        false if alike.about() == 0 => "; by chance, it seems".to_owned(),
        false => format!("; about {} of them would stay so", alike.about()),
    }
}

/// Which scheme, and how sure that is.
fn which(assessment: &Assessment, pick: &Pick) -> String {
    let forecast = assessment.forecast.as_ref();
    match pick {
        Pick::Use(scheme) => match forecast {
            Some(forecast) => {
                let (other, chance, behind) = against(forecast, scheme);
                match chance >= ENOUGH {
                    true => format!("Use {scheme}: it {} learns faster than {other}.", likely(chance)),
                    false => format!(
                        "Use {scheme}: the chance that it learns faster than {other} is {}, and slower {}.",
                        about(chance),
                        about(behind)
                    ),
                }
            }
            None => format!("Use {scheme}."),
        },
        Pick::Only(scheme) => format!("Use {scheme}: it alone tells the answers apart."),
        Pick::Any(leader) => match forecast {
            Some(forecast) => {
                let rival = forecast.schemes[forecast.rival];
                let difference = about(1.0 - forecast.odds.small);
                let either = if forecast.odds.small < HARDLY {
                    format!("Either binary or {rival} will do: less than a tenth of the learning is at stake.")
                } else {
                    format!("Either binary or {rival} will do: the chance of a real difference is {difference}.")
                };
                match leader {
                    // What leads in a simulation was often not ahead in real runs: it is a lean and no recommendation.
                    Some(leader) => format!(
                        "{either} The simulation leans to {leader}: {}.",
                        super::forecast::lead(forecast, leader)
                    ),
                    None => either,
                }
            }
            None => "All schemes pay these answers the same, so choose any.".to_owned(),
        },
        Pick::Unclear(meanwhile) => {
            let open = match forecast {
                Some(forecast) => {
                    let Odds { rival, first, .. } = forecast.odds;
                    let name = forecast.schemes[forecast.rival];
                    format!(
                        "Not sure which learns faster: {name} {}, binary {}, no real difference {}.",
                        about(rival),
                        about(first),
                        about(1.0 - rival - first)
                    )
                }
                None if of_rewards(assessment) => "Rewards alone do not say which scheme learns fastest.".to_owned(),
                None => "Which scheme learns faster was not asked.".to_owned(),
            };
            match meanwhile {
                Some(scheme) => format!("Use {}. {open}", scheme.name()),
                None => open,
            }
        }
    }
}

/// Whether rewards were given and nothing else is known.
fn of_rewards(assessment: &Assessment) -> bool {
    assessment.nothing.is_none() && assessment.rates.is_none()
}

/// The same where only rewards are known.
fn problem_of_rewards(assessment: &Assessment, fix: Fix) -> Option<String> {
    let of = |state: State| Alike::among(&assessment.prompts, &[state]);
    let (solved, starved, same) = (of(State::Saturated), of(State::Starved), of(State::Tied));
    let (most, least, tied) = (solved.prompts, starved.prompts, same.prompts);
    let (prompts, size) = (assessment.prompts.len(), assessment.settings.group_size);
    Some(match fix {
        Fix::NoGradient => format!(
            "there is nothing to learn. Rewards are equal in practically all groups: {most} of {prompts} prompts always earn the most there \
             is, {least} the least, {tied} the same in between."
        ),
        Fix::NothingLeft => format!(
            "hardly anything is left to learn. Of {prompts} prompts, {most} always earn the most there is: add harder ones, or check the \
             reward."
        ),
        Fix::Solved if !solved.is_real() => format!(
            "in many groups of {size} every answer earns the most there is. Add harder prompts, or let the trainer skip such groups. {}",
            unsure(&solved)
        ),
        Fix::Starved if !starved.is_real() => {
            format!(
                "in most groups of {size} every answer earns the least. Begin with easier prompts. {}",
                unsure(&starved)
            )
        }
        Fix::Solved => {
            format!("set aside the {most} of {prompts} prompts that always earn the most there is{}.", solved.aside())
        }
        Fix::Starved => format!(
            "in most groups of {size} every answer earns the least. Set aside the {least} of {prompts} prompts that always do, or begin with \
             easier ones."
        ),
        Fix::Tied => format!("in most groups of {size} all answers earn the same. Make the reward tell them apart."),
        _ => return None,
    })
}

/// What is wrong, and the next thing to do.
fn problem(assessment: &Assessment, fix: Fix) -> String {
    let counts = &assessment.counts;
    let (always, never, prompts) = (counts.always_full_prompts, counts.never_full_prompts, counts.prompts);
    let size = assessment.settings.group_size;
    let (solved, unsolved) = (&assessment.always_full, &assessment.never_full);
    if let Some(problem) = of_rewards(assessment).then(|| problem_of_rewards(assessment, fix)).flatten() {
        return problem;
    }
    match fix {
        Fix::NoGradient => {
            let others = unseen(assessment).map_or_else(String::new, |most| {
                format!(" Of other prompts, up to {} may teach something: sample more of them to see.", Percent(most))
            });
            format!(
                "there is nothing to learn from these prompts, under any scheme. Rewards are equal in practically all groups: {always} of \
                 {prompts} prompts are always solved, {never} never.{others}"
            )
        }
        Fix::NothingLeft => {
            format!(
                "hardly anything is left to learn. Of {prompts} prompts, {always} are always solved: add harder ones."
            )
        }
        Fix::PenaltyAlone if assessment.paid.as_ref().is_some_and(|paid| paid.given) => {
            "rewards differ where verdicts do not. The policy would learn what else moves them, such as length, and nothing of the task. \
             Look at what the rewards add to the verdicts."
                .to_owned()
        }
        Fix::PenaltyAlone => {
            let without = match differ_without(assessment) {
                true => "Train without the penalty until groups differ by the task.",
                false => "Without the penalty groups do not differ at all: fine-tune on solutions, or begin with easier prompts.",
            };
            format!(
                "rewards differ by the penalty alone. The policy would learn to write less, and nothing of the task. {without}"
            )
        }
        Fix::Solved if !solved.is_real() => format!(
            "many groups of {size} are solved throughout. Add harder prompts, or let the trainer skip such groups. {}",
            unsure(solved)
        ),
        Fix::Solved => {
            let idle = Alike::among(&assessment.prompts, &[State::Starved, State::Tied]);
            let alike = idle.prompts;
            let others = match never {
                0 => String::new(),
                never if never + always == prompts => format!(
                    " On the other {never} no completion is fully correct: fine-tune on solutions, or choose easier ones."
                ),
                never if alike == 0 => {
                    format!(" Keep the {never} that are never fully correct: under partial credit their rewards differ.")
                }
                _ if !idle.is_real() => format!(" {alike} more teach nothing here. {}", unsure(&idle)),
                _ => format!(" {alike} more teach nothing: see why, then set them aside or fine-tune first."),
            };
            format!("set aside the {always} of {prompts} prompts that are always solved{}.{others}", solved.aside())
        }
        Fix::Starved => {
            let larger = assessment.larger_groups.iter().find(|(_, starved)| *starved <= 0.5);
            let cure = match larger {
                Some((size, starved)) => format!("Groups of {size} leave {} without one.", Percent(*starved)),
                None if 2 * never < prompts && !unsolved.is_real() => {
                    format!("Begin with easier prompts, or fine-tune on solutions. {}", unsure(unsolved))
                }
                None if 2 * never < prompts => {
                    format!("Set aside the {never} of {prompts} prompts without one{}, or fine-tune on solutions.", unsolved.aside())
                }
                None => format!(
                    "{never} of {prompts} prompts have none: fine-tune on solutions, or begin with easier ones."
                ),
            };
            format!("most groups of {size} hold no full answer. {cure}")
        }
        Fix::Tied => format!("most groups of {size} are tied. Tell their answers apart: weights, or shares of cases."),
        Fix::NoFull => {
            let open = assessment.prompts.iter().filter(|prompt| prompt.state != State::Saturated);
            let (full, all) = open.fold((0, 0), |(full, all), prompt| (full + prompt.full, all + prompt.completions));
            let none = match full {
                0 => "no completion is fully correct".to_owned(),
                full => format!("only {full} of {all} completions {} fully correct", if full == 1 { "is" } else { "are" }),
            };
            format!(
                "{none}, so these samples cannot say what any scheme will bring. Fine-tune on solutions, or begin with easier prompts."
            )
        }
        Fix::Stalled => {
            "credit is earned and full answers do not grow: the policy is stalling. Lower the credit, or train with binary."
                .to_owned()
        }
        Fix::OutOfReach => {
            let unreached = assessment.forecast.as_ref().map_or(1.0, |forecast| forecast.outlook.unreached);
            format!(
                "in {} of the simulated runs no scheme gets half-way to full answers. Fine-tune on solutions, begin with easier \
                 prompts, or plan a longer run.",
                Percent(unreached)
            )
        }
    }
}

/// Whether rewards without a penalty differ within more than next to no groups, under one scheme or another.
pub(super) fn differ_without(assessment: &Assessment) -> bool {
    assessment.signal.iter().any(|signal| signal.mixed.middle() >= 0.02)
}

/// Where no prompt showed a gradient: the share of others that may have one, where that is more than next to none.
fn unseen(assessment: &Assessment) -> Option<f64> {
    let most = assessment.signal.iter().map(|signal| signal.mixed.interval.high).fold(0.0, f64::max);
    // Where groups can only be bounded, a gradient may be there and not be seen.
    let none = assessment.signal.iter().all(|signal| signal.mixed.estimate.is_none_or(|share| share == 0.0));
    (none && most > 0.02).then_some(most)
}

/// That prompts which are alike in the sample may not be, and what tells.
fn unsure(alike: &Alike) -> String {
    let Alike { prompts, .. } = *alike;
    let about = alike.about();
    format!("Set no prompt aside yet: with more completions only about {about} of these {prompts} would stay so.")
}

/// What the pilots showed; `None` without any.
pub(in crate::report) fn pilots(assessment: &Assessment) -> Option<String> {
    let said = |pilot: &PilotGrowth| {
        let points = |share: f64| format!("{:+.1}", 100.0 * share);
        let surely = if pilot.grew() { "" } else { ": no sure growth" };
        let change = match pilot.change {
            Some(change) => format!("{} to {} points{surely}", points(change.low), points(change.high)),
            None => "of one id: keep the ids of prompts to see whether it grew".to_owned(),
        };
        format!("under {} from {} to {} ({change})", pilot.scheme, Percent(pilot.before), Percent(pilot.after))
    };
    let all: Vec<String> = assessment.pilots.iter().map(said).collect();
    (!all.is_empty()).then(|| format!("In the pilots the pass rate went {}.", all.join(", ")))
}

/// What a scheme was compared with, and the chances that it is the faster, and the slower.
fn against(forecast: &Forecast, scheme: &Scheme) -> (String, f64, f64) {
    let Odds { rival, first, .. } = forecast.odds;
    if *scheme == forecast.schemes[0] {
        (forecast.schemes[forecast.rival].to_string(), first, rival)
    } else {
        (forecast.schemes[0].to_string(), rival, first)
    }
}

/// A probability as a person says it.
fn likely(chance: f64) -> String {
    match chance {
        0.95.. => "almost certainly".to_owned(),
        0.85.. => format!("very probably ({})", about(chance)),
        _ => format!("probably ({})", about(chance)),
    }
}

/// A probability in steps of five points: more was not validated.
pub(in crate::report) fn about(chance: f64) -> String {
    match (chance * 20.0).round() * 5.0 {
        ..5.0 => "under 5%".to_owned(),
        100.0.. => "over 95%".to_owned(),
        percent => format!("about {percent:.0}%"),
    }
}

/// With a small first letter.
pub(in crate::report) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
