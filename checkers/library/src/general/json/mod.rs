//! JSON, read strictly and held against a schema.

mod circle;
mod compile;
mod ecma;
mod fence;
mod holds;
mod keywords;
mod number;
mod order;
mod pointer;
mod schema;
mod strict;
mod validate;

pub(super) use compile::compile;
pub(super) use fence::{Fence, fences};
pub(super) use schema::Schema;
pub(super) use strict::parse;
pub(super) use validate::Unmet;
