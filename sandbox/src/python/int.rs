//! Integers of any size.

/// An integer: signed, little-endian, in as few bytes as it needs; zero has none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Int(Vec<u8>);

impl Int {
    /// From signed little-endian bytes, of which there may be more than needed.
    #[must_use]
    pub fn from_le_bytes(bytes: &[u8]) -> Self {
        let mut bytes = bytes;
        // The last byte says nothing when it only repeats the sign of the one before.
        while let [rest @ .., last] = bytes {
            let negative = rest.last().is_some_and(|before| before & 0x80 != 0);
            if *last != if negative { 0xff } else { 0 } {
                break;
            }
            bytes = rest;
        }
        Self(bytes.to_vec())
    }

    /// Signed, little-endian, as few as possible.
    #[must_use]
    pub fn as_le_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The value, if it fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        let negative = self.0.last().is_some_and(|last| last & 0x80 != 0);
        let mut bytes = [if negative { 0xff } else { 0 }; 8];
        bytes.get_mut(..self.0.len())?.copy_from_slice(&self.0);
        Some(i64::from_le_bytes(bytes))
    }
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self::from_le_bytes(&value.to_le_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_integer_has_one_form() {
        for value in [0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, i64::MAX, i64::MIN] {
            let int = Int::from(value);
            assert_eq!(int.to_i64(), Some(value));
            let padded = [int.as_le_bytes(), &[if value < 0 { 0xff } else { 0 }; 3]].concat();
            assert_eq!(Int::from_le_bytes(&padded), int, "{value}");
        }
        assert_eq!(Int::from(0).as_le_bytes(), [0; 0]);
        assert_eq!(Int::from(-1).as_le_bytes(), [0xff]);
        assert_eq!(Int::from(128).as_le_bytes(), [0x80, 0]);
        assert_eq!(Int::from_le_bytes(&[0, 0, 0, 0, 0, 0, 0, 0, 1]).to_i64(), None);
    }
}
