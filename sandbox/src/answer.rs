//! The verdict a checker writes (ABI version 1): a tag byte, the score as a little-endian `f64`, the length of the public
//! reason as a little-endian `u32`, the public reason, and the private reason in what is left; both UTF-8.

use crate::Stop;

/// What the checker decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Not met.
    Failed,
    /// Met.
    Passed,
    /// The parameters or the prompt cannot be judged.
    Refused,
}

/// A decoded verdict. Nothing in it is trusted further than its form.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The decision.
    pub tag: Tag,
    /// Share of the cases met, in [0, 1).
    pub score: f64,
    /// Reason for anybody to see.
    pub public: String,
    /// Reason for the spec's author.
    pub private: String,
}

impl Answer {
    /// Longest reason kept, in bytes: a checker may quote the completion, and a log must not grow with it.
    const LONGEST_REASON: usize = 2000;

    /// Reads a verdict.
    ///
    /// # Errors
    /// [`Stop::Protocol`] naming what is wrong with the bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Stop> {
        let broken = |what: &str| Stop::Protocol(format!("a verdict of {} bytes {what}", bytes.len()));
        let (tag, rest) = bytes.split_first().ok_or_else(|| broken("has no tag"))?;
        let tag = match tag {
            0 => Tag::Failed,
            1 => Tag::Passed,
            2 => Tag::Refused,
            _ => return Err(broken(&format!("has the unknown tag {tag}"))),
        };
        let (score, rest) = rest.split_first_chunk().ok_or_else(|| broken("has no score"))?;
        let score = f64::from_le_bytes(*score);
        let sensible = match tag {
            Tag::Failed => (0.0..1.0).contains(&score),
            Tag::Passed | Tag::Refused => true,
        };
        if !sensible {
            return Err(broken(&format!("fails with the score {score}, which must be at least 0 and below 1")));
        }
        let (length, rest) = rest.split_first_chunk().ok_or_else(|| broken("has no reason"))?;
        let (public, private) = rest
            .split_at_checked(u32::from_le_bytes(*length) as usize)
            .ok_or_else(|| broken("ends inside its public reason"))?;
        let text = |bytes: &[u8], which: &str| match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text[..text.floor_char_boundary(Self::LONGEST_REASON)].to_owned()),
            Err(_) => Err(broken(&format!("has a {which} reason that is not UTF-8"))),
        };
        Ok(Self { tag, score, public: text(public, "public")?, private: text(private, "private")? })
    }
}
