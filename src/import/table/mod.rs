//! A table of controls: one row a control, columns by a map or guessed by their headers.
//!
//! Cells are text: a formula is what it says, not what it would give. What a row states about operation (that a control is
//! implemented, say) is no claim that an import can make.

mod columns;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Imported, Importer, Misuse, Names, Source,
    documents::{comment, is_name},
    file_slug,
    known::Known,
};
use crate::{
    id::{ControlId, DocumentId, RepoPath},
    load::{
        raw::{CadenceText, Control, ControlStatus, MappingText, Name},
        yaml,
    },
    text::csv_records,
};
use columns::{Columns, Field};

pub(super) const CSV: Importer = Importer {
    name: "csv",
    about: "a table of controls (CSV, semicolons, tabs; --columns maps its headers)",
    looks_for: "a table with the ending .csv or .tsv",
    recognise,
    run,
};

const CONTROLS: &str = "controls";
const TABLES: &str = "tables";
/// The largest number of rows of one table.
const MOST_ROWS: usize = 20_000;

fn is_table(path: &RepoPath) -> bool {
    ["csv", "tsv", "tab"].contains(&path.extension().as_str())
}

fn recognise(source: &Source<'_>) -> bool {
    source.paths().any(is_table)
}

fn run(source: &Source<'_>) -> anyhow::Result<Imported> {
    let frameworks = frameworks(source);
    if let Some(unknown) = source.options.columns.keys().find(|key| Field::parse(key, &frameworks).is_none()) {
        let known = Field::WORDS.iter().copied().chain(frameworks.iter().map(String::as_str)).collect::<Vec<_>>().join(", ");
        return Err(Misuse::because(
            format!("--columns maps `{unknown}`, which is no key of a control and no framework"),
            format!("there are: {known}"),
        ));
    }
    let headers = source.options.columns.values();
    if let Some(twice) = headers.clone().find(|header| headers.clone().filter(|other| other == header).count() > 1) {
        return Err(Misuse::because(format!("--columns maps the header `{twice}` twice"), "a column becomes one key"));
    }
    let mut imported = Imported::default();
    imported.expect(TABLES);
    imported.expect(CONTROLS);
    let mut work = Work {
        source,
        frameworks,
        known: Known::of(source.programme),
        ids: source.programme.controls.keys().map(|id| (id.to_string(), "in the programme".to_owned())).collect(),
        files: Names::taken(source.programme.files.keys().map(|path| path.to_string())),
        statuses: BTreeMap::new(),
        owners: 0,
    };
    let paths: Vec<&RepoPath> = source.paths().filter(|path| is_table(path)).collect();
    for path in paths {
        match work.table(path, &mut imported) {
            Ok(()) => imported.take(TABLES),
            Err(why) => imported.leave(TABLES, path.as_str(), why),
        }
    }
    work.say_statuses(&mut imported);
    Ok(imported)
}

/// Every catalogue there is, and the one that the command line names.
fn frameworks(source: &Source<'_>) -> BTreeSet<String> {
    let known = source.programme.frameworks.keys().map(|key| key.to_string());
    known.chain(source.options.framework.clone()).collect()
}

/// What is at work while tables are read.
struct Work<'s, 'a> {
    source: &'s Source<'a>,
    frameworks: BTreeSet<String>,
    known: Known,
    /// Ids of controls and where they stand.
    ids: BTreeMap<String, String>,
    files: Names,
    /// What the status column says, and how often.
    statuses: BTreeMap<String, usize>,
    owners: usize,
}

/// A row with the columns of its table.
struct Row<'t> {
    path: &'t RepoPath,
    line: u64,
    cells: &'t [String],
    columns: &'t Columns,
}

impl Row<'_> {
    /// The texts of a key's columns, trimmed; empty ones left out.
    fn texts(&self, key: &Field) -> Vec<String> {
        self.columns
            .of(key)
            .filter_map(|at| self.cells.get(at))
            .map(|cell| cell.trim().to_owned())
            .filter(|cell| !cell.is_empty())
            .collect()
    }

    fn text(&self, key: &Field) -> Option<String> {
        let texts = self.texts(key);
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }

    /// The single values of a key's columns: cells are split at commas, semicolons and line ends.
    fn values(&self, key: &Field) -> Vec<String> {
        let split = |cell: String| {
            let parts =
                cell.split([',', ';', '\n', '\r']).map(|part| part.trim().trim_start_matches(['-', '*', '•', '·']).trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
        };
        self.texts(key).into_iter().flat_map(split).collect()
    }

    fn place(&self) -> String {
        format!("{} line {}", self.path, self.line)
    }
}

impl Work<'_, '_> {
    fn table(&mut self, path: &RepoPath, imported: &mut Imported) -> Result<(), String> {
        let text = self.source.text_up_to(path, Source::LARGE_BYTES)?;
        if let Some(remark) = &text.remark {
            imported.note(format!("{path} {remark}"));
        }
        let rows = csv_records(&text.text, MOST_ROWS)?;
        let (header, columns) = Columns::find(&rows, &self.source.options, &self.frameworks)?;
        if text.text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
            imported
                .note(format!("{path} holds an odd number of quotes: one may be open to the end, so look at what came of its last rows"));
        }
        columns.say(path, imported);
        let mut empty = 0;
        for (line, cells) in &rows[header + 1..] {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                empty += 1;
                continue;
            }
            let row = Row { path, line: *line, cells, columns: &columns };
            for beyond in cells.iter().skip(columns.count()).filter(|cell| !cell.trim().is_empty()) {
                let short: String = beyond.chars().take(60).collect();
                imported.leave("cells", format!("{}: `{short}`", row.place()), "it stands beyond the last column of the header");
            }
            if let Err(why) = self.control(&row, imported) {
                imported.leave(CONTROLS, row.place(), why);
            }
        }
        if empty > 0 {
            imported.note(format!("{path} has {empty} rows without any text"));
        }
        Ok(())
    }

    fn control(&mut self, row: &Row<'_>, imported: &mut Imported) -> Result<(), String> {
        let description = row.text(&Field::Description);
        let title = row.text(&Field::Title).as_deref().or(description.as_deref()).map(one_line).filter(|title| !title.is_empty());
        let stated = row.text(&Field::Id).as_deref().map(one_line).filter(|id| !id.is_empty());
        let (id, title) = match (stated, title) {
            (Some(id), Some(title)) => (id, title),
            (Some(id), None) => return Err(format!("`{id}` has no title")),
            (None, Some(title)) => (file_slug(&title).to_uppercase(), title),
            (None, None) => return Err("it has neither an id nor a title".to_owned()),
        };
        if !is_name(&id) {
            return Err(format!("`{}` is no id", id.chars().take(60).collect::<String>()));
        }
        if let Some(place) = self.ids.get(&id) {
            return Err(format!("a control `{id}` stands {place} already"));
        }
        self.ids.insert(id.clone(), format!("in {}", row.place()));
        let mut remarks = vec![row.place()];
        let (owner, named) = self.owner(row);
        if let Some(named) = named {
            self.owners += 1;
            imported.leave("owners", format!("{id}: `{named}`"), "it is nobody of content/people.yaml; the name stands in a comment");
            remarks.push(format!("owner: {named}"));
        }
        if let Some(status) = row.text(&Field::Status) {
            *self.statuses.entry(one_line(&status)).or_default() += 1;
        }
        // What a cell became counts as taken when the control is written.
        let mut holds = vec![(CONTROLS, id.clone())];
        let mut cells = Cells { row, id: &id, holds: &mut holds, imported: &mut *imported };
        let control = Control {
            id: Some(Name(id.clone())),
            title: Some(title.clone()),
            owner,
            status: Some(ControlStatus::Drafted),
            kind: cells.value(&Field::Kind, "kinds", words::kind),
            key: cells.value(&Field::Key, "keys", words::truth),
            frequency: cells.value(&Field::Frequency, "frequencies", words::frequency).map(CadenceText),
            satisfies: Some(self.requirements(&mut cells)).filter(|mapping| !mapping.is_empty()),
            policies: Some(self.policies(&mut cells)).filter(|policies| !policies.is_empty()),
            description: description.filter(|text| one_line(text) != title).map(|text| text.replace("\r\n", "\n") + "\n"),
            ..Control::default()
        };
        let path = self.file(&id);
        imported.write(path, comment(&remarks) + &yaml(&control), holds);
        Ok(())
    }

    fn file(&mut self, id: &str) -> String {
        let stem = file_slug(id);
        let mut number = 1;
        loop {
            let path = if number == 1 { format!("controls/{stem}.yaml") } else { format!("controls/{stem}-{number}.yaml") };
            if !self.files.has(&path) {
                return self.files.give(&path);
            }
            number += 1;
        }
    }

    /// The owner, and a name that is nobody's.
    fn owner(&self, row: &Row<'_>) -> (Option<Name>, Option<String>) {
        let Some(named) = row.text(&Field::Owner).map(|text| one_line(&text)) else { return (None, None) };
        let people = &self.source.programme.people;
        let known = people.owner(&named).map(|owner| owner.to_string());
        let by_mail = || people.by_email(&named).map(|person| person.id.to_string());
        let by_name = || people.people.values().find(|person| person.name.eq_ignore_ascii_case(&named)).map(|person| person.id.to_string());
        match known.or_else(by_mail).or_else(by_name) {
            Some(id) => (Some(Name(id)), None),
            None => (None, Some(named)),
        }
    }

    fn requirements(&self, cells: &mut Cells<'_, '_>) -> MappingText {
        const COUNTED: &str = "requirements";
        let mut mapping = MappingText::new();
        for framework in cells.row.columns.frameworks() {
            for written in cells.row.values(&Field::Framework(framework.to_owned())) {
                let what = format!("{}: {framework} {written}", cells.id);
                if !self.known.has(framework) {
                    let why = format!("there is no catalogue `{framework}` here; bring it in first");
                    cells.imported.leave(COUNTED, what, why);
                    continue;
                }
                // `SOC2 CC6.1` and `TSC: CC6.1` name CC6.1.
                let last = written.rsplit([' ', ':']).next().unwrap_or_default();
                match self.known.claim(framework, &written).or_else(|why| self.known.claim(framework, last).map_err(|_| why)) {
                    Ok(line) => {
                        cells.holds.push((COUNTED, what));
                        let ids = mapping.entry(framework.to_owned()).or_default();
                        if !ids.iter().any(|id| id.0 == line) {
                            ids.push(Name(line));
                        }
                    }
                    Err(why) => cells.imported.leave(COUNTED, what, why),
                }
            }
        }
        mapping
    }

    fn policies(&self, cells: &mut Cells<'_, '_>) -> Vec<Name> {
        let documents = &self.source.programme.documents;
        let mut policies = Vec::new();
        for written in cells.row.values(&Field::Policies) {
            let what = format!("{}: {written}", cells.id);
            let by_id = documents.get(&DocumentId::new(written.clone()));
            let known = by_id.or_else(|| documents.values().find(|document| document.title.eq_ignore_ascii_case(&written)));
            match known {
                Some(document) => {
                    cells.holds.push(("policies", what));
                    policies.push(Name(document.id.to_string()));
                }
                None => cells.imported.leave("policies", what, "no document of the programme has this id or title"),
            }
        }
        policies
    }

    fn say_statuses(&self, imported: &mut Imported) {
        for (status, count) in &self.statuses {
            let what = format!("`{}` ({count} {})", status.chars().take(60).collect::<String>(), if *count == 1 { "row" } else { "rows" });
            if status.eq_ignore_ascii_case("drafted") || status.eq_ignore_ascii_case("draft") {
                imported.take("statuses");
            } else {
                imported.leave("statuses", what, "everything comes in as drafted; say yourself what is approved or in place");
            }
        }
        if self.owners > 0 && self.source.programme.people.people.is_empty() {
            imported.note("content/people.yaml lists nobody, so no owner could be taken");
        }
        let existing: Vec<&ControlId> = self.source.programme.controls.keys().collect();
        if !existing.is_empty() {
            imported.note(format!("the programme had {} controls before; rows with their ids were left", existing.len()));
        }
    }
}

/// The cells of a row while they become a control.
struct Cells<'r, 't> {
    row: &'r Row<'t>,
    id: &'r str,
    /// What the control's file holds.
    holds: &'r mut Vec<(&'static str, String)>,
    imported: &'r mut Imported,
}

impl Cells<'_, '_> {
    /// A cell as a value of ours; one that is none is left with the reason.
    fn value<T>(&mut self, key: &Field, counted: &'static str, read: fn(&str) -> Result<T, String>) -> Option<T> {
        let written = one_line(&self.row.text(key)?);
        let what = format!("{}: `{}`", self.id, written.chars().take(60).collect::<String>());
        match read(&written) {
            Ok(value) => {
                self.holds.push((counted, what));
                Some(value)
            }
            Err(why) => {
                self.imported.leave(counted, what, why);
                None
            }
        }
    }
}

/// A text on one line, with single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The header's row and the columns in it, for the tests of this folder.
#[cfg(test)]
fn guessed(text: &str, frameworks: &[&str]) -> Result<(usize, Columns), String> {
    let rows = csv_records(text, MOST_ROWS)?;
    let frameworks = frameworks.iter().map(|key| (*key).to_owned()).collect();
    Columns::find(&rows, &super::ImportOptions::default(), &frameworks)
}
