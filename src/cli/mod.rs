//! The command line: arguments in, library calls, rendering out. No logic of its own.

mod advise;
mod advise_arguments;
mod advise_rewards;
mod advise_settings;
mod audit;
mod audit_sources;
mod check;
mod checkers;
mod checkers_new;
mod compare;
mod controller_state;
mod exit;
mod html;
mod init;
mod inputs;
mod interrupt;
mod monitor;
mod named;
mod output;
mod probe;
mod probe_fix;
mod progress;
mod rollouts;
mod schema;
mod score;
mod score_run;
mod serve;
mod shell;
mod simulate;
mod since;
mod terminal;

use clap::{Parser, Subcommand};
use exit::Exit;
use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

/// Design and compute rewards that can be verified, and learn before the run whether they will teach.
#[derive(Parser)]
#[command(name = "fullmarks", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 fine, 1 findings (a case failed, an advice was denied, a probe earned reward), 2 bad input."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a commented spec to start from
    Init(init::Arguments),
    /// Validate specs; with --run also run their own accept and reject cases
    Check(check::Arguments),
    /// Judge completions and compute their rewards
    Score(score::Arguments),
    /// Say from a few samples of the policy what a reward will do to its training
    Advise(advise_arguments::Arguments),
    /// Say which mistakes of a reward matter, and how rewards rank against the truth
    Audit(audit::Arguments),
    /// Throw known ways to get reward without doing the task at a spec
    Probe(probe::Arguments),
    /// Train a small policy with given rewards, exactly, and say where each leads
    Simulate(simulate::Arguments),
    /// Say from a trainer's log whether the run stalled: when, on what, which prompts, and what told before
    Monitor(monitor::Arguments),
    /// Judge completions that come over HTTP
    Serve(serve::Arguments),
    /// List the checkers, show one of them, or begin one of your own
    Checkers(checkers::Arguments),
    /// Print the JSON Schema of a format
    Schema(schema::Arguments),
    /// Print what a shell needs to complete commands
    Completions(shell::Completions),
    /// Write the manual's pages
    Man(shell::Man),
}

/// What every command takes.
#[derive(clap::Args, Clone, Copy)]
struct Common {
    /// Print the result as JSON (versioned: docs/formats.md)
    #[arg(long)]
    json: bool,
    /// Print no progress and no summary
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(run(std::env::args_os()))
}

/// Runs the command that `arguments` are, the program's own name first, and gives its exit status. Prints as the program does.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let command = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli.command,
        Err(shown) => {
            // Help and the version come this way too. Nobody is left to tell when it cannot be printed.
            let _ = shown.print();
            return u8::try_from(shown.exit_code()).unwrap_or(2);
        }
    };
    let outcome = match &command {
        Command::Check(arguments) => check::run(arguments),
        Command::Score(arguments) => score::run(arguments),
        Command::Advise(arguments) => advise::run(arguments),
        Command::Audit(arguments) => audit::run(arguments),
        Command::Probe(arguments) => probe::run(arguments),
        Command::Simulate(arguments) => simulate::run(arguments),
        Command::Monitor(arguments) => monitor::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Checkers(arguments) => checkers::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Completions(arguments) => {
            shell::completions(arguments);
            Ok(())
        }
        Command::Man(arguments) => shell::man(arguments),
    };
    // Not left to the end of the process, which may be an interpreter's.
    let flushed = io::stdout().flush().map_err(Exit::from);
    outcome.and(flushed).map_or_else(Exit::report, |()| 0)
}

/// The command line's definition, for generated help and completions.
#[must_use]
pub fn definition() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
