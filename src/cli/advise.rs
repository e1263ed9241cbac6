//! `fullmarks advise`

use super::Exit;

#[derive(clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<(), Exit> {
    Err(Exit::Input("later".into()))
}
