//! The page of each advice code: what it means, on what evidence, and what to do.

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        /// The page of an advice code, in Markdown; `None` for an unknown code.
        #[must_use]
        pub fn advice_page(code: &str) -> Option<&'static str> {
            match code {
                $($code => Some(include_str!(concat!("../../docs/advice/", $code, ".md"))),)*
                _ => None,
            }
        }
    };
}

pages![
    "no-gradient",
    "gradient-from-penalty",
    "partial-credit-stalls",
    "cannot-tell",
    "binary-starves",
    "saturated",
    "reward-ties",
    "partial-credit-above-critical",
    "required-cancels-credit",
    "constraint-never-met",
    "constraint-always-met",
    "constraints-in-conflict",
    "constraints-redundant",
    "one-completion-per-prompt",
    "too-few-samples",
    "single-constraint-prompts",
    "unscored-verdicts",
];

#[cfg(test)]
mod tests {
    use super::advice_page;
    use crate::advise::Advice;

    #[test]
    fn every_code_has_its_page_and_every_page_its_code() {
        for code in Advice::CODES {
            let page = advice_page(code).unwrap_or_else(|| panic!("{code} has no page"));
            assert!(page.starts_with(&format!("# {code}\n")), "{code}");
            for part in ["## What", "## Why", "## Evidence", "## Remedy", "## Example", "## Source"] {
                assert!(page.contains(&format!("\n{part}\n")), "{code} lacks {part}");
            }
        }
        assert_eq!(advice_page("nonsense"), None);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/advice");
        let pages = std::fs::read_dir(folder).expect("the folder of pages").map(|page| page.expect("a page").path());
        for page in pages.filter(|page| page.file_stem().is_some_and(|name| name != "README")) {
            let code = page.file_stem().and_then(|name| name.to_str()).expect("a name");
            assert!(Advice::CODES.contains(&code), "{} is of no code", page.display());
        }
    }
}
