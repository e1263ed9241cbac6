//! The parameters of a constraint against what its checker takes.

use super::{CheckerDoc, ParamSource, check_params, document::WireParams, validate::Validator};
use crate::source::{At, Diagnostic, closest};

impl Validator<'_> {
    pub(super) fn against_catalogue(
        &mut self,
        check: &At<String>,
        wire: Option<&At<WireParams>>,
        params: &[(String, ParamSource)],
    ) {
        let Some(doc) = self.catalogue.get(&check.value) else {
            if !self.whole {
                return;
            }
            let message = format!("there is no checker `{}`", check.value);
            let near = closest(&check.value, self.catalogue.ids());
            let help = match near {
                Some(id) => format!("did you mean `{id}`?"),
                None => "`fullmarks checkers list` names them".into(),
            };
            self.mistake(Diagnostic::new(check.span.clone(), message).help(help));
            // What is wrong with its parameters, if that was meant and they are parameters of it.
            if let Some(doc) = near.and_then(|id| self.catalogue.get(id)) {
                let known = |(name, _): &&(String, ParamSource)| doc.params.iter().any(|param| param.name == *name);
                let params: Vec<_> = params.iter().filter(known).cloned().collect();
                self.against(doc, check, wire, &params, false);
            }
            return;
        };
        self.against(doc, check, wire, params, true);
    }

    /// Parameters against what a checker takes. Where they may be meant for another, nothing is missing.
    fn against(
        &mut self,
        doc: &CheckerDoc,
        check: &At<String>,
        wire: Option<&At<WireParams>>,
        params: &[(String, ParamSource)],
        all: bool,
    ) {
        let given = params.iter().map(|(name, source)| match source {
            ParamSource::Literal(value) if !value.is_null() => (name.as_str(), Some(value)),
            // A missing value is told apart from what it should be.
            ParamSource::Literal(_) | ParamSource::Column(_) | ParamSource::List(_) => (name.as_str(), None),
        });
        let errors = check_params(doc, given).err().into_iter().flatten();
        for error in errors.filter(|error| all || error.param.is_some()) {
            let written = wire.into_iter().flat_map(|wire| &wire.value.0);
            let place = error.param.as_ref().and_then(|param| {
                let (name, value) = written.clone().find(|(name, _)| name.value == *param)?;
                let known = doc.params.iter().any(|known| known.name == *param);
                Some(if known { value.span.clone() } else { name.span.clone() })
            });
            let span = place.unwrap_or_else(|| check.span.clone());
            self.mistake(Diagnostic::new(span, error.message).maybe_help(error.help));
        }
    }
}
