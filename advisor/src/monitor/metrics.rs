//! Numbers for loggers.

use super::Monitor;
use crate::advise::Severity;
use std::collections::BTreeMap;

pub(super) fn metrics(monitor: &Monitor) -> BTreeMap<String, f64> {
    let mut metrics = BTreeMap::new();
    let Some(step) = monitor.steps().last() else { return metrics };
    let mut put = |name: &str, value: f64| metrics.insert(name.to_owned(), value);
    for (name, mean) in [
        ("p_full", step.full),
        ("mean_fraction", step.fraction),
        ("reward", step.reward),
        ("no_full_groups", step.without),
        ("tied_groups", step.tied),
        ("distinct", step.distinct),
    ] {
        if let Some(value) = mean.value() {
            put(name, value);
        }
    }
    put("mixed_groups", step.mixed as f64 / step.groups as f64);
    put("penalty_groups", step.from_penalty as f64 / step.groups as f64);
    put("lost_prompts", monitor.lost_prompts().count() as f64);
    put("unscored", step.unscored as f64 / step.completions as f64);
    if let Some(trend) = monitor.trend() {
        put("trend/p_full", trend.full.estimate);
        put("trend/reward", trend.reward.estimate);
    }
    let assessment = monitor.assess();
    for family in &assessment.families {
        if let Some(estimate) = family.estimate {
            put(&format!("met/{}", family.family), estimate);
        }
    }
    for advice in &assessment.advice {
        let severity = match advice.severity() {
            Severity::Info => 1.0,
            Severity::Warning => 2.0,
            Severity::Error => 3.0,
        };
        put(&format!("advice/{}", advice.code()), severity);
    }
    metrics
}
