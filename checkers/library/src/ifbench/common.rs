//! What the instructions share.

use fullmarks_checker_sdk::Verdict;

use crate::text::python::strip;

/// Where the definitions come from.
pub(super) const SOURCE: &str = "allenai/IFBench, instructions.py; arXiv 2507.02833";

/// Passes when at least `wanted` were found; `unit` names them in the plural.
pub(super) fn at_least(found: usize, wanted: u64, unit: &str) -> Verdict {
    Verdict::pass_if(found as u64 >= wanted, || format!("found {found} {unit}, at least {wanted} wanted"))
}

/// Fails with the reason for what breaks the rule, if anything does.
pub(super) fn fail_if_any(broken: Option<String>) -> Verdict {
    broken.map_or(Verdict::Passed, Verdict::fail)
}

/// Refuses what is no percentage.
pub(super) fn percentage(value: f64) -> Result<(), String> {
    if (0.0..=100.0).contains(&value) {
        return Ok(());
    }
    Err(format!("`percentage` is {value}; it needs to be between 0 and 100"))
}

/// Whether the first line has these names in this order, each perhaps in double quotation marks, separated by
/// `separator` and then by nothing but characters of `padding`.
pub(super) fn has_header(text: &str, names: [&str; 5], separator: char, padding: &[char]) -> bool {
    let mut rest = strip(text.split('\n').next().unwrap_or_default());
    for (at, name) in names.into_iter().enumerate() {
        if at > 0 {
            let Some(after) = rest.strip_prefix(separator) else { return false };
            rest = after.trim_start_matches(padding);
        }
        let quoted = rest.strip_prefix('"').and_then(|rest| rest.strip_prefix(name)?.strip_prefix('"'));
        let Some(after) = quoted.or_else(|| rest.strip_prefix(name)) else { return false };
        rest = after;
    }
    rest.is_empty()
}
