//! What a report says of one thing, as text, and with its interval where it has one.

use crate::advise::Percent;
use serde_json::Value;
use std::fmt;

/// What is said.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// A word or a number.
    Plain(String),
    /// A figure that was estimated.
    Measured(Measure),
}

/// A figure with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measure {
    estimate: Option<f64>,
    interval: Option<(f64, f64)>,
    /// Whether it is a share of something.
    share: bool,
}

impl Said {
    /// A value of JSON as a word: text without quotes, nothing as `none`.
    pub(super) fn plain(value: &Value) -> Self {
        Self::Plain(match value {
            Value::String(text) => text.clone(),
            Value::Null => "none".to_owned(),
            other => other.to_string(),
        })
    }

    /// A share with an estimate and an interval.
    pub(super) fn share(value: &Value) -> Self {
        let number = |value: &Value, name: &str| value.get(name).and_then(Value::as_f64);
        let interval = value.get("interval").filter(|interval| !interval.is_null());
        let interval = interval.and_then(|of| Some((number(of, "low")?, number(of, "high")?)));
        Self::Measured(Measure { estimate: number(value, "estimate"), interval, share: true })
    }

    /// A number with a lower and an upper end.
    pub(super) fn number(value: &Value) -> Self {
        let number = |name: &str| value.get(name).and_then(Value::as_f64);
        let interval = number("low").zip(number("high"));
        Self::Measured(Measure { estimate: number("value"), interval, share: false })
    }

    /// A share without an interval.
    pub(super) fn bare(share: Option<f64>) -> Self {
        Self::Measured(Measure { estimate: share, interval: None, share: true })
    }
}

impl Measure {
    /// Whether each lies within the interval of the other.
    pub(super) fn within(one: &Self, other: &Self) -> bool {
        let holds = |interval: Option<(f64, f64)>, value: Option<f64>| match (interval, value) {
            (Some((low, high)), Some(value)) => low <= value && value <= high,
            _ => false,
        };
        holds(one.interval, other.estimate) && holds(other.interval, one.estimate)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::Measured(measure) => measure.fmt(f),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: f64| if self.share { Percent(value).to_string() } else { format!("{value:.3}") };
        match (self.estimate, self.interval) {
            (Some(estimate), Some((low, high))) => write!(f, "{} ({}–{})", shown(estimate), shown(low), shown(high)),
            (Some(estimate), None) => f.write_str(&shown(estimate)),
            (None, Some((low, high))) => write!(f, "{}–{}", shown(low), shown(high)),
            (None, None) => f.write_str("unknown"),
        }
    }
}
