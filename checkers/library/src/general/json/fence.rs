//! The Markdown fence a model often puts around JSON.

use serde::Deserialize;

/// Whether the JSON may stand in a fenced code block.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::general) enum Fence {
    /// With or without one.
    #[default]
    Allowed,
    /// Only with one.
    Required,
    /// Only without.
    Forbidden,
}

/// What the documentation says about fences.
macro_rules! fences {
    () => {
        "White space around the JSON is left out. A fence is a line of three or more backticks or tildes, alone or \
         followed by `json`, as the first line of the answer, and a line of at least as many as its last; nothing may \
         stand outside the block and there may be no second one. "
    };
}
pub(in crate::general) use fences;

impl Fence {
    /// The JSON text of an answer.
    pub(in crate::general) fn open(self, text: &str) -> Result<&str, String> {
        let text = text.trim();
        match (self, inside(text)?) {
            (Self::Required, None) => Err("the answer is not a fenced code block".into()),
            (Self::Forbidden, Some(_)) => Err("the answer is in a code block, and must be bare JSON".into()),
            (_, Some(inside)) => Ok(inside),
            (_, None) => Ok(text),
        }
    }
}

/// What stands in the fence, if the text starts with one.
fn inside(text: &str) -> Result<Option<&str>, String> {
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '`' | '~')) else { return Ok(None) };
    let fence = text.len() - text.trim_start_matches(mark).len();
    if fence < 3 {
        return Ok(None);
    }
    let Some((first, rest)) = text.split_once('\n') else { return Err("the code block has no end".into()) };
    let info = first[fence..].trim();
    if !info.is_empty() && !info.eq_ignore_ascii_case("json") {
        return Err("the code block is marked as something other than json".into());
    }
    let closes = |line: &str| {
        let line = line.trim();
        line.len() >= fence && line.chars().all(|c| c == mark)
    };
    let Some(end) = rest
        .split('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        })
        .find(|(_, line)| closes(line))
    else {
        return Err("the code block has no end".into());
    };
    let (start, line) = end;
    if start + line.len() < rest.len() {
        return Err("there is text after the code block".into());
    }
    Ok(Some(&rest[..start]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_one_block_and_nothing_else() {
        let open = |text| Fence::Allowed.open(text);
        assert_eq!(open(" {} ").as_deref(), Ok("{}"));
        assert_eq!(open("```json\n{}\n```\n").as_deref(), Ok("{}\n"));
        assert_eq!(open("~~~~ JSON\r\n{}\r\n~~~~").as_deref(), Ok("{}\r\n"));
        for text in ["```json\n{}", "```", "```json\n{}\n```\nDone.", "```python\n{}\n```", "```\n1\n```\n```\n2\n```"]
        {
            assert!(open(text).is_err(), "{text:?}");
        }
        assert!(Fence::Required.open("{}").is_err());
        assert!(Fence::Forbidden.open("```\n{}\n```").is_err());
    }
}
