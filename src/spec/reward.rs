//! The key `reward`: what can be wrong with it.

use super::{
    TaskConstraint,
    validate::Validator,
    wire_reward::{WireAdvantage, WireOverlong, WireReward},
};
use crate::{
    reward::{
        Adaptive, AdvantageRule, Algorithm, Annealed, Binary, Density, Difficulty, Overlong, Partial, Per,
        RewardFunction, Scheme, Shape, Unit,
    },
    source::{At, Diagnostic, closest, suggestion},
};
use std::ops::RangeInclusive;

/// What a spec's `reward` comes to.
pub(super) struct ReadReward {
    pub(super) function: RewardFunction,
    pub(super) advantage: Option<AdvantageRule>,
}

impl Validator<'_> {
    pub(super) fn reward(&mut self, wire: &WireReward) -> ReadReward {
        let scheme = self.scheme(wire);
        let penalty = wire.penalty.as_ref().map(|penalty| self.overlong(&penalty.value.overlong.value));
        let may_reorder = wire.may_reorder.as_ref().is_some_and(|given| given.value);
        if let (Some(given), None) = (&wire.may_reorder, penalty) {
            let message = "`may_reorder` is about a penalty, and there is none";
            self.mistake(Diagnostic::new(given.span.clone(), message).help("add a `penalty`, or remove it"));
        }
        let advantage = wire.advantage.as_ref().map(|advantage| self.advantage(&advantage.value));
        if let (Some(penalty), Some(_)) = (&wire.penalty, advantage) {
            let message = "a penalty moves rewards, which `advantage` does not read";
            let help = "remove one of the two, or bound the length by a constraint such as `length.max_words`";
            self.mistake(Diagnostic::new(penalty.span.clone(), message).help(help));
        }
        ReadReward { function: RewardFunction { scheme, penalty, may_reorder }, advantage }
    }

    fn scheme(&mut self, wire: &WireReward) -> Scheme {
        let At { value: name, span } = &wire.scheme;
        let Some(scheme) = Scheme::by_name(name) else {
            let message = format!("there is no reward scheme `{name}`");
            self.mistake(Diagnostic::new(span.clone(), message).maybe_help(suggestion(name, Scheme::ALL)));
            return Scheme::Binary(Binary);
        };
        for (key, place) in wire.given() {
            if scheme.params().all(|param| param.name != key) {
                let message = format!("`{key}` means nothing to the scheme `{}`", scheme.name());
                let help = format!("use `scheme: {}`, or remove it", Scheme::taking(key)[0]);
                self.mistake(Diagnostic::new(place, message).help(help));
            }
        }
        match scheme {
            Scheme::Binary(_) => scheme,
            Scheme::Partial(_) => Scheme::Partial(self.partial(wire)),
            Scheme::Annealed(plain) => Scheme::Annealed(self.annealed(plain, wire)),
            Scheme::Difficulty(plain) => {
                let alpha = self.number(&wire.alpha, "alpha", plain.alpha);
                Scheme::Difficulty(Difficulty { partial: self.partial(wire), alpha })
            }
            Scheme::Adaptive(plain) => Scheme::Adaptive(self.adaptive(plain, wire)),
        }
    }

    fn partial(&mut self, wire: &WireReward) -> Partial {
        let plain = Partial::default();
        Partial {
            credit: self.number(&wire.credit, "credit", plain.credit),
            threshold: self.number(&wire.threshold, "threshold", plain.threshold),
            power: self.number(&wire.power, "power", plain.power),
            cap: self.number(&wire.cap, "cap", plain.cap),
        }
    }

    fn annealed(&mut self, plain: Annealed, wire: &WireReward) -> Annealed {
        Annealed {
            start: self.partial(wire),
            to: self.number(&wire.to, "to", plain.to),
            until: self.number(&wire.until, "until", plain.until),
            shape: self.named(&wire.shape, "shape", Shape::NAMES, Shape::by_name).unwrap_or(plain.shape),
        }
    }

    fn adaptive(&mut self, plain: Adaptive, wire: &WireReward) -> Adaptive {
        let algorithm = self.named(&wire.algorithm, "algorithm", Algorithm::NAMES, Algorithm::by_name);
        let size = wire.group_size.as_ref().map(|size| At { value: size.value as f64, span: size.span.clone() });
        Adaptive {
            partial: self.partial(wire),
            per: self.named(&wire.per, "per", Per::NAMES, Per::by_name).unwrap_or(plain.per),
            algorithm: algorithm.unwrap_or(plain.algorithm),
            group_size: self.number(&size, "group_size", plain.group_size as f64) as usize,
        }
    }

    fn overlong(&mut self, wire: &WireOverlong) -> Overlong {
        let WireOverlong { max, soft, at_most, unit } = wire;
        if max.value == 0 {
            self.mistake(Diagnostic::new(max.span.clone(), "`max` is at least 1"));
        }
        if let Some(soft) = soft.as_ref().filter(|soft| soft.value > max.value) {
            let message = format!("`soft` is a part of `max`, which is {}, not {}", max.value, soft.value);
            let help = "the penalty grows from `max` − `soft` to `max`";
            self.mistake(Diagnostic::new(soft.span.clone(), message).help(help));
        }
        if !(at_most.value > 0.0 && at_most.value <= 1.0) {
            let message = format!("`at_most` is above 0 and at most 1, not {}", at_most.value);
            self.mistake(Diagnostic::new(at_most.span.clone(), message).help("full marks are 1"));
        }
        Overlong {
            max: max.value,
            soft: soft.as_ref().map_or(0, |soft| soft.value),
            at_most: at_most.value,
            unit: self.named(unit, "unit", Unit::NAMES, Unit::by_name),
        }
    }

    fn advantage(&mut self, wire: &WireAdvantage) -> AdvantageRule {
        let At { value: name, span } = &wire.by;
        let Some(rule) = AdvantageRule::by_name(name) else {
            let message = format!("there is no rule for advantages `{name}`");
            self.mistake(Diagnostic::new(span.clone(), message).maybe_help(suggestion(name, AdvantageRule::NAMES)));
            return AdvantageRule::Density(Density::default());
        };
        let AdvantageRule::Density(plain) = rule else {
            let keys = [("alpha", &wire.alpha), ("sigma", &wire.sigma), ("delta", &wire.delta), ("beta", &wire.beta)];
            for (key, given) in keys {
                if let Some(given) = given {
                    let message = format!("`{key}` means nothing to `{name}`");
                    self.mistake(Diagnostic::new(given.span.clone(), message).help("use `by: density`, or remove it"));
                }
            }
            return rule;
        };
        AdvantageRule::Density(Density {
            alpha: self.within(&wire.alpha, "alpha", 0.0..=50.0, plain.alpha),
            sigma: self.within(&wire.sigma, "sigma", 0.001..=10.0, plain.sigma),
            delta: self.within(&wire.delta, "delta", 0.0..=1000.0, plain.delta),
            beta: self.within(&wire.beta, "beta", 0.0..=1000.0, plain.beta),
        })
    }

    /// Marks the constraints that are gates.
    pub(super) fn gated(
        &mut self,
        mut constraints: Vec<TaskConstraint>,
        gate: &Option<At<Vec<At<String>>>>,
    ) -> Vec<TaskConstraint> {
        let Some(At { value: names, span }) = gate else { return constraints };
        if names.is_empty() {
            let message = "`gate` names no constraint";
            self.mistake(Diagnostic::new(span.clone(), message).help("name at least one, or remove it"));
        }
        for name in names {
            let found = constraints.iter_mut().find_map(|constraint| match constraint {
                TaskConstraint::Inline(inline) if inline.id == name.value => Some(inline),
                _ => None,
            });
            let message = match found {
                Some(inline) if !inline.gate => {
                    inline.gate = true;
                    continue;
                }
                Some(_) => format!("the gate `{}` is named twice", name.value),
                None => format!("there is no constraint `{}` that could be a gate", name.value),
            };
            let ids: Vec<&str> = constraints
                .iter()
                .filter_map(|constraint| match constraint {
                    TaskConstraint::Inline(inline) => Some(inline.id.as_str()),
                    TaskConstraint::FromPrompt(_) => None,
                })
                .collect();
            let help = match ids.iter().any(|id| *id == name.value) {
                true => Some("keep one of the two".into()),
                false if ids.is_empty() => Some("gates are written out in the spec; prompts bring none".into()),
                false => suggestion(&name.value, &ids),
            };
            self.mistake(Diagnostic::new(name.span.clone(), message).maybe_help(help));
        }
        constraints
    }

    /// A number as the schemes say, or the default.
    fn number(&mut self, given: &Option<At<f64>>, key: &str, plain: f64) -> f64 {
        let Some(At { value, span }) = given else { return plain };
        let param = Scheme::param(key).expect("a scheme takes it");
        if !param.takes.number(*value) {
            let message = format!("`{key}` is {} {}, not {value}", param.is, param.takes);
            self.mistake(Diagnostic::new(span.clone(), message).maybe_help(param.help.map(str::to_owned)));
        }
        *value
    }

    /// A number within bounds, or the default.
    fn within(&mut self, given: &Option<At<f64>>, name: &str, bounds: RangeInclusive<f64>, plain: f64) -> f64 {
        given.as_ref().map_or(plain, |given| {
            if !bounds.contains(&given.value) {
                let (low, high) = (bounds.start(), bounds.end());
                let message = format!("`{name}` is a number from {low} to {high}, not {}", given.value);
                self.mistake(Diagnostic::new(given.span.clone(), message));
            }
            given.value
        })
    }

    /// One of several names.
    fn named<T>(
        &mut self,
        given: &Option<At<String>>,
        key: &str,
        names: &[&str],
        by_name: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let given = given.as_ref()?;
        let found = by_name(&given.value);
        if found.is_none() {
            let message = format!("`{key}` is {}, not `{}`", names.join(" or "), given.value);
            let help = closest(&given.value, names.iter().copied()).map(|name| format!("did you mean `{name}`?"));
            self.mistake(Diagnostic::new(given.span.clone(), message).maybe_help(help));
        }
        found
    }
}
