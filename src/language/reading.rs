//! The programme's texts as they are read here: sentences in sections, and the places to point to.

use std::{ops::Range, sync::OnceLock};

use super::{
    promise::{Promise, promises},
    words::Words,
};
use crate::{
    diag::Subject,
    model::{Control, ControlStatus, Document, DocumentStatus},
    source::{Place, Source, Span},
    text::{BlockKind, Sentence, sentences},
};

/// What a text is.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// A policy, a procedure or a part of the system description.
    Document(&'a Document),
    /// A control: its title and its description.
    Control(&'a Control),
    /// A sentence written for the public page.
    Public,
    /// Addresses, one a sentence.
    Addresses,
}

/// One text.
pub struct Reading<'a> {
    /// What it is.
    pub of: Of<'a>,
    /// What findings about it are about.
    pub subject: Subject,
    /// Whether it binds already: an approved document, a control in place.
    pub settled: bool,
    /// Its sentences, without quotations: those are somebody else's words, or a note to the author.
    pub sentences: Vec<Words>,
    /// Its sections, in order; every sentence lies in one.
    pub sections: Vec<Section>,
    places: Places,
    promises: OnceLock<Vec<Promise>>,
}

/// A heading and what stands below it, up to the next heading.
#[derive(Debug)]
pub struct Section {
    /// The heading's sentence; `None` above the first one.
    pub heading: Option<usize>,
    /// The section whose heading stands above this one's.
    pub parent: Option<usize>,
    /// The sentences, the heading included.
    pub sentences: Range<usize>,
    level: u8,
}

enum Places {
    /// A document: the place of its text's beginning, and the text.
    Text(Place, Source),
    /// A record as a whole.
    Record(Place),
    /// A record a sentence.
    Each(Vec<Place>),
}

impl<'a> Reading<'a> {
    fn new(of: Of<'a>, subject: Subject, settled: bool, sentences: Vec<Sentence>, places: Places) -> Self {
        let sentences: Vec<Words> = sentences.into_iter().filter(|sentence| sentence.block != BlockKind::Quote).map(Words::new).collect();
        let sections = sections(&sentences);
        Self { of, subject, settled, sentences, sections, places, promises: OnceLock::new() }
    }

    /// Reads a document.
    pub fn document(document: &'a Document) -> Self {
        let settled = document.status == DocumentStatus::Approved;
        let place = Place { line: document.text.line, ..Place::file(&document.text.path) };
        let subject = Subject::Document(document.id.clone());
        let source = Source::new(place.path.clone(), document.body.clone());
        Self::new(Of::Document(document), subject, settled, sentences(&document.body), Places::Text(place, source))
    }

    /// Reads a control: its title, then its description.
    pub fn control(control: &'a Control) -> Self {
        let mut texts = vec![Sentence::plain(&control.title)];
        texts.extend(sentences(&control.description));
        let settled = control.status == ControlStatus::InPlace;
        Self::new(Of::Control(control), Subject::Control(control.id.clone()), settled, texts, Places::Record(control.origin.place()))
    }

    /// Reads Markdown that is written for the public page.
    pub fn public(subject: Subject, settled: bool, text: &str, place: Place) -> Self {
        Self::new(Of::Public, subject, settled, sentences(text), Places::Record(place))
    }

    /// Reads addresses, each with its place.
    pub fn addresses(settled: bool, listed: Vec<(&str, Place)>) -> Self {
        let (texts, places) = listed.into_iter().map(|(address, place)| (Sentence::plain(address), place)).unzip();
        Self::new(Of::Addresses, Subject::Programme, settled, texts, Places::Each(places))
    }

    /// The place of a stretch of a sentence; `None`: of the text as a whole.
    pub fn place(&self, at: Option<(usize, Range<usize>)>) -> Place {
        match (&self.places, at) {
            (Places::Record(place), _) | (Places::Text(place, _), None) => place.clone(),
            (Places::Each(places), at) => places[at.map_or(0, |(sentence, _)| sentence)].clone(),
            (Places::Text(beginning, source), Some((sentence, stretch))) => {
                let Range { start, end } = self.sentences[sentence].sentence.in_source(stretch);
                let place = source.place(Span { start, end });
                Place { line: place.line + beginning.line.saturating_sub(1), ..place }
            }
        }
    }

    /// The promises in it; they are looked for once.
    pub fn promises(&self) -> &[Promise] {
        self.promises.get_or_init(|| promises(self))
    }

    /// The section of a sentence.
    pub fn section_of(&self, sentence: usize) -> usize {
        self.sections.partition_point(|section| section.sentences.end <= sentence)
    }

    /// What somebody who reads a sentence has in mind: its section, or of a long one what stands near; the headings above,
    /// and what stands between them.
    pub fn context(&self, sentence: usize) -> impl Iterator<Item = &Words> {
        const LONG: usize = 12;
        const NEAR: usize = 4;
        let own = self.section_of(sentence);
        let chain = std::iter::successors(Some(own), |section| self.sections[*section].parent);
        chain.flat_map(move |at| {
            let Section { heading, sentences: Range { start, end }, .. } = &self.sections[at];
            let whole = end - start <= LONG;
            let near = match (at == own, whole) {
                (_, true) => *start..*end,
                (true, false) => sentence.saturating_sub(NEAR).max(*start)..(sentence + NEAR + 1).min(*end),
                (false, false) => 0..0,
            };
            heading.iter().map(|at| &self.sentences[*at]).chain(&self.sentences[near])
        })
    }

    /// The sentences that are neither headings nor cells of tables.
    pub fn running(&self) -> impl Iterator<Item = (usize, &Words)> {
        let runs = |words: &Words| matches!(words.sentence.block, BlockKind::Paragraph | BlockKind::Item);
        self.sentences.iter().enumerate().filter(move |(_, words)| runs(words))
    }
}

fn sections(sentences: &[Words]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut above: Vec<usize> = Vec::new();
    let mut block = None;
    for (at, words) in sentences.iter().enumerate() {
        let sentence = &words.sentence;
        // A heading of two sentences is one heading.
        let begins = block != Some(sentence.block_number);
        block = Some(sentence.block_number);
        match (sentence.block, sections.last_mut()) {
            (BlockKind::Heading(level), _) if begins => {
                while above.last().is_some_and(|last| sections[*last].level >= level) {
                    above.pop();
                }
                let parent = above.last().copied();
                above.push(sections.len());
                sections.push(Section { heading: Some(at), parent, sentences: at..at + 1, level });
            }
            (_, Some(section)) => section.sentences.end = at + 1,
            (_, None) => {
                above.push(0);
                sections.push(Section { heading: None, parent: None, sentences: at..at + 1, level: 0 });
            }
        }
    }
    sections
}
