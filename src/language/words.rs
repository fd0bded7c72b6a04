//! Sentences taken apart into words, and lists of phrases to find in them.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::text::Sentence;

/// A sentence with its words.
pub struct Words {
    /// The sentence.
    pub sentence: Sentence,
    /// Its text with ASCII letters in lower case; bytes stand where they stand in the text.
    pub lower: String,
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    at: Range<usize>,
    /// Whether it is the author's own prose: no code, no address, nothing in quotation marks.
    prose: bool,
}

impl Words {
    /// Takes a sentence apart: a word is a run of letters and digits, so `state-of-the-art` is four and `don't` two.
    pub fn new(sentence: Sentence) -> Self {
        let lower = sentence.text.to_ascii_lowercase();
        let mut aside = sentence.code.clone();
        aside.extend(quotations(&lower));
        aside.extend(addresses(&lower));
        aside.sort_by_key(|aside| aside.start);
        let (mut next, mut covered) = (0, 0);
        let prose = |at: &Range<usize>| {
            while let Some(aside) = aside.get(next).filter(|aside| aside.start <= at.start) {
                covered = covered.max(aside.end);
                next += 1;
            }
            at.end > covered
        };
        let words = with_prose(cut(&lower), prose);
        Self { sentence, lower, words }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// A word in lower case; empty when there is none at that place or it is no prose.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).filter(|word| word.prose).map_or("", |word| &self.lower[word.at.clone()])
    }

    /// A word as it is written; empty where [`Words::word`] is.
    pub fn written(&self, at: usize) -> &str {
        self.words.get(at).filter(|word| word.prose).map_or("", |word| &self.sentence.text[word.at.clone()])
    }

    /// All words in lower case, those that are no prose as empty ones.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.word(at))
    }

    /// The stretch of the text, in bytes, that a stretch of words covers.
    pub fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let start = self.words.get(words.start).map_or(0, |word| word.at.start);
        let end = words.end.checked_sub(1).and_then(|last| self.words.get(last)).map_or(start, |word| word.at.end);
        start..end.max(start)
    }

    /// The prose word at a byte of the text.
    pub fn at_byte(&self, byte: usize) -> Option<usize> {
        let at = self.words.partition_point(|word| word.at.end <= byte);
        self.words.get(at).filter(|word| word.prose && word.at.start <= byte).map(|_| at)
    }

    /// Whether a stretch of the text, in bytes, holds nothing but prose.
    pub fn is_prose(&self, stretch: &Range<usize>) -> bool {
        self.words.iter().filter(|word| word.at.start < stretch.end && word.at.end > stretch.start).all(|word| word.prose)
    }

    /// The text for a message: cut where it is long.
    pub fn quote(&self) -> String {
        const LONGEST: usize = 140;
        let text = &self.sentence.text;
        if text.len() <= LONGEST {
            return text.clone();
        }
        let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let end = text[..end].rfind(' ').unwrap_or(end);
        format!("{} …", text[..end].trim_end_matches([' ', ',']))
    }
}

fn with_prose(words: impl Iterator<Item = Range<usize>>, mut prose: impl FnMut(&Range<usize>) -> bool) -> Vec<Word> {
    words.map(|at| Word { prose: prose(&at), at }).collect()
}

fn cut(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut signs = text.char_indices();
    std::iter::from_fn(move || {
        let start = signs.find(|(_, sign)| sign.is_alphanumeric())?.0;
        let end = signs.find(|(_, sign)| !sign.is_alphanumeric()).map_or(text.len(), |(at, _)| at);
        Some(start..end)
    })
}

/// What stands in double quotation marks: somebody else's words, or words that are spoken about.
fn quotations(text: &str) -> Vec<Range<usize>> {
    const MARKS: [(char, &[char]); 4] = [('"', &['"']), ('“', &['”']), ('„', &['“', '”']), ('«', &['»'])];
    let mut found = Vec::new();
    for (open, close) in MARKS.into_iter().filter(|(open, _)| text.contains(*open)) {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| from + at + open.len_utf8()) {
            let Some(end) = text[start..].find(close).map(|at| start + at) else { break };
            found.push(start..end);
            from = end + text[end..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}

/// Words with an `@` or a scheme inside.
fn addresses(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['@', ':']) && !text.contains("www.") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    for part in text.split(' ') {
        if part.contains('@') || part.contains("://") || part.starts_with("www.") {
            found.push(from..from + part.len());
        }
        from += part.len() + 1;
    }
    found
}

/// A set of words that are written one after the other.
pub fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Phrases to be found in sentences, each with what it stands for.
pub struct Lexicon<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
    /// For each first byte the lengths, as bits, of the words by which phrases begin: most words are told from it alone.
    lengths: [u64; 256],
}

fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

impl<T> Lexicon<T> {
    /// Makes a list of phrases; those without a letter or digit are left out.
    pub fn new<P: AsRef<str>>(phrases: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        let mut lengths = [0; 256];
        for (phrase, meaning) in phrases {
            let lower = phrase.as_ref().to_ascii_lowercase();
            let mut words = cut(&lower).map(|at| lower[at].to_owned());
            if let Some(first) = words.next() {
                lengths[usize::from(first.as_bytes()[0])] |= length_bit(&first);
                by_first.entry(first).or_default().push((words.collect(), meaning));
            }
        }
        Self { by_first, lengths }
    }

    /// The longest phrase that begins with a word: the words it covers and what it stands for.
    pub fn at(&self, words: &Words, at: usize) -> Option<(Range<usize>, &T)> {
        let word = words.word(at);
        let first = *word.as_bytes().first()?;
        if self.lengths[usize::from(first)] & length_bit(word) == 0 {
            return None;
        }
        let phrases = self.by_first.get(word)?;
        let fits = |rest: &[String]| rest.iter().enumerate().all(|(step, word)| words.word(at + 1 + step) == word);
        let longest = phrases.iter().filter(|(rest, _)| fits(rest)).max_by_key(|(rest, _)| rest.len());
        longest.map(|(rest, meaning)| (at..at + 1 + rest.len(), meaning))
    }

    /// Every phrase in a sentence, from the left, the longest at each place, none inside another.
    pub fn all(&self, words: &Words) -> Vec<(Range<usize>, &T)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.at(words, at) {
                Some((range, meaning)) => {
                    at = range.end;
                    found.push((range, meaning));
                }
                None => at += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentences;

    fn words(text: &str) -> Words {
        Words::new(sentences(text).remove(0))
    }

    #[test]
    fn only_the_authors_own_prose_has_words() {
        let read = words("We call it “appropriate”, \"timely\" or `robust`; write to a@robust.example, don't wait.");
        let said: Vec<&str> = read.iter().filter(|word| !word.is_empty()).collect();
        assert_eq!(said, ["we", "call", "it", "or", "write", "to", "don", "t", "wait"]);
        assert_eq!(words("An odd \" is timely").iter().last(), Some("timely"));
    }

    #[test]
    fn the_longest_phrase_wins_and_hyphens_are_spaces() {
        let lexicon = Lexicon::new([("state of the art", 1), ("state", 2), ("as needed", 3), ("!", 4)]);
        let read = words("State-of-the-art state, as needed");
        let found: Vec<(&str, i32)> =
            lexicon.all(&read).into_iter().map(|(range, meaning)| (&read.lower[read.bytes(range)], *meaning)).collect();
        assert_eq!(found, [("state-of-the-art", 1), ("state", 2), ("as needed", 3)]);
    }
}
