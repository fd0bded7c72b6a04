//! A scanner for YAML and JSON, the two languages of records: a thousand times as many blocks as all others together, and
//! two hundred times as fast as a grammar. It colours; it does not judge: a broken text is coloured as far as it goes, and
//! no character is ever lost or changed.

/// Gives each stretch of a text its class, in order; the stretches together are the text.
pub(super) fn scan<'a>(text: &'a str, mut push: impl FnMut(&'static str, &'a str)) {
    let mut scanner = Scanner { text, at: 0, depth: 0, fresh: true };
    while scanner.at < text.len() {
        let start = scanner.at;
        let class = scanner.next();
        push(class, &text[start..scanner.at]);
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// How many `[` and `{` are open.
    depth: usize,
    /// Whether white space (or nothing) stands before this place, so that a comment or a dash can begin.
    fresh: bool,
}

impl Scanner<'_> {
    fn next(&mut self) -> &'static str {
        let rest = &self.text[self.at..];
        let first = rest.chars().next().unwrap_or_default();
        let fresh = std::mem::replace(&mut self.fresh, false);
        match first {
            c if c.is_whitespace() => {
                self.fresh = true;
                self.take(rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()), "")
            }
            '#' if fresh => self.take(line_end(rest), "hl-c"),
            '"' | '\'' => {
                let end = quoted_end(rest, first);
                let key = rest[end..].trim_start_matches([' ', '\t']).starts_with(':');
                self.take(end, if key { "hl-k" } else { "hl-s" })
            }
            '[' | '{' => {
                (self.depth, self.fresh) = (self.depth + 1, true);
                self.take(1, "")
            }
            ']' | '}' => {
                self.depth = self.depth.saturating_sub(1);
                self.take(1, "")
            }
            ',' | ':' => {
                self.fresh = true;
                self.take(1, "")
            }
            '-' | '?' if fresh && rest[1..].starts_with([' ', '\n', '\r']) => self.take(1, ""),
            '|' | '>' if fresh && self.depth == 0 => {
                let end = self.block_end(rest);
                self.take(end, "")
            }
            '&' | '*' | '!' if fresh => self.take(rest.find(char::is_whitespace).unwrap_or(rest.len()), "hl-t"),
            _ => {
                let end = plain_end(rest, self.depth > 0);
                let key = rest[end..].starts_with(':');
                let word = rest[..end].trim_end();
                self.take(word.len().max(first.len_utf8()), if key { "hl-k" } else { plain_class(word) })
            }
        }
    }

    fn take(&mut self, length: usize, class: &'static str) -> &'static str {
        self.at += length;
        class
    }

    /// The end of a block text (`|`, `>`): every following line that is empty or further in than the line it begins on.
    fn block_end(&self, rest: &str) -> usize {
        let line_start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let outer = indent(&self.text[line_start..]);
        let mut end = line_end(rest);
        for line in rest[end..].split_inclusive('\n') {
            if !line.trim().is_empty() && indent(line) <= outer {
                break;
            }
            end += line.len();
        }
        end
    }
}

fn line_end(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}

/// The end of a quoted text: the closing quote, or the end of everything.
fn quoted_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            return at + 1;
        }
    }
    text.len()
}

/// The end of a plain text: the line's end, a comment, the colon of a key, or (in brackets) a sign of the list.
fn plain_end(text: &str, in_brackets: bool) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| match bytes[at] {
        b'\n' => true,
        b'#' => at > 0 && bytes[at - 1].is_ascii_whitespace(),
        b':' => bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace() || (in_brackets && b",[]{}".contains(next))),
        b',' | b'[' | b']' | b'{' | b'}' => in_brackets,
        _ => false,
    };
    (0..bytes.len()).find(|&at| ends(at)).unwrap_or(bytes.len())
}

fn plain_class(word: &str) -> &'static str {
    match word {
        "true" | "false" | "null" | "~" | "True" | "False" | "yes" | "no" => "hl-l",
        _ => {
            let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
            let number = digits.starts_with(|c: char| c.is_ascii_digit())
                && digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+_".contains(&byte));
            if number { "hl-n" } else { "" }
        }
    }
}
