//! The page around a report.

use super::text::{id, prose};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// Nothing may be run or fetched, whatever gets into the page; styles are those of the page itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// How the verdict sounds.
#[derive(Clone, Copy)]
pub(super) enum Tone {
    /// Nothing has to change.
    Good,
    /// What is known does not say.
    Unsure,
    /// Something has to be mended.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "verdict good",
            Self::Unsure => "verdict unsure",
            Self::Bad => "verdict bad",
        }
    }
}

/// A report.
pub(super) struct Page<'a> {
    /// What kind of report, a noun.
    pub(super) kind: &'static str,
    /// What it is of.
    pub(super) subject: &'a str,
    /// How the verdict sounds.
    pub(super) tone: Tone,
    /// The verdict, in one sentence.
    pub(super) verdict: String,
    /// The verdict as a picture.
    pub(super) picture: Markup,
    /// What stands under it, a sentence each.
    pub(super) lead: Vec<String>,
    /// The rest.
    pub(super) sections: Vec<Section>,
}

/// A part of a report.
pub(super) struct Section {
    /// Its anchor.
    pub(super) anchor: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// What is in it.
    pub(super) body: Markup,
}

impl Page<'_> {
    /// The whole file.
    pub(super) fn render(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content=(concat!("fullmarks ", env!("CARGO_PKG_VERSION")));
                    title { (self.kind) ": " (super::text::plain(self.subject)) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        p.kind { "fullmarks · " (self.kind) }
                        h1 { (id(self.subject)) }
                        p class=(self.tone.class()) { (prose(&self.verdict)) }
                        (self.picture)
                        @for line in &self.lead { p.lead { (prose(line)) } }
                        nav aria-label="Sections" {
                            ul { @for section in &self.sections {
                                li { a href={ "#" (section.anchor) } { (section.title) } }
                            } }
                        }
                    }
                    main {
                        @for section in &self.sections {
                            section id=(section.anchor) { h2 { (section.title) } (section.body) }
                        }
                    }
                    footer { p { (concat!("Made by fullmarks ", env!("CARGO_PKG_VERSION"), ".")) } }
                }
            }
        };
        page.into_string()
    }
}
