//! What a policy produced: a string, or the messages of a conversation. A leaf of the vocabulary.

use crate::source::Unfit;
use serde::Deserialize;
use serde_json::Value;

/// The roles a message can have. Another one would be judged as if the assistant had said nothing.
const ROLES: [&str; 6] = ["system", "developer", "user", "assistant", "tool", "function"];

/// One completion.
#[derive(Clone, Debug, PartialEq)]
pub enum Completion {
    /// Plain text, a thinking section included.
    Text(String),
    /// A conversation, as chat-formatted data sets store it.
    Messages(Vec<Message>),
}

/// How a completion ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ended {
    /// Nobody says.
    #[default]
    Unknown,
    /// By itself.
    Whole,
    /// At a limit on its length.
    Cut,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// `system`, `user`, `assistant`, `tool`, …
    pub role: String,
    /// The text; parts of type `text` joined. Parts that carry thinking are set apart.
    pub content: String,
    /// Thinking given as a field or a part of its own.
    pub thinking: String,
}

/// A prompt as data sets have it: text, or the messages of a conversation, of which the last that a user wrote counts.
///
/// # Errors
/// What was found in its place.
pub fn read_prompt(prompt: Value) -> Result<Completion, Unfit> {
    Completion::from_json(prompt).map_err(|why| why.to_string().replacen("a completion", "a prompt", 1).into())
}

impl Completion {
    /// The text of the last assistant message, or the plain text; empty when no assistant spoke.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Messages(messages) => {
                let last = messages.iter().rev().find(|message| message.role == "assistant");
                last.map_or("", |message| &message.content)
            }
        }
    }

    /// The last message of the user, where a conversation is a prompt; plain text as it is.
    #[must_use]
    pub fn asked(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Messages(messages) => {
                let last = messages.iter().rev().find(|message| message.role == "user");
                last.map_or("", |message| &message.content)
            }
        }
    }

    /// Everything the policy wrote: plain text as it is; of a conversation the assistant's thinking and messages.
    #[must_use]
    pub fn everything(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Messages(messages) => messages
                .iter()
                .filter(|message| message.role == "assistant")
                .flat_map(|message| [message.thinking.as_str(), message.content.as_str()])
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }

    /// Where the policy goes on from, in a prompt: the end of plain text, or of a message that the assistant has begun.
    #[must_use]
    pub fn begun(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Messages(messages) => {
                messages.last().filter(|message| message.role == "assistant").map_or("", |message| &message.content)
            }
        }
    }

    /// Whether the thinking of the last message is a field or a part of its own.
    #[must_use]
    pub fn is_set_apart(&self) -> bool {
        match self {
            Self::Text(_) => false,
            Self::Messages(messages) => {
                let last = messages.iter().rev().find(|message| message.role == "assistant");
                last.is_some_and(|message| !message.thinking.is_empty())
            }
        }
    }

    /// Reads a completion from JSON. Null, which servers answer where nothing followed the thinking, is an empty one.
    ///
    /// # Errors
    /// A sentence saying what was found in place of a string or messages.
    pub fn from_json(value: Value) -> Result<Self, Unfit> {
        match value {
            Value::String(text) => Ok(Self::Text(text)),
            Value::Null => Ok(Self::Text(String::new())),
            Value::Array(messages) => {
                let messages = messages.into_iter().enumerate().map(|(index, message)| {
                    Message::from_json(message).map_err(|why| format!("message {index}: {why}"))
                });
                Ok(Self::Messages(messages.collect::<Result<_, _>>()?))
            }
            message @ Value::Object(_) if message.get("role").is_some() => Self::from_json(Value::Array(vec![message])),
            other => Err(Unfit::from(format!("a completion is a string or a list of messages, not {}", kind(&other)))),
        }
    }
}

impl Message {
    fn from_json(value: Value) -> Result<Self, Unfit> {
        #[derive(Deserialize)]
        struct Wire {
            role: String,
            #[serde(default)]
            content: Value,
            #[serde(default)]
            reasoning_content: Value,
            #[serde(default)]
            reasoning: Value,
            #[serde(default)]
            thinking: Value,
            #[serde(default)]
            tool_calls: Value,
        }
        if !value.is_object() {
            let several = if value.is_string() { " (a list of texts belongs into `completions`)" } else { "" };
            let what = kind(&value);
            return Err(Unfit::from(format!("a message is an object with `role` and `content`, not {what}{several}")));
        }
        let has_content = value.get("content").is_some();
        let wire: Wire = serde_json::from_value(value).map_err(|error| format!("not a message: {error}"))?;
        let Wire { role, content, .. } = wire;
        if !ROLES.contains(&role.as_str()) {
            return Err(Unfit::from(format!("the role `{role}` is not known; known: {}", ROLES.join(", "))));
        }
        let thinking = [wire.reasoning_content, wire.reasoning, wire.thinking];
        let thought = thinking.iter().any(|thinking| !thinking.is_null());
        if role == "assistant" && !has_content && !thought && wire.tool_calls.is_null() {
            return Err("an assistant message without `content`".into());
        }
        let thinking = thinking.iter().find_map(Value::as_str).unwrap_or_default().to_owned();
        let mut message = Self { role, content: String::new(), thinking };
        match content {
            Value::Null => {}
            Value::String(text) => message.content = text,
            Value::Array(parts) => parts.into_iter().try_for_each(|part| message.add(&part))?,
            other => return Err(Unfit::from(format!("its content is {}, not text or a list of parts", kind(&other)))),
        }
        Ok(message)
    }

    fn add(&mut self, part: &Value) -> Result<(), Unfit> {
        let text = |name: &str| part.get(name).and_then(Value::as_str);
        match text("type") {
            Some("text" | "output_text") => self.content += text("text").ok_or("a text part without `text`")?,
            Some("thinking" | "reasoning") => {
                self.thinking += text("thinking").or_else(|| text("text")).unwrap_or_default();
            }
            // Tool calls, refusals, images: nothing of the answer, and no reason to lose the rest of it.
            Some(_) => {}
            None => return Err("a content part without a `type`".into()),
        }
        Ok(())
    }
}

/// Names the type of a JSON value in a message to a person.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn messages_give_the_last_assistant_text() {
        let completion = Completion::from_json(json!([
            {"role": "user", "content": "hi"},
            {"role": "assistant", "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "one"}]},
            {"role": "tool", "content": "42"},
            {"role": "assistant", "content": "two", "reasoning_content": "so"},
        ]))
        .unwrap();
        assert_eq!(completion.text(), "two");
        assert_eq!(completion.everything(), "hm\none\nso\ntwo");
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        assert_eq!(
            Completion::from_json(json!(3)).unwrap_err().to_string(),
            "a completion is a string or a list of messages, not a number"
        );
        let error = |message| Completion::from_json(json!([message])).unwrap_err().to_string();
        assert!(error(json!({"role": "model", "content": "x"})).contains("the role `model` is not known"));
        assert!(error(json!({"role": "assistant", "text": "x"})).contains("without `content`"));
        assert!(error(json!("x")).contains("not text"));
    }

    /// What the policy may have written besides its answer is no reason to lose the answer.
    #[test]
    fn other_parts_and_fields_are_passed_over() {
        let parts = json!([{"type": "tool_use", "name": "f"}, {"type": "text", "text": "x"}, {"type": "refusal"}]);
        let message = json!({"role": "assistant", "content": parts, "reasoning": {"a": 1}, "reasoning_content": "hm"});
        let completion = Completion::from_json(json!([message])).unwrap();
        assert_eq!((completion.text(), completion.everything().as_str()), ("x", "hm\nx"));
    }
}
