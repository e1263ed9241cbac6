//! How a file of rollouts says what its rows are of: rows as tools write them → rows with our own columns.

mod form;
mod preferences;
mod server;
mod traces;

pub use form::Form;

use super::{FINISH_REASON, Keys, missing_column};
use crate::source::Unfit;
use serde_json::{Map, Value};

/// What a user, or a spec, says of the columns.
#[derive(Clone, Copy, Debug, Default)]
pub struct Named<'a> {
    /// The form, where it is not to be told by the first row.
    pub form: Option<Form>,
    /// Column with the prompt's id.
    pub id: Option<&'a str>,
    /// Column with the completion, or the completions.
    pub completion: Option<&'a str>,
    /// The column of the prompts with their id, where there are prompts.
    pub of_prompts: Option<&'a str>,
}

/// How the rows of a file are laid out. It is told by the first ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    form: Form,
    id: String,
    completion: Option<String>,
    /// Whether the id's column was chosen here.
    chosen: bool,
}

impl Layout {
    /// The layout of a file that begins with these rows.
    #[must_use]
    pub fn of(begins: &[Map<String, Value>], named: Named<'_>) -> Self {
        let first = &merged(begins);
        let form = match (named.form, named.completion) {
            (Some(form), _) => form,
            (None, Some(_)) => Form::Own,
            (None, None) => Form::of(first),
        };
        let chosen = || {
            let of_prompts = named.of_prompts.filter(|id| *id != "id");
            let candidates = form.first_ids().iter().copied().chain(of_prompts);
            let mut candidates = candidates.chain(form.other_ids(first).iter().copied());
            candidates.find(|id| first.contains_key(*id)).unwrap_or(form.last_id()).to_owned()
        };
        let id = named.id.map_or_else(chosen, str::to_owned);
        Self { form, id, completion: named.completion.map(str::to_owned), chosen: named.id.is_none() }
    }

    /// The column with the prompt's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The columns that tell steps of training apart, where the form has them.
    #[must_use]
    pub fn steps(&self) -> &'static [&'static str] {
        self.form.steps()
    }

    /// The columns that say of which group a row is.
    #[must_use]
    pub fn keys(&self) -> Keys<'_> {
        Keys { id: &self.id, steps: self.steps() }
    }

    /// The columns that matter in rows of this layout, whatever they are read for.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.form.columns().iter().copied().chain([self.id.as_str()]).chain(self.completion.as_deref())
    }

    /// The columns of a log that hold what its reward functions paid, by its first rows, each with its weight.
    #[must_use]
    pub fn rewards(&self, begins: &[Map<String, Value>]) -> Vec<(String, f64)> {
        match self.form {
            Form::Traces => traces::weighted(begins),
            form => form.rewards(&merged(begins)),
        }
    }

    /// What was told from the first row, for a person: nothing where all is as documented.
    #[must_use]
    pub fn told(&self) -> Option<String> {
        let id = format!("the prompt's id is in `{}`", self.id);
        match self.form {
            Form::Own if self.chosen && self.id != "id" => Some(format!("there is no column `id`; {id}")),
            Form::Own => None,
            form => Some(format!("read as {}: {id}, {}", form.what(), form.where_completions_are())),
        }
    }

    /// A row in our own columns.
    ///
    /// # Errors
    /// What of it is not as the layout has it.
    pub(super) fn unfold(&self, mut row: Map<String, Value>) -> Result<Map<String, Value>, Unfit> {
        if let Some(id @ Value::Array(_)) = row.get_mut(&self.id) {
            *id = Value::String(id_of_messages(id)?);
        }
        if self.form == Form::Server && !row.contains_key(&self.id) {
            return Err(self.no_id(&row).into());
        }
        if let Some(column) = &self.completion {
            return self.renamed(row, column);
        }
        match self.form {
            Form::Own | Form::Trl => Ok(row),
            Form::Server => server::unfold(row),
            Form::Traces => traces::unfold(row, &self.id),
            Form::Verl => self.renamed(row, "output"),
            Form::Preferences => preferences::unfold(row),
        }
    }

    fn no_id(&self, row: &Map<String, Value>) -> String {
        let why = if self.chosen {
            let names: Vec<_> = row.keys().map(String::as_str).collect();
            format!("no column holds the prompt's id (it has {})", names.join(", "))
        } else {
            missing_column(row, &self.id)
        };
        format!("{why}: add `prompt_id` when you save the answers, or name the column by `--id`")
    }

    /// A row whose completions are in another column: several where it is a list of texts, or of lists of messages.
    fn renamed(&self, mut row: Map<String, Value>, column: &str) -> Result<Map<String, Value>, Unfit> {
        let Some(value) = row.remove(column) else { return Ok(row) };
        let of_messages = |items: &[Value]| items.first().is_some_and(|item| item.get("role").is_some());
        let several = matches!(&value, Value::Array(items) if !of_messages(items));
        let name = if several { "completions" } else { "completion" };
        if row.contains_key(name) && column != name {
            return Err(format!("it has `{name}` beside `{column}`: which of them counts, nobody can tell").into());
        }
        row.insert(name.into(), value);
        Ok(row)
    }
}

/// All columns of some rows, each with the first value that says what it holds.
fn merged(rows: &[Map<String, Value>]) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, value) in rows.iter().flatten() {
        let known: &mut Value = all.entry(name).or_insert(Value::Null);
        if known.is_null() {
            known.clone_from(value);
        }
    }
    all
}

/// Puts completions into a row, with why they ended. A single one is one: those of a prompt in several rows are numbered through.
fn put(row: &mut Map<String, Value>, completions: Vec<Value>, reasons: Vec<Value>) {
    let name = if completions.len() == 1 { "completion" } else { "completions" };
    ["completion", "completions"].iter().for_each(|name| drop(row.remove(*name)));
    row.insert(name.into(), one_or_list(completions));
    row.insert(FINISH_REASON.into(), one_or_list(reasons));
}

fn one_or_list(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

/// Messages have no id but themselves: the text of a single one, else all of them.
fn id_of_messages(messages: &Value) -> Result<String, Unfit> {
    let single = messages.as_array().filter(|messages| messages.len() == 1).and_then(|messages| messages.first());
    let text = single.and_then(|message| message.get("content")).and_then(Value::as_str);
    text.map_or_else(
        || serde_json::to_string(messages).map_err(|error| error.to_string().into()),
        |text| Ok(text.into()),
    )
}
