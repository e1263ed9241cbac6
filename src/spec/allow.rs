//! What probes may earn, as a spec declares it.

use super::{Allowance, ProbeFamily, document::WireCases, validate::Validator};
use crate::source::Diagnostic;

impl Validator<'_> {
    /// The declared allowances, one for each family.
    pub(super) fn allowances(&mut self, wire: &WireCases) -> Vec<Allowance> {
        let mut allowances = Vec::new();
        for allow in &wire.allow {
            let max_reward = self.share(&allow.max_reward, "max_reward");
            if max_reward == 0.0 {
                let help = "say how much they may earn; what may earn nothing needs no entry";
                self.mistake(
                    Diagnostic::new(allow.max_reward.span.clone(), "`max_reward` of an entry is above 0").help(help),
                );
            }
            if allow.why.value.trim().is_empty() {
                let help = "say why an answer that does not do the task may earn this much";
                self.mistake(Diagnostic::new(allow.why.span.clone(), "`why` is empty").help(help));
            }
            if allow.probes.value.is_empty() {
                let help = format!("name some of {}", ProbeFamily::ALLOWABLE.join(", "));
                self.mistake(Diagnostic::new(allow.probes.span.clone(), "`probes` names none").help(help));
            }
            for probe in &allow.probes.value {
                match ProbeFamily::by_name(&probe.value) {
                    Ok(family) if ProbeFamily::ALLOWABLE.contains(&family.name()) => {
                        allowances.push(Allowance { family, max_reward, why: allow.why.value.trim().to_owned() });
                    }
                    Ok(family) => {
                        let message = format!("probes of the kind `{family}` may never earn more than `max_reward`");
                        let help = format!("what may: {}", ProbeFamily::ALLOWABLE.join(", "));
                        self.mistake(Diagnostic::new(probe.span.clone(), message).help(help));
                    }
                    Err(why) => {
                        let message = format!("there is no kind of probe `{}`", probe.value);
                        self.mistake(Diagnostic::new(probe.span.clone(), message).help(why.to_string()));
                    }
                }
            }
        }
        allowances
    }
}
