//! Which column holds what: by the map of the command line, or by the words of the header.

use std::collections::BTreeSet;

use crate::{
    id::RepoPath,
    import::{ImportOptions, Imported},
    text::CsvRow,
};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// The control's id.
    Id,
    /// Its title.
    Title,
    /// Its description.
    Description,
    /// Who answers for it.
    Owner,
    /// How often it is expected.
    Frequency,
    /// What the table says of its state.
    Status,
    /// Manual or automated.
    Kind,
    /// Whether it is a key control.
    Key,
    /// The documents that ask for it.
    Policies,
    /// Requirements of a framework.
    Framework(String),
}

impl Field {
    /// The keys of a control that a map may name.
    pub const WORDS: [&str; 9] = ["id", "title", "description", "owner", "frequency", "status", "kind", "key", "policies"];

    /// A key of ours by its word, or a framework.
    pub fn parse(word: &str, frameworks: &BTreeSet<String>) -> Option<Self> {
        Some(match word {
            "id" => Self::Id,
            "title" => Self::Title,
            "description" => Self::Description,
            "owner" => Self::Owner,
            "frequency" => Self::Frequency,
            "status" => Self::Status,
            "kind" => Self::Kind,
            "key" => Self::Key,
            "policies" => Self::Policies,
            key if frameworks.contains(key) => Self::Framework(key.to_owned()),
            _ => return None,
        })
    }

    /// The key's word.
    fn word(&self) -> &str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Description => "description",
            Self::Owner => "owner",
            Self::Frequency => "frequency",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Key => "key",
            Self::Policies => "policies",
            Self::Framework(key) => key,
        }
    }
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    headers: Vec<String>,
    keys: Vec<Option<Field>>,
    guessed: bool,
}

/// Rows above the header that are looked at: exports often begin with a title.
const MOST_ABOVE: usize = 20;

impl Columns {
    /// Finds the header's row and its columns; `Err` is why the table is left.
    pub fn find(rows: &[CsvRow], options: &ImportOptions, frameworks: &BTreeSet<String>) -> Result<(usize, Self), String> {
        let first = rows.iter().find(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())).ok_or("it is empty")?;
        let found = rows.iter().take(MOST_ABOVE).enumerate().find_map(|(at, (_, cells))| {
            let columns =
                if options.columns.is_empty() { Self::guess(cells, options, frameworks) } else { Self::mapped(cells, options, frameworks) };
            columns.map(|columns| (at, columns))
        });
        found.ok_or_else(|| {
            let headers: Vec<&str> = first.1.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(40).collect();
            let headers = headers.join(", ").chars().take(400).collect::<String>();
            if options.columns.is_empty() {
                format!("no column could be taken for a title or a description; name them with --columns id=...,title=...; its first row is: {headers}")
            } else {
                let wanted: Vec<&str> = options.columns.values().map(String::as_str).collect();
                format!("no row has all the headers of --columns ({}); its first row is: {headers}", wanted.join(", "))
            }
        })
    }

    fn mapped(cells: &[String], options: &ImportOptions, frameworks: &BTreeSet<String>) -> Option<Self> {
        let mut keys: Vec<Option<Field>> = vec![None; cells.len()];
        for (word, header) in &options.columns {
            let at = cells.iter().position(|cell| plain(cell) == plain(header))?;
            keys[at] = Field::parse(word, frameworks);
        }
        Some(Self { headers: cells.to_vec(), keys, guessed: false })
    }

    fn guess(cells: &[String], options: &ImportOptions, frameworks: &BTreeSet<String>) -> Option<Self> {
        let mut keys: Vec<Option<Field>> = Vec::new();
        for cell in cells {
            let guess = guess(&plain(cell), options, frameworks).filter(|key| !keys.contains(&Some(key.clone())));
            keys.push(guess);
        }
        let has = |key: &Field| keys.contains(&Some(key.clone()));
        // In `Control | Description` the first is a name; in `Control | Title` it is an id.
        if !has(&Field::Id) && has(&Field::Title) && keys.iter().filter(|key| **key == Some(Field::Title)).count() == 1 {
            let control = cells.iter().position(|cell| plain(cell) == "control");
            let title = cells
                .iter()
                .zip(&keys)
                .position(|(cell, key)| key.is_none() && ["title", "name", "controltitle", "controlname"].contains(&plain(cell).as_str()));
            if let (Some(control), Some(title)) = (control, title) {
                keys[control] = Some(Field::Id);
                keys[title] = Some(Field::Title);
            }
        }
        // `Key` is the id of an issue where nothing else is an id.
        if !keys.contains(&Some(Field::Id))
            && let Some(at) = cells.iter().position(|cell| plain(cell) == "key")
        {
            keys[at] = Some(Field::Id);
        }
        let named = keys.contains(&Some(Field::Title)) || keys.contains(&Some(Field::Description));
        (named && keys.iter().flatten().count() >= 2).then(|| Self { headers: cells.to_vec(), keys, guessed: true })
    }

    /// How many columns the header has.
    pub fn count(&self) -> usize {
        self.headers.len()
    }

    /// The positions of a key's columns.
    pub fn of(&self, key: &Field) -> impl Iterator<Item = usize> {
        self.keys.iter().enumerate().filter(move |(_, of)| of.as_ref() == Some(key)).map(|(at, _)| at)
    }

    /// The frameworks that have columns.
    pub fn frameworks(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().flatten().filter_map(|key| if let Field::Framework(key) = key { Some(key.as_str()) } else { None })
    }

    /// Counts the columns, and says the guess.
    pub fn say(&self, path: &RepoPath, imported: &mut Imported) {
        const COUNTED: &str = "columns";
        let mut map = Vec::new();
        for (header, key) in self.headers.iter().zip(&self.keys) {
            let header = header.split_whitespace().collect::<Vec<_>>().join(" ");
            match key {
                Some(key) => {
                    imported.take(COUNTED);
                    map.push(if header.contains(',') {
                        format!("\"{}={header}\"", key.word())
                    } else {
                        format!("{}={header}", key.word())
                    });
                }
                None if header.is_empty() => {
                    imported.leave(COUNTED, format!("{path}: a column without a header"), "nothing says what it holds")
                }
                None => imported.leave(COUNTED, format!("{path}: {header}"), "it is mapped to no key; name one with --columns KEY=HEADER"),
            }
        }
        if self.guessed {
            imported.note(format!("the columns of {path} were guessed: --columns '{}'", map.join(",")));
        }
    }
}

/// A header without case, spaces and signs.
fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn guess(header: &str, options: &ImportOptions, frameworks: &BTreeSet<String>) -> Option<Field> {
    let known = |key: &str| frameworks.contains(key).then(|| Field::Framework(key.to_owned()));
    Some(match header {
        "id" | "ref" | "reference" | "controlid" | "controlref" | "controlreference" | "controlno" | "controlnumber" | "controlcode"
        | "no" | "number" | "code" | "identifier" | "uid" => Field::Id,
        "title" | "name" | "control" | "controlname" | "controltitle" | "controlactivity" | "activity" | "summary" | "shortdescription" => {
            Field::Title
        }
        "description" | "controldescription" | "details" | "narrative" | "statement" | "controlstatement" | "text" | "controltext" => {
            Field::Description
        }
        "owner" | "controlowner" | "responsible" | "responsibleparty" | "accountable" | "assignee" => Field::Owner,
        "frequency" | "controlfrequency" | "cadence" | "freq" | "howoften" | "recurrence" => Field::Frequency,
        "status" | "state" | "controlstatus" | "implementationstatus" | "implementation" => Field::Status,
        "kind" | "automation" | "manualautomated" | "manualorautomated" | "nature" | "executiontype" => Field::Kind,
        "key" | "keycontrol" => Field::Key,
        "policy" | "policies" | "relatedpolicies" | "relatedpolicy" | "controlpolicy" => Field::Policies,
        "criteria" | "requirement" | "requirements" | "mapping" | "mappings" | "satisfies" | "framework" => {
            known(options.framework.as_deref()?)?
        }
        other => framework(other, frameworks)?,
    })
}

/// The framework that a header names (`TSC`, `SOC 2 criteria`, `ISO 27001:2022 controls`).
fn framework(header: &str, frameworks: &BTreeSet<String>) -> Option<Field> {
    const NAMES: [(&str, &[&str]); 7] = [
        ("soc2", &["tsc", "soc2", "trustservicescriteria", "trustservicecriteria"]),
        ("iso27001", &["iso270012022", "iso27001", "isoiec270012022", "isoiec27001", "iso", "annexa"]),
        ("hipaa", &["hipaa"]),
        ("gdpr", &["gdpr"]),
        ("pci-dss", &["pcidss401", "pcidss4", "pcidss", "pci"]),
        ("nist-csf", &["nistcsf20", "nistcsf2", "nistcsf", "csf"]),
        ("nist-800-53", &["nistsp80053", "nist80053", "sp80053", "80053"]),
    ];
    const ENDINGS: [&str; 14] = [
        "",
        "criteria",
        "criterion",
        "ref",
        "refs",
        "reference",
        "references",
        "id",
        "ids",
        "mapping",
        "controls",
        "requirements",
        "clauses",
        "articles",
    ];
    let names = |key: &str| NAMES.iter().find(|(known, _)| *known == key).map_or(&[][..], |(_, names)| *names);
    let means = |key: &&String| {
        let own = plain(key);
        names(key).iter().copied().chain([own.as_str()]).any(|name| header.strip_prefix(name).is_some_and(|rest| ENDINGS.contains(&rest)))
    };
    frameworks.iter().find(means).map(|key| Field::Framework(key.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::guessed;
    use super::Field;

    #[test]
    fn headers_are_guessed() {
        let columns = |text: &str| guessed(text, &["soc2", "own-list"]).map(|(at, columns)| (at, columns.keys));
        let (at, keys) = columns("Control list\n\nControl ID,Control,Control Owner,TSC,Own List,Colour\n").unwrap();
        assert_eq!(at, 1);
        let of = |key: &str| Some(Field::Framework(key.to_owned()));
        assert_eq!(keys, [Some(Field::Id), Some(Field::Title), Some(Field::Owner), of("soc2"), of("own-list"), None]);
        assert_eq!(columns("Control,Title,x\n").unwrap().1, [Some(Field::Id), Some(Field::Title), None]);
        assert_eq!(columns("Control,Description\n").unwrap().1, [Some(Field::Title), Some(Field::Description)]);
        assert_eq!(columns("Key,Summary\n").unwrap().1, [Some(Field::Id), Some(Field::Title)]);
        assert_eq!(columns("SOC 2 criteria;SOC 2 evidence;Name\n").unwrap().1, [of("soc2"), None, Some(Field::Title)]);
        assert!(columns("a,b\n1,2\n").is_err());
        assert!(columns("").is_err());
    }
}
