//! `fullmarks checkers`

use super::{Common, Exit, checkers_new, terminal};
use crate::{
    report::{checker_list, checker_page},
    source::closest,
    verify::Library,
};
use serde_json::json;
use std::io::Write;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Subcommand)]
enum Action {
    /// List all checkers, a line each (the default)
    List,
    /// Show one checker: what it accepts, its parameters, an example, its source
    Show {
        /// The checker's id
        id: String,
    },
    /// Write a checker of your own to start from, with a spec that uses it
    New(checkers_new::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    if let Some(Action::New(new)) = &arguments.action {
        return checkers_new::run(new);
    }
    let library = Library::builtin().map_err(Exit::input)?;
    let catalogue = library.catalogue();
    let mut out = terminal::out();
    match &arguments.action {
        Some(Action::New(_)) => {}
        None | Some(Action::List) if arguments.common.json => {
            terminal::json(&json!({"fullmarks": "checkers", "version": 1, "checkers": catalogue.checkers()}))?;
        }
        None | Some(Action::List) => write!(out, "{}", checker_list(catalogue))?,
        Some(Action::Show { id }) => {
            let doc = catalogue.get(id).ok_or_else(|| {
                let hint = closest(id, catalogue.ids()).map(|id| format!("; did you mean `{id}`?"));
                let hint = hint.unwrap_or_else(|| ": `fullmarks checkers list` names them".into());
                Exit::Input(format!("there is no checker `{id}`{hint}"))
            })?;
            if arguments.common.json {
                terminal::json(&json!({"fullmarks": "checkers", "version": 1, "checkers": [doc]}))?;
            } else {
                write!(out, "{}", checker_page(doc))?;
            }
        }
    }
    Ok(())
}
