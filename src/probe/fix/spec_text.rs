//! New items in a list of a spec, with all else of it as it was written.

/// The text with items, each as JSON, added to the list under `key`, the first such list behind `from`; `None` where the list is not
/// written in one of the two usual ways.
pub(super) fn with_items(text: &str, from: usize, key: &str, items: &[String]) -> Option<String> {
    let at = place_of(text, from, key)?;
    let rest = &text[at..];
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let gap = rest.len() - trimmed.len();
    if trimmed.starts_with('[') {
        let start = at + gap + 1;
        let is_empty = text[start..].trim_start().starts_with(']');
        let list = items.join(", ");
        let comma = if is_empty { "" } else { ", " };
        return Some(format!("{}{list}{comma}{}", &text[..start], &text[start..]));
    }
    if !trimmed.starts_with('\n') && !trimmed.starts_with('#') {
        return None;
    }
    // Lines of a block: new ones go before the first, as far in as that.
    let mut start = at + rest.find('\n')? + 1;
    loop {
        let line = text[start..].lines().next()?;
        let content = line.trim_start();
        if content.starts_with("- ") {
            let indent = &line[..line.len() - content.len()];
            let lines: String = items.iter().map(|item| format!("{indent}- {item}\n")).collect();
            return Some(format!("{}{lines}{}", &text[..start], &text[start..]));
        }
        if !content.is_empty() && !content.starts_with('#') {
            return None;
        }
        start += line.len() + 1;
    }
}

/// Where the value of a key begins.
fn place_of(text: &str, from: usize, key: &str) -> Option<usize> {
    let wanted = format!("{key}:");
    let mut at = from;
    while let Some(found) = text.get(at..)?.find(&wanted) {
        let start = at + found;
        let before = text[..start].chars().next_back();
        at = start + wanted.len();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-' && c != '"') {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> Option<String> {
        with_items(text, 0, "cases", &["{\"args\": [1]}".into()])
    }

    #[test]
    fn items_are_added_in_both_ways_of_writing() {
        let flow = "with: {hidden_cases: [], cases: [{args: [2]}]}";
        assert_eq!(added(flow).as_deref(), Some("with: {hidden_cases: [], cases: [{\"args\": [1]}, {args: [2]}]}"));
        assert_eq!(added("cases: []").as_deref(), Some("cases: [{\"args\": [1]}]"));
        let block = "cases:  # these\n  # first\n    - {args: [2]}\n";
        assert_eq!(
            added(block).as_deref(),
            Some("cases:  # these\n  # first\n    - {\"args\": [1]}\n    - {args: [2]}\n")
        );
    }

    #[test]
    fn other_ways_are_left_alone() {
        for text in ["cases: {column: tests}", "hidden_cases: []", "cases: \"[]\"", "cases:\n  args: 1"] {
            assert_eq!(added(text), None, "{text}");
        }
    }
}
