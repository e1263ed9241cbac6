//! A batch as programs give it: completions, and for each the id, the prompt or the columns of its row.

use super::{Circumstances, Looks, PromptRef, Sample, Task, TaskError, lengths};
use crate::{
    completion::{Completion, kind},
    data::{endings, id_text},
    source::Unfit,
    verify::Row,
};
use serde_json::Value;

/// A batch as given. Whatever comes beside the completions has one entry for each of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The completions: texts, or lists of messages.
    pub completions: Vec<Value>,
    /// The ids of their prompts: texts or whole numbers.
    pub ids: Option<Vec<Value>>,
    /// Their prompts: texts, lists of messages, or whole rows.
    pub prompts: Option<Vec<Value>>,
    /// Columns of the prompts' rows. Those that the spec does not use may be left out.
    pub columns: Option<Vec<(String, Vec<Value>)>>,
    /// How many tokens each completion has, or the list of them: where length costs.
    pub tokens: Option<Vec<Value>>,
    /// Whether each completion was cut at a limit: true, false or null.
    pub truncated: Option<Vec<Value>>,
    /// The word for why each completion ended, of which `length` and its like say that it was cut.
    pub finish_reasons: Option<Vec<Value>>,
    /// Where training is, from 0 to 1: for rewards that change with it.
    pub progress: Option<f64>,
}

/// A batch, read.
#[derive(Debug, PartialEq)]
pub struct Samples {
    /// The samples.
    pub samples: Vec<Sample>,
    /// What rewarding them looks at.
    pub given: Circumstances,
}

impl Task {
    /// Reads a batch: which prompt each completion answers.
    ///
    /// Rows come from `prompts` and `columns`, and what the former say stands. Where the task knows its prompts, an id is enough, and the
    /// text of a prompt adds nothing to it.
    ///
    /// # Errors
    /// [`TaskError::Batch`] for lists of different lengths, [`TaskError::Sample`] for an entry that is not what it should be.
    pub fn read(&self, batch: Batch) -> Result<Samples, TaskError> {
        let Batch { completions, ids, prompts, columns, tokens, truncated, finish_reasons, progress } = batch;
        let count = completions.len();
        self.check_lengths(count, ids.as_deref(), prompts.as_deref(), columns.as_deref())?;
        let column = &self.spec().columns.id;
        let named = columns.as_ref().is_some_and(|columns| columns.iter().any(|(name, _)| name == column))
            || prompts.as_ref().is_some_and(|prompts| prompts.iter().all(|prompt| prompt.get(column).is_some()));
        self.check_circumstances(ids.is_some() || named, progress)?;
        let completions = each(completions, Completion::from_json)?;
        let ended = endings(count, truncated.as_deref(), finish_reasons.as_deref()).map_err(TaskError::Batch)?;
        let lengths = match self.spec().penalty {
            Some(overlong) => {
                lengths(&completions, tokens.as_deref(), overlong.unit).map_err(|why| TaskError::Batch(why.into()))?
            }
            None => Vec::new(),
        };
        let given = ids.map(|ids| each(ids, id)).transpose()?;
        let by_id = given.is_some() && columns.is_none() && {
            let rows = prompts.as_ref().is_some_and(|prompts| prompts.iter().any(Value::is_object));
            prompts.is_none() || (self.knows_prompts() && !rows)
        };
        let mut ids = given.clone().unwrap_or_else(|| (0..count).map(|index| index.to_string()).collect());
        let references: Vec<_> = if by_id {
            ids.iter().map(|id| PromptRef::Id(id.clone())).collect()
        } else if prompts.is_none() && columns.is_none() {
            vec![PromptRef::Only; count]
        } else {
            let mut rows = self.rows(count, prompts, columns);
            let column = &self.spec().columns.id;
            if given.is_none() {
                // Rows that bring their ids are told apart by them.
                let needed = self.looks_at().contains(&Looks::Ids);
                for (index, (own, row)) in ids.iter_mut().zip(&rows).enumerate() {
                    match row.get(column).cloned().map(id) {
                        Some(Ok(named)) => *own = named,
                        Some(Err(why)) if needed => return Err(TaskError::Sample { index, message: why.into() }),
                        // Nobody looks at it.
                        Some(Err(_)) | None => {}
                    }
                }
            }
            for (id, row) in given.into_iter().flatten().zip(&mut rows) {
                row.entry(column.as_str()).or_insert(Value::String(id));
            }
            rows.into_iter().map(PromptRef::Row).collect()
        };
        let pairs = references.into_iter().zip(completions).zip(ended);
        let samples = pairs.map(|((prompt, completion), ended)| Sample { prompt, completion, ended }).collect();
        Ok(Samples { samples, given: Circumstances { ids, lengths, progress } })
    }

    /// Before anything is judged, whether rewards can be given in the end.
    fn check_circumstances(&self, ids: bool, progress: Option<f64>) -> Result<(), TaskError> {
        let spec = self.spec();
        if self.looks_at().contains(&Looks::Ids) && !ids {
            let by = spec.advantage.map_or_else(|| self.scheme().name(), |rule| rule.name());
            let message =
                format!("`{by}` compares the completions of a prompt: give `ids`, for each that of its prompt");
            return Err(TaskError::Batch(message));
        }
        let annealed = self.looks_at().contains(&Looks::Progress);
        match progress {
            Some(_) if !annealed => {
                let name = self.scheme().name();
                Err(TaskError::Batch(format!(
                    "`progress` is for the scheme `annealed`, and this one is `{name}`: leave it out"
                )))
            }
            Some(progress) if !(0.0..=1.0).contains(&progress) => {
                Err(TaskError::Batch(format!("`progress` is a share of training, from 0 to 1, and not {progress}")))
            }
            None if annealed => {
                let message = "the scheme `annealed` has to know where training is: give `progress`, from 0 to 1";
                Err(TaskError::Batch(message.into()))
            }
            _ => Ok(()),
        }
    }

    fn check_lengths(
        &self,
        count: usize,
        ids: Option<&[Value]>,
        prompts: Option<&[Value]>,
        columns: Option<&[(String, Vec<Value>)]>,
    ) -> Result<(), TaskError> {
        let parts = [("ids", ids.map(<[_]>::len)), ("prompts", prompts.map(<[_]>::len))];
        let columns = columns.into_iter().flatten().map(|(name, values)| (name.as_str(), Some(values.len())));
        for (name, length) in parts.into_iter().chain(columns) {
            if let Some(length) = length.filter(|length| *length != count) {
                return Err(TaskError::Batch(format!("`{name}` has {length} entries for {count} completions")));
            }
        }
        Ok(())
    }

    fn rows(&self, count: usize, prompts: Option<Vec<Value>>, columns: Option<Vec<(String, Vec<Value>)>>) -> Vec<Row> {
        let spec = self.spec();
        let used = spec.columns_used();
        let mut rows = vec![Row::new(); count];
        for (name, values) in columns.into_iter().flatten().filter(|(name, _)| used.contains(&name.as_str())) {
            for (row, value) in rows.iter_mut().zip(values) {
                row.insert(name.clone(), value);
            }
        }
        let column = &spec.columns.prompt;
        for (index, prompt) in prompts.into_iter().flatten().enumerate() {
            match prompt {
                Value::Object(row) => {
                    rows[index].extend(row.into_iter().filter(|(name, _)| used.contains(&name.as_str())));
                }
                text => {
                    rows[index].insert(column.clone(), text);
                }
            }
        }
        rows
    }
}

fn id(value: Value) -> Result<String, Unfit> {
    id_text(&value).map_err(|_| format!("an id is text or a whole number, not {}", kind(&value)).into())
}

fn each<T>(values: Vec<Value>, read: impl Fn(Value) -> Result<T, Unfit>) -> Result<Vec<T>, TaskError> {
    let one = |(index, value)| read(value).map_err(|why| TaskError::Sample { index, message: why.into() });
    values.into_iter().enumerate().map(one).collect()
}
