//! Reads Python's syntax of regular expressions into a program for the matcher.

use super::{
    case::fold,
    pattern_flags::Flags,
    pattern_program::{Assertion, Inst, LARGEST, append, either, split},
    pattern_set::{Class, Set},
};

/// Deepest nesting of groups.
const DEEPEST: usize = 100;

/// The program of a pattern, and how many groups it captures.
pub(super) fn parse(pattern: &str, flags: Flags) -> Result<(Vec<Inst>, usize), String> {
    let mut parser = Parser { rest: pattern.chars(), flags, groups: 0, names: Vec::new() };
    let explain = |why| format!("`{pattern}` is not a usable regular expression: {why}");
    let mut program = parser.alternatives(0).map_err(explain)?;
    if parser.rest.next().is_some() {
        return Err(explain("`)` closes no group".into()));
    }
    program.push(Inst::Match);
    Ok((program, parser.groups))
}

struct Parser<'a> {
    rest: core::str::Chars<'a>,
    flags: Flags,
    groups: usize,
    names: Vec<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn eat(&mut self, text: &str) -> bool {
        let Some(rest) = self.rest.as_str().strip_prefix(text) else { return false };
        self.rest = rest.chars();
        true
    }

    fn alternatives(&mut self, depth: usize) -> Result<Vec<Inst>, String> {
        if depth > DEEPEST {
            return Err(format!("groups are nested more than {DEEPEST} deep"));
        }
        let mut branches = vec![self.sequence(depth)?];
        while self.eat("|") {
            branches.push(self.sequence(depth)?);
        }
        let mut program = branches.pop().unwrap_or_default();
        while let Some(branch) = branches.pop() {
            program = either(&branch, &program)?;
        }
        Ok(program)
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Inst>, String> {
        let mut program = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let item = self.item(depth)?;
            let item = self.repeated(item, c == '(')?;
            append(&mut program, &item)?;
        }
        Ok(program)
    }

    /// One item; `None` for what matches nothing and cannot be repeated: comments and flags.
    fn item(&mut self, depth: usize) -> Result<Option<Vec<Inst>>, String> {
        let Some(c) = self.rest.next() else { return Ok(None) };
        let inst = match c {
            '.' => Inst::NotNewline,
            '^' => Inst::Assert(if self.flags.multiline { Assertion::LineStart } else { Assertion::Start }),
            '$' => Inst::Assert(if self.flags.multiline { Assertion::LineEnd } else { Assertion::EndOrLastNewline }),
            '(' => return self.group(depth),
            '[' => Inst::Set(Box::new(self.set()?)),
            '\\' => self.escape()?,
            '*' | '+' | '?' => return Err(format!("nothing to repeat before `{c}`")),
            '{' if count(self.rest.as_str()).is_some() => return Err("nothing to repeat before `{`".into()),
            c => self.char(c),
        };
        Ok(Some(vec![inst]))
    }

    fn char(&self, c: char) -> Inst {
        if self.flags.ignore_case { Inst::Folded(fold(c)) } else { Inst::Char(c) }
    }

    fn group(&mut self, depth: usize) -> Result<Option<Vec<Inst>>, String> {
        if self.eat("?#") {
            let Some((_, rest)) = self.rest.as_str().split_once(')') else {
                return Err("a comment is not closed".into());
            };
            self.rest = rest.chars();
            return Ok(None);
        }
        if self.eat("?i)") {
            // Only at the very start in Python; every pattern with this flag here ignores case throughout.
            return if self.flags.ignore_case { Ok(None) } else { Err("flags are not supported".into()) };
        }
        if self.eat("?P<") {
            let Some((name, rest)) = self.rest.as_str().split_once('>') else {
                return Err("a group's name is not closed".into());
            };
            if name.is_empty()
                || name.starts_with(|c: char| c.is_numeric())
                || !name.chars().all(super::python::is_word)
            {
                return Err(format!("`{name}` is not a name for a group"));
            }
            if self.names.iter().any(|known| known == name) {
                return Err(format!("two groups are named `{name}`"));
            }
            self.names.push(name.to_owned());
            self.rest = rest.chars();
            self.groups += 1;
        } else if self.eat("?:") {
        } else if self.eat("?=") || self.eat("?!") || self.eat("?<=") || self.eat("?<!") {
            return Err("look-around is not supported".into());
        } else if self.eat("?>") {
            return Err("atomic groups are not supported".into());
        } else if self.eat("?P=") {
            return Err("back references are not supported".into());
        } else if self.eat("?(") {
            return Err("conditional groups are not supported".into());
        } else if self.eat("?") {
            return Err("flags are not supported".into());
        } else {
            self.groups += 1;
        }
        let body = self.alternatives(depth + 1)?;
        if !self.eat(")") {
            return Err("a group is not closed".into());
        }
        Ok(Some(body))
    }

    fn repeated(&mut self, item: Option<Vec<Inst>>, group: bool) -> Result<Vec<Inst>, String> {
        let Some((least, most)) = self.quantifier()? else { return Ok(item.unwrap_or_default()) };
        let Some(item) = item else { return Err("nothing to repeat".into()) };
        let condition = !group && matches!(item[..], [Inst::Assert(_)]);
        if condition {
            // Python repeats a condition only inside a group.
            return Err("nothing to repeat".into());
        }
        let lazy = self.eat("?");
        let possessive = !lazy && self.eat("+");
        let next = self.rest.clone().as_str();
        if next.starts_with(['*', '+', '?']) || next.starts_with('{') && count(&next[1..]).is_some() {
            return Err("a repeat of a repeat needs a group".into());
        }
        let mut program = Vec::new();
        for _ in 0..least {
            append(&mut program, &item)?;
        }
        match most {
            None => {
                let mut turn = vec![split(1, item.len() + 2, lazy)];
                append(&mut turn, &item)?;
                turn.push(Inst::Jump(0));
                append(&mut program, &turn)?;
            }
            Some(most) => {
                // Every turn may leave for the end, so the turns need not be nested.
                let turns = most.saturating_sub(least);
                let length = turns.saturating_mul(item.len() + 1);
                let mut optional = Vec::new();
                for _ in 0..turns {
                    let at = optional.len();
                    append(&mut optional, &[split(1, length - at, lazy)])?;
                    append(&mut optional, &item)?;
                }
                append(&mut program, &optional)?;
            }
        }
        if possessive {
            match (&item[..], most) {
                ([one @ (Inst::Char(_) | Inst::Folded(_) | Inst::NotNewline | Inst::Set(_))], None) => {
                    program.push(Inst::NotNext(Box::new(one.clone())));
                }
                // With nothing behind it, giving characters back could change nothing.
                _ if self.peek().is_none() => {}
                _ => return Err("this possessive repeat is not supported".into()),
            }
        }
        Ok(program)
    }

    /// A quantifier's bounds; `{` that begins none is an ordinary character.
    fn quantifier(&mut self) -> Result<Option<(usize, Option<usize>)>, String> {
        if self.eat("*") {
            return Ok(Some((0, None)));
        } else if self.eat("+") {
            return Ok(Some((1, None)));
        } else if self.eat("?") {
            return Ok(Some((0, Some(1))));
        }
        let Some(rest) = self.rest.as_str().strip_prefix('{') else { return Ok(None) };
        let Some((least, most, length)) = count(rest) else { return Ok(None) };
        self.rest = rest[length..].chars();
        if most.is_some_and(|most| most < least) {
            return Err("a repeat's smallest count is above its largest".into());
        }
        if least > LARGEST || most.is_some_and(|most| most > LARGEST) {
            return Err("the pattern is too large".into());
        }
        Ok(Some((least, most)))
    }

    fn escape(&mut self) -> Result<Inst, String> {
        let Some(c) = self.rest.next() else { return Err(r"`\` at the end".into()) };
        Ok(match c {
            'A' => Inst::Assert(Assertion::Start),
            'Z' => Inst::Assert(Assertion::End),
            'b' => Inst::Assert(Assertion::Boundary),
            'B' => Inst::Assert(Assertion::NoBoundary),
            '1'..='9' => {
                let octal = self.rest.as_str().as_bytes();
                let digit = |at: usize| octal.get(at).is_some_and(|c| (b'0'..=b'7').contains(c));
                if !(c <= '7' && digit(0) && digit(1)) {
                    return Err("back references are not supported".into());
                }
                let code = self.octal(c, 2)?;
                self.char(code)
            }
            c => match class(c) {
                Some(class) => Inst::Set(Box::new(Set { classes: vec![class], ..Set::default() })),
                None => {
                    let c = self.character(c)?;
                    self.char(c)
                }
            },
        })
    }

    /// The character an escape stands for, inside and outside sets.
    fn character(&mut self, c: char) -> Result<char, String> {
        Ok(match c {
            'a' => '\u{7}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => self.hex(2)?,
            'u' => self.hex(4)?,
            'U' => self.hex(8)?,
            '0' => self.octal('0', 2)?,
            c if c.is_ascii_alphanumeric() => return Err(format!(r"\{c} has no meaning")),
            c => c,
        })
    }

    fn hex(&mut self, digits: usize) -> Result<char, String> {
        let text = self.rest.as_str().get(..digits).unwrap_or_default();
        let code = text.bytes().all(|c| c.is_ascii_hexdigit()).then(|| u32::from_str_radix(text, 16).ok()).flatten();
        let c = code.and_then(char::from_u32).ok_or("a character escape is not complete")?;
        self.rest = self.rest.as_str()[digits..].chars();
        Ok(c)
    }

    fn octal(&mut self, first: char, further: usize) -> Result<char, String> {
        let mut code = first.to_digit(8).unwrap_or_default();
        for _ in 0..further {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            code = code * 8 + digit;
            self.rest.next();
        }
        if code > 0o377 {
            return Err("an octal escape is above 377".into());
        }
        char::from_u32(code).ok_or_else(|| "a character escape is not complete".into())
    }

    fn set(&mut self) -> Result<Set, String> {
        let mut set = Set { negated: self.eat("^"), ignore_case: self.flags.ignore_case, ..Set::default() };
        let open = || "a set is not closed".to_owned();
        let mut first = true;
        loop {
            let c = self.rest.next().ok_or_else(open)?;
            if c == ']' && !first {
                return Ok(set);
            }
            first = false;
            let Some(low) = self.member(c, &mut set)? else { continue };
            let rest = self.rest.as_str();
            if !rest.starts_with('-') || rest.starts_with("-]") {
                set.add(low, low);
                continue;
            }
            self.rest.next();
            let c = self.rest.next().ok_or_else(open)?;
            let high = self.member(c, &mut set)?.ok_or("a range ends in a class")?;
            if high < low {
                return Err(format!("the range {low}-{high} is empty"));
            }
            set.add(low, high);
        }
    }

    /// One member of a set; a class is added at once.
    fn member(&mut self, c: char, set: &mut Set) -> Result<Option<char>, String> {
        if c != '\\' {
            return Ok(Some(c));
        }
        let c = self.rest.next().ok_or("a set is not closed")?;
        match (class(c), c) {
            (Some(class), _) => {
                if self.rest.as_str().starts_with('-') && !self.rest.as_str().starts_with("-]") {
                    return Err("a range begins with a class".into());
                }
                set.classes.push(class);
                Ok(None)
            }
            (None, 'b') => Ok(Some('\u{8}')),
            (None, '1'..='7') => self.octal(c, 2).map(Some),
            (None, c) => self.character(c).map(Some),
        }
    }
}

fn class(c: char) -> Option<(Class, bool)> {
    Some(match c {
        'w' => (Class::Word, false),
        'W' => (Class::Word, true),
        'd' => (Class::Digit, false),
        'D' => (Class::Digit, true),
        's' => (Class::Space, false),
        'S' => (Class::Space, true),
        _ => return None,
    })
}

/// Reads `m}`, `m,}`, `,n}` or `m,n}`; answers the bounds and the length read.
fn count(text: &str) -> Option<(usize, Option<usize>, usize)> {
    let inside = text.split_once('}')?.0;
    let number = |digits: &str, empty| match digits {
        "" => Some(empty),
        digits if digits.bytes().all(|c| c.is_ascii_digit()) => Some(digits.parse().ok().unwrap_or(usize::MAX)),
        _ => None,
    };
    let (least, most) = match inside.split_once(',') {
        None if inside.is_empty() => return None,
        None => (number(inside, 0)?, Some(number(inside, 0)?)),
        Some((least, "")) => (number(least, 0)?, None),
        Some((least, most)) => (number(least, 0)?, Some(number(most, 0)?)),
    };
    Some((least, most, inside.len() + 1))
}
