//! Bytes of the guest to values. Total: a program that got hold of the channel can write anything, and whatever it writes
//! is a value within the budgets or an error. `sandbox/python-guest/plain.py` describes the format.

use super::{DEPTH, NODES, Value, int::Int, text::Text};

/// Levels a report adds around what it carries.
const REPORT_DEPTH: usize = 2;

/// Reads one value that takes up all the bytes.
pub(super) fn decode(bytes: &[u8]) -> Result<Value, &'static str> {
    let mut reader = Reader { rest: bytes, nodes: NODES };
    let value = reader.value(DEPTH + REPORT_DEPTH)?;
    if reader.rest.is_empty() { Ok(value) } else { Err("bytes are left after its value") }
}

/// How many values there are, as far as the bytes can be read.
pub(super) fn count(bytes: &[u8]) -> u64 {
    let (mut rest, mut values) = (bytes, 0);
    while let Some((tag, after)) = rest.split_first() {
        let long = || {
            let (length, after) = after.split_first_chunk()?;
            after.get(u32::from_le_bytes(*length) as usize..)
        };
        let after = match tag {
            b'N' | b'T' | b'F' => Some(after),
            b'i' => after.split_first().and_then(|(length, after)| after.get(usize::from(*length)..)),
            b'I' | b's' | b'b' => long(),
            b'f' => after.get(8..),
            b'c' => after.get(16..),
            b'l' | b't' | b'S' | b'Z' | b'd' => after.get(4..),
            _ => None,
        };
        let Some(after) = after else { break };
        (rest, values) = (after, values + 1);
    }
    values
}

struct Reader<'a> {
    rest: &'a [u8],
    nodes: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, &'static str> {
        self.nodes = self.nodes.checked_sub(1).ok_or("it has too many values")?;
        Ok(match self.byte()? {
            b'N' => Value::None,
            b'T' => Value::Bool(true),
            b'F' => Value::Bool(false),
            b'i' => {
                let length = self.byte()?.into();
                Value::Int(Int::from_le_bytes(self.take(length)?))
            }
            b'I' => Value::Int(Int::from_le_bytes(self.long()?)),
            b'f' => Value::Float(self.double()?),
            b'c' => Value::Complex(self.double()?, self.double()?),
            b's' => Value::Str(Text::from_bytes(self.long()?.to_vec()).ok_or("a string is not UTF-8")?),
            b'b' => Value::Bytes(self.long()?.to_vec()),
            b'l' => Value::List(self.items(depth, Self::value)?),
            b't' => Value::Tuple(self.items(depth, Self::value)?),
            b'S' => Value::Set(self.items(depth, Self::value)?),
            b'Z' => Value::Frozenset(self.items(depth, Self::value)?),
            b'd' => Value::Dict(self.items(depth, |reader, depth| Ok((reader.value(depth)?, reader.value(depth)?)))?),
            _ => return Err("it has an unknown tag"),
        })
    }

    fn items<T>(
        &mut self,
        depth: usize,
        item: impl Fn(&mut Self, usize) -> Result<T, &'static str>,
    ) -> Result<Vec<T>, &'static str> {
        let depth = depth.checked_sub(1).ok_or("it is nested too deeply")?;
        let count = self.length()?;
        // Every item takes a byte or more, so a count above what is left is a lie, and nothing is reserved for it.
        if count > self.rest.len() {
            return Err("it ends too early");
        }
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(item(self, depth)?);
        }
        Ok(items)
    }

    fn long(&mut self) -> Result<&'a [u8], &'static str> {
        let length = self.length()?;
        self.take(length)
    }

    fn length(&mut self) -> Result<usize, &'static str> {
        let (length, rest) = self.rest.split_first_chunk().ok_or("it ends too early")?;
        self.rest = rest;
        Ok(u32::from_le_bytes(*length) as usize)
    }

    fn double(&mut self) -> Result<f64, &'static str> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or("it ends too early")?;
        self.rest = rest;
        Ok(f64::from_le_bytes(*bytes))
    }

    fn byte(&mut self) -> Result<u8, &'static str> {
        Ok(self.take(1)?[0])
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or("it ends too early")?;
        self.rest = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::encode::encode, *};

    fn nested(depth: usize) -> Value {
        (0..depth).fold(Value::None, |inner, _| Value::List(vec![inner]))
    }

    fn bytes(value: &Value) -> Vec<u8> {
        let mut bytes = Vec::new();
        encode(value, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn values_survive_the_way_there_and_back() {
        let value = Value::Tuple(vec![
            Value::None,
            true.into(),
            false.into(),
            (-3).into(),
            Value::Int(Int::from_le_bytes(&[7; 300])),
            f64::INFINITY.into(),
            Value::Complex(-0.0, 2.5),
            "naïve".into(),
            Value::Bytes(vec![0, 255]),
            vec![1, 2].into(),
            Value::Dict(vec![("a".into(), nested(20))]),
            Value::Set(vec![1.into()]),
            Value::Frozenset(vec![]),
        ]);
        let written = bytes(&value);
        // The tuple, its values, and what list, dict and set hold.
        assert_eq!(count(&written), 1 + 13 + 2 + 22 + 1);
        assert_eq!(decode(&written), Ok(value));
    }

    #[test]
    fn hostile_bytes_give_errors() {
        for (bytes, why) in [
            (&b""[..], "it ends too early"),
            (b"?", "it has an unknown tag"),
            (b"NN", "bytes are left after its value"),
            (b"i\x05\x01", "it ends too early"),
            (b"I\xff\xff\xff\xff", "it ends too early"),
            (b"l\xff\xff\xff\xffN", "it ends too early"),
            (b"f1234567", "it ends too early"),
            (b"s\x01\0\0\0\xff", "a string is not UTF-8"),
            (b"d\x01\0\0\0N", "it ends too early"),
        ] {
            assert_eq!(decode(bytes), Err(why), "{bytes:?}");
        }
        let deep = b"l\x01\0\0\0".repeat(100_000);
        assert_eq!(decode(&deep), Err("it is nested too deeply"));
        let wide = [&b"l"[..], &(NODES as u32).to_le_bytes(), &vec![b'N'; NODES]].concat();
        assert_eq!(decode(&wide), Err("it has too many values"));
    }

    #[test]
    fn every_prefix_and_every_changed_byte_is_handled() {
        let whole = bytes(&Value::Dict(vec![("key".into(), vec![1, 2, 3].into()), (1.5.into(), nested(9))]));
        for end in 0..whole.len() {
            assert!(decode(&whole[..end]).is_err());
            for byte in 0..=255 {
                let mut changed = whole.clone();
                changed[end] = byte;
                let _ = decode(&changed);
            }
        }
    }
}
