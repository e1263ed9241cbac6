//! Patterns as JSON Schema means them: ECMA-262 with its flag `u`. The `regex` crate reads some of the same signs in
//! another way (`\d` as any digit of Unicode, `[[a]]` as a class within a class), so a pattern is written anew for it.

/// A pattern of ECMA-262 in the syntax of the `regex` crate. Look-around and backreferences stay as they are, for the
/// crate to refuse.
///
/// # Errors
/// What ECMA-262 gives no meaning to.
pub(super) fn translate(pattern: &str) -> Result<String, String> {
    let mut translation = Translation { rest: pattern, out: String::new() };
    while let Some(c) = translation.next() {
        match c {
            '.' => translation.out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '[' => translation.class()?,
            '(' => translation.group()?,
            '\\' => translation.escaped()?,
            '*' | '+' | '?' | '{' => translation.repeat(c)?,
            ']' | '}' => return Err(format!("`{c}` closes nothing; write `\\{c}` for the character")),
            '^' | '$' | '|' | ')' => translation.out.push(c),
            c => translation.push(c),
        }
    }
    Ok(translation.out)
}

struct Translation<'p> {
    rest: &'p str,
    out: String,
}

/// What one sign, or one escape, stands for.
enum Atom {
    Char(char),
    /// Several characters, as a class of the `regex` crate.
    Set(String),
}

impl<'p> Translation<'p> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// What stands before `end`, and steps over both.
    fn until(&mut self, end: char) -> Option<&'p str> {
        let (inside, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(inside)
    }

    /// A character that stands for itself, in a class or outside.
    fn push(&mut self, c: char) {
        if c.is_ascii() && !c.is_ascii_alphanumeric() {
            self.out.push_str(&format!("\\x{:02X}", u32::from(c)));
        } else {
            self.out.push(c);
        }
    }

    fn push_atom(&mut self, atom: Atom) {
        match atom {
            Atom::Char(c) => self.push(c),
            Atom::Set(set) => self.out.push_str(&set),
        }
    }

    /// After `(`.
    fn group(&mut self) -> Result<(), String> {
        self.out.push('(');
        // `(?i` is not ECMA-262's, but means the same wherever it is known.
        let known = ["?:", "?i)", "?i:", "?=", "?!", "?<=", "?<!"];
        if let Some(opening) = known.into_iter().find(|opening| self.eat(opening)) {
            self.out.push_str(opening);
            return Ok(());
        }
        // Nothing asks for a group by its name.
        let name = if self.eat("?<") { self.until('>') } else { None };
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        match name.map_or(!self.rest.starts_with('?'), is_name) {
            true => Ok(()),
            false => Err("of groups that start with `(?`, only `(?:`, `(?<name>` and `(?i)` are understood".into()),
        }
    }

    /// After the first character of a repetition.
    fn repeat(&mut self, first: char) -> Result<(), String> {
        self.out.push(first);
        if first == '{' {
            let count = self.until('}').unwrap_or_default();
            let (min, max) = count.split_once(',').unwrap_or((count, ""));
            if min.is_empty() || !(min.to_owned() + max).bytes().all(|byte| byte.is_ascii_digit()) {
                return Err("`{` starts no count such as {2}, {2,} or {2,3}; write `\\{` for the character".into());
            }
            self.out.push_str(count);
            self.out.push('}');
        }
        if self.eat("?") {
            self.out.push('?');
        }
        match self.rest.starts_with(['*', '+', '?', '{']) {
            true => Err("a repetition is itself repeated".into()),
            false => Ok(()),
        }
    }

    /// After `[`.
    fn class(&mut self) -> Result<(), String> {
        self.out.push('[');
        if self.eat("^") {
            self.out.push('^');
        }
        if self.rest.starts_with(']') {
            // Empty, which a class of the crate can only be in this way.
            self.out.push_str("[a&&b]");
        }
        while !self.eat("]") {
            let low = self.member()?;
            if self.rest.starts_with("-]") || !self.eat("-") {
                self.push_atom(low);
                continue;
            }
            let (Atom::Char(low), Atom::Char(high)) = (low, self.member()?) else {
                return Err(
                    "a range in a character class needs a character at both ends; write `\\-` for a hyphen".into()
                );
            };
            self.push(low);
            self.out.push('-');
            self.push(high);
        }
        self.out.push(']');
        Ok(())
    }

    /// One sign or escape in a class.
    fn member(&mut self) -> Result<Atom, String> {
        match self.next() {
            None => Err("unclosed character class".into()),
            // Backspace in a class, and a boundary of words elsewhere.
            Some('\\') if self.eat("b") => Ok(Atom::Char('\u{8}')),
            Some('\\') => self.escape(),
            Some(c) => Ok(Atom::Char(c)),
        }
    }

    /// After `\` outside of classes.
    fn escaped(&mut self) -> Result<(), String> {
        match self.rest.chars().next() {
            Some(c @ ('b' | 'B')) => self.out.push_str(&format!("(?-u:\\{c})")),
            Some(c @ '1'..='9') => self.out.push_str(&format!("\\{c}")),
            _ => {
                let atom = self.escape()?;
                self.push_atom(atom);
                return Ok(());
            }
        }
        self.next();
        Ok(())
    }

    /// After `\`, what means the same in a class and outside.
    fn escape(&mut self) -> Result<Atom, String> {
        let c = self.next().ok_or("it ends in `\\`")?;
        let set = match c {
            'd' => "[0-9]",
            'D' => "[^0-9]",
            'w' => "[0-9A-Za-z_]",
            'W' => "[^0-9A-Za-z_]",
            's' => r"[\t\n\v\f\r\u{FEFF}\u{2028}\u{2029}\p{Zs}]",
            'S' => r"[^\t\n\v\f\r\u{FEFF}\u{2028}\u{2029}\p{Zs}]",
            'p' | 'P' => return self.property(c),
            _ => return self.character(c).map(Atom::Char).ok_or_else(|| format!("unknown escape `\\{c}`")),
        };
        Ok(Atom::Set(set.into()))
    }

    /// After `\p` or `\P`.
    fn property(&mut self, p: char) -> Result<Atom, String> {
        let name = if self.eat("{") { self.until('}') } else { None };
        match name.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '='))) {
            Some(name) => Ok(Atom::Set(format!("\\{p}{{{name}}}"))),
            None => Err(format!("`\\{p}` needs a property of Unicode, such as \\{p}{{L}}")),
        }
    }

    /// The character that `\` and `c` stand for.
    fn character(&mut self, c: char) -> Option<char> {
        match c {
            't' => Some('\t'),
            'n' => Some('\n'),
            'v' => Some('\u{B}'),
            'f' => Some('\u{C}'),
            'r' => Some('\r'),
            '0' => (!self.rest.starts_with(|c: char| c.is_ascii_digit())).then_some('\0'),
            'c' => self.next().filter(char::is_ascii_alphabetic).map(|c| char::from(c as u8 % 32)),
            'x' => char::from_u32(self.hex(2)?),
            'u' if self.eat("{") => char::from_u32(hex(self.until('}')?)?),
            'u' => match self.hex(4)? {
                // Two halves of one character.
                high @ 0xD800..=0xDBFF if self.eat("\\u") => match self.hex(4)? {
                    low @ 0xDC00..=0xDFFF => char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)),
                    _ => None,
                },
                code => char::from_u32(code),
            },
            // Strictly only what has a meaning of its own, but before any other sign `\` changes nothing anywhere.
            c => c.is_ascii_punctuation().then_some(c),
        }
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let (text, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        hex(text)
    }
}

fn hex(digits: &str) -> Option<u32> {
    // `from_str_radix` would take a sign.
    u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use crate::general::pattern;

    fn compile(pattern: &str) -> Result<crate::general::matcher::Matcher, String> {
        pattern::compile_translated("pattern", pattern, false, super::translate)
    }

    #[test]
    fn means_what_ecma_262_says() {
        for (pattern, yes, no) in [
            (r"^\d$", "7", "\u{7C0}"),
            (r"^\D$", "\u{7C0}", "7"),
            (r"^\w$", "_", "é"),
            (r"^\W$", "é", "_"),
            (r"^\s$", "\u{FEFF}", "\u{85}"),
            (r"^\S$", "\u{85}", "\u{A0}"),
            (r"\bcole", "école", "ecole"),
            (r"\Bcole", "ecole", "école"),
            (r"^é\B", "éé", "éa"),
            ("^.$", "🦉", "\r"),
            ("^.$", "\u{85}", "\u{2028}"),
            ("^a$", "a", "a\n"),
            ("^[[a]$", "[", "b"),
            ("^[a&&b]$", "&", "c"),
            ("^[+--]$", ",", "/"),
            ("^[~~a]$", "~", "b"),
            (r"^[\w.-]+$", "a.b-c", "a b"),
            (r"^[^\d\n]$", "a", "7"),
            (r"^[\b]$", "\u{8}", "b"),
            ("^[^]$", "\n", ""),
            (r"^\cC\x41\u0042\u{43}\ud83e\udd89\0$", "\u{3}ABC🦉\0", "ABC"),
            (r"^\<\/\-$", "</-", "/-"),
            (r"^\p{Lu}\P{Script=Greek}[\p{L}]$", "Éab", "éab"),
            ("^(?:a|(?<year>b)){2,3}?$", "ab", "a"),
            ("^(?i)É$", "é", "e"),
            ("^ #$", " #", "#"),
        ] {
            let regex = compile(pattern).expect(pattern);
            assert!(regex.is_match(yes), "{pattern} must match {yes:?}");
            assert!(!regex.is_match(no), "{pattern} must not match {no:?}");
        }
        assert!(!compile("[]").expect("an empty class").is_match("a"));
    }

    #[test]
    fn refuses_what_ecma_262_does_not_know() {
        for (pattern, why) in [
            (r"^\Aa\z", r"unknown escape `\A`"),
            (r"\a", "unknown escape"),
            (r"\x{41}", "unknown escape"),
            (r"\u+041", "unknown escape"),
            (r"\ud83e", "unknown escape"),
            (r"\p{^L}", "property"),
            (r"\pL", "property"),
            (r"(?x)a b", "(?:"),
            (r"(?P<a>b)", "(?:"),
            ("(?<a.b>c)", "(?:"),
            ("(?<a", "unclosed"),
            ("a{,5}", "no count"),
            ("{a}", "no count"),
            ("a**", "repeated"),
            ("a{2}{3}", "repeated"),
            ("[[:alpha:]]", "closes nothing"),
            ("a}", "closes nothing"),
            (r"[\w-.]", "both ends"),
            (r"[+-\d]", "both ends"),
            ("[z-a]", "range"),
            ("[a", "unclosed"),
            ("a\\", "ends in"),
            ("(?<=a)b", "look-around"),
            ("(?!a)b", "look-around"),
            (r"(a)\1", "backreferences"),
        ] {
            let refusal = compile(pattern).err().unwrap_or_default();
            assert!(refusal.contains(why), "{pattern}: {refusal}");
        }
    }
}
