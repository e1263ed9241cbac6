//! Figures for Prometheus.

use crate::{task::Scored, verdict::Outcome};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::time::Duration;

/// Upper ends of the classes of durations, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 120.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRequest {
    path: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfPath {
    path: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfTask {
    task: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfConstraint {
    task: String,
    constraint: String,
}

/// What is counted.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<OfRequest, Counter>,
    seconds: Family<OfPath, Histogram>,
    completions: Family<OfTask, Counter>,
    full: Family<OfTask, Counter>,
    unscored: Family<OfConstraint, Counter>,
    pub(super) running: Gauge,
    pub(super) waiting: Gauge,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("fullmarks");
        let seconds = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        let (requests, completions, full, unscored) =
            (Family::default(), Family::default(), Family::default(), Family::default());
        let (running, waiting) = (Gauge::default(), Gauge::default());
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "Time from a request's head to its answer", seconds.clone());
        registry.register("completions", "Completions judged", completions.clone());
        registry.register("full_completions", "Completions that meet every constraint", full.clone());
        registry.register("unscored_verdicts", "Verdicts that could not be reached, by our fault", unscored.clone());
        registry.register("requests_running", "Requests being judged", running.clone());
        registry.register("requests_waiting", "Requests waiting for their turn", waiting.clone());
        Self { registry, requests, seconds, completions, full, unscored, running, waiting }
    }

    /// Counts an answer. `path` is the pattern that matched, so that their number is bounded.
    pub(super) fn answered(&self, path: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&OfRequest { path: path.to_owned(), status }).inc();
        self.seconds.get_or_create(&OfPath { path: path.to_owned() }).observe(took.as_secs_f64());
    }

    /// Counts what was judged. Constraints are counted by family, whose number is bounded too.
    pub(super) fn judged(&self, task: &str, scored: &[Scored]) {
        let of_task = OfTask { task: task.to_owned() };
        self.completions.get_or_create(&of_task).inc_by(scored.len() as u64);
        let outcomes = || scored.iter().map(|scored| &scored.outcome);
        let full = outcomes().filter(|outcome| outcome.full() == Some(true)).count();
        self.full.get_or_create(&of_task).inc_by(full as u64);
        for (constraint, _) in outcomes().flat_map(Outcome::iter).filter(|(_, verdict)| verdict.passed().is_none()) {
            let of_constraint = OfConstraint { task: task.to_owned(), constraint: constraint.family().to_owned() };
            self.unscored.get_or_create(&of_constraint).inc();
        }
    }

    /// All of it, in the text format of OpenMetrics.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to memory");
        text
    }
}
