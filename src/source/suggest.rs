//! "Did you mean".

/// The candidate closest to what was written, when one is close enough to be a slip of the pen.
#[must_use]
pub fn closest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |candidate: &str| strsim::normalized_damerau_levenshtein(written, candidate);
    candidates
        .into_iter()
        .map(|candidate| (likeness(candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?`, or the list of what there is when it is short.
pub(crate) fn help(written: &str, candidates: &[&str]) -> Option<String> {
    match closest(written, candidates.iter().copied()) {
        Some(candidate) => Some(format!("did you mean `{candidate}`?")),
        None if !candidates.is_empty() && candidates.len() <= 12 => Some(format!("known: {}", candidates.join(", "))),
        None => None,
    }
}
