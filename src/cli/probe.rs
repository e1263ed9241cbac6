//! `fullmarks probe`

use super::{
    Common, Exit,
    html::Html,
    inputs::{Unscored, exit},
    probe_fix,
    since::{self, Since},
    terminal,
};
use crate::{
    data::listed,
    probe::{ProbeSettings, Subjects, probe},
    report::{ProbeSpecReport, probe_html, probe_text},
    source::Unfit,
    spec::ProbeFamily,
    task::{Source, Task},
};
use std::{io::Write, path::PathBuf};

/// Prompts that are probed where nobody says how many.
const SAMPLE: usize = 20;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task spec; `-` reads standard input
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// Prompts to probe, in place of those the spec names; without any, the rows of the spec's own cases are probed
    #[arg(long, value_name = "FILE")]
    prompts: Option<PathBuf>,
    /// Column of the prompts with a right answer, such as `canonical_solution`: beside the spec's accept cases
    #[arg(long, value_name = "COLUMN")]
    references: Option<String>,
    /// Write the cases that tell mutants from right answers: into the prompts, or into the spec, where they are there
    #[arg(long)]
    fix: bool,
    /// With `--fix`, write the new prompts or the new spec to this file and leave the old one
    #[arg(long, value_name = "FILE", requires = "fix")]
    out: Option<PathBuf>,
    /// How many of the prompts to probe, drawn at random; 20 where nothing is said, and all with `--fix`
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Seed of that draw
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Kinds of probes to leave out (docs/probe.md)
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = family)]
    skip: Vec<ProbeFamily>,
    #[command(flatten)]
    unscored: Unscored,
    #[command(flatten)]
    since: Since,
    #[command(flatten)]
    html: Html,
    #[command(flatten)]
    common: Common,
}

fn family(name: &str) -> Result<ProbeFamily, Unfit> {
    ProbeFamily::by_name(name)
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    if arguments.sample == Some(0) {
        return Err(Exit::Input("--sample 0 would probe nothing: give at least 1".into()));
    }
    if arguments.fix && arguments.since.is_wanted() {
        return Err(Exit::Input(
            "--since compares what was found, and --fix mends it: run them one after the other".into(),
        ));
    }
    let earlier = arguments.since.read()?;
    earlier.iter().try_for_each(|earlier| earlier.check("probe"))?;
    let source = Source::read(&arguments.spec).map_err(exit)?.with_prompts(arguments.prompts.as_deref());
    let source = arguments.unscored.apply(source);
    // Only the prompts that are drawn are bound.
    let task = Task::without_prompts(source).map_err(exit)?;
    let sample = arguments.sample.unwrap_or(if arguments.fix { usize::MAX } else { SAMPLE });
    let subjects = Subjects::with_references(&task, sample, arguments.seed, arguments.references.as_deref())
        .map_err(Exit::input)?;
    if let Some(path) = task.prompts_path() {
        listed(subjects.left_out()).iter().for_each(|row| terminal::tell(format_args!("{}, {row}", path.display())));
    }
    if arguments.fix {
        return probe_fix::run(&task, &arguments.spec, &subjects, arguments.out.as_deref(), arguments.common.json);
    }
    let found = probe(&task, &subjects, &ProbeSettings { skip: arguments.skip.clone() });
    arguments.html.write(|| probe_html(&found))?;
    let mut out = terminal::out();
    if arguments.common.json {
        terminal::json(&since::json(&ProbeSpecReport::new(&found), earlier.as_ref())?)?;
    } else {
        let mut text = since::text(ProbeSpecReport::new(&found), earlier.as_ref())?;
        probe_text(&found, &mut text).map_err(Exit::input)?;
        write!(out, "{text}")?;
    }
    let plural = |count: usize, one: &str, several: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {several}"),
    };
    let counts = [
        (found.holes().count(), "probe earns more than it may", "probes earn more than they may"),
        (found.unjudged.len(), "probe could not be judged", "probes could not be judged"),
        (found.failures.len(), "case did not go as the spec says", "cases did not go as the spec says"),
    ];
    let wrong = counts.into_iter().filter(|(count, ..)| *count > 0);
    let wrong: Vec<String> = wrong.map(|(count, one, several)| plural(count, one, several)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Exit::Findings(wrong.join("; "))) }
}
