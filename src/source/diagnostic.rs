//! Errors a person can mend the text by: what, where, and what to write instead.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::{fmt, ops::Range};

/// One mistake in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub message: String,
    /// Byte range of the offending text.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), span, help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds `help` when there is any.
    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }
}

/// All mistakes found in one text: a spec, or a problem to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecError {
    /// Name of the file, for the arrow line.
    pub file: String,
    /// The YAML text.
    pub source: String,
    /// The mistakes, in the order of the text; never empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl SpecError {
    pub(crate) fn new(file: &str, source: &str, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        Self { file: file.to_owned(), source: source.to_owned(), diagnostics }
    }

    /// Line and column of a diagnostic, both counted from 1, columns in characters.
    #[must_use]
    pub fn position(&self, diagnostic: &Diagnostic) -> (usize, usize) {
        let before = &self.source[..self.clamp(diagnostic).start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The diagnostics as text with the offending line underlined; with terminal colours when `colour`.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let reports: Vec<_> =
            self.diagnostics.iter().map(|diagnostic| self.render_one(&renderer, diagnostic)).collect();
        reports.join("\n\n")
    }

    fn render_one(&self, renderer: &Renderer, diagnostic: &Diagnostic) -> String {
        let annotation = AnnotationKind::Primary.span(self.clamp(diagnostic));
        let snippet = Snippet::source(&self.source).path(&self.file).annotation(annotation);
        let title = Level::ERROR.primary_title(&diagnostic.message).element(snippet);
        let group = match &diagnostic.help {
            Some(help) => title.element(Level::HELP.message(help)),
            None => title,
        };
        renderer.render(&[group])
    }

    /// A range that lies in the source, on character boundaries, and covers at most the first line of what it names.
    fn clamp(&self, diagnostic: &Diagnostic) -> Range<usize> {
        let start = self.source.floor_char_boundary(diagnostic.span.start.min(self.source.len()));
        let end = self.source.ceil_char_boundary(diagnostic.span.end.clamp(start, self.source.len()));
        let first_line = self.source[start..end].find('\n').map_or(end, |newline| start + newline);
        start..first_line
    }
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for SpecError {}
