//! CSV artifacts as rows of cells, so that a page can show them as a table. Not a validator: what can be read is shown.

use std::borrow::Cow;

use ::csv::{ReaderBuilder, StringRecord};

/// How many rows are kept; the rest is counted.
pub const CSV_MAX_ROWS: usize = 1_000;

/// How many columns of a row are kept.
const MAX_COLUMNS: usize = 64;

/// How many characters of a cell are kept.
const MAX_CELL: usize = 2_000;

/// A CSV text as a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvTable {
    /// The first [`CSV_MAX_ROWS`] rows, the header (if the file has one) among them.
    pub rows: Vec<Vec<String>>,
    /// How many rows the text has, those that are not kept included.
    pub total: usize,
    /// Whether columns or characters of a kept row were left out.
    pub narrowed: bool,
}

/// A CSV text as rows of cells, at most [`CSV_MAX_ROWS`]; `None` when it cannot be read as CSV.
pub fn csv_rows(text: &str) -> Option<Vec<Vec<String>>> {
    csv_table(text).map(|table| table.rows)
}

/// A CSV text as a table: commas, semicolons or tabs, whichever splits its first line most; `None` when it is not CSV
/// (no line with two cells, a NUL character, a quote that never ends over the whole text).
pub fn csv_table(text: &str) -> Option<CsvTable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return None;
    }
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)?).from_reader(text.as_bytes());
    let mut table = CsvTable::default();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).ok()? {
        table.total += 1;
        if table.rows.len() < CSV_MAX_ROWS {
            table.narrowed |= record.len() > MAX_COLUMNS;
            let cells = record.iter().take(MAX_COLUMNS).map(|cell| kept(cell, &mut table.narrowed)).collect();
            table.rows.push(cells);
        }
    }
    table.rows.iter().any(|row| row.len() > 1).then_some(table)
}

/// A row of a table: the line it begins on, from 1, and its cells.
pub type CsvRow = (u64, Vec<String>);

/// Every row of a table that is to be read, not shown: whole cells, and the line each row begins on. The delimiter is what
/// `sep=` in the first line says (as spreadsheets write it), else whichever of comma, semicolon, tab and bar splits the
/// first twenty lines most. `Err` is why it is no table, as the end of a sentence.
pub fn csv_records(text: &str, most_rows: usize) -> Result<Vec<CsvRow>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let stated = text.lines().next().and_then(|line| line.strip_prefix("sep=")).and_then(|rest| rest.bytes().next());
    let delimiter = stated.filter(u8::is_ascii).unwrap_or_else(|| common_delimiter(text));
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), StringRecord::new());
    let (mut line, mut counted, mut is_statement) = (1, 0, stated.is_some());
    while reader.read_record(&mut record).map_err(|error| format!("it cannot be read as a table: {error}"))? {
        // A row begins after the line ends that the reader has not stepped over yet.
        let at = record.position().map_or(0, |position| position.byte() as usize).min(text.len());
        let begin = at + text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += text.as_bytes()[counted..begin].iter().filter(|byte| **byte == b'\n').count() as u64;
        counted = begin;
        if std::mem::take(&mut is_statement) {
            continue;
        }
        if rows.len() >= most_rows {
            return Err(format!("it has more than {most_rows} rows"));
        }
        rows.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

fn common_delimiter(text: &str) -> u8 {
    const LINES: usize = 20;
    let (mut counts, mut quoted, mut lines) = ([(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)], false, 0);
    for byte in text.bytes() {
        quoted ^= byte == b'"';
        lines += usize::from(byte == b'\n');
        if lines >= LINES {
            break;
        }
        if !quoted && let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
            *count += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| delimiter)
}

/// Rows as comma-separated values that a spreadsheet opens without running anything: cells that it would take for a formula
/// (they begin with `=`, `+`, `-`, `@`, TAB or CR) get an apostrophe in front (CWE-1236). The first row is the header.
///
/// # Panics
/// Never: memory can be written, and cells are UTF-8.
pub fn csv_text(rows: &[Vec<String>]) -> String {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| inert(cell).into_owned())).expect("memory can be written");
    }
    String::from_utf8(writer.into_inner().expect("memory can be written")).expect("cells are UTF-8")
}

fn inert(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The delimiter that splits the first line most, outside quotes; commas win ties.
fn delimiter(text: &str) -> Option<u8> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let count = |delimiter: char| {
        let mut quoted = false;
        first
            .chars()
            .filter(|&c| {
                quoted ^= c == '"';
                c == delimiter && !quoted
            })
            .count()
    };
    [',', ';', '\t'].into_iter().rev().max_by_key(|&delimiter| count(delimiter)).map(|delimiter| delimiter as u8)
}

fn kept(cell: &str, narrowed: &mut bool) -> String {
    match cell.char_indices().nth(MAX_CELL) {
        None => cell.to_owned(),
        Some((end, _)) => {
            *narrowed = true;
            format!("{}…", &cell[..end])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found() {
        for text in ["a,b\n1,\"x;y\"\n", "a;b\n1;\"x;y\"\n", "a\tb\n1\t\"x;y\"\n", "\u{feff}a,b\r\n1,\"x;y\"\r\n"] {
            assert_eq!(
                csv_rows(text),
                Some(vec![vec!["a".to_owned(), "b".to_owned()], vec!["1".to_owned(), "x;y".to_owned()]]),
                "{text:?}"
            );
        }
    }

    #[test]
    fn rows_of_unequal_length_are_kept_and_prose_is_not_a_table() {
        assert_eq!(csv_rows("a,b\n1\n").map(|rows| rows.len()), Some(2));
        assert_eq!(csv_rows("just a line\nand one more\n"), None);
        assert_eq!(csv_rows(""), None);
        assert_eq!(csv_rows("a,b\0\n"), None);
    }

    #[test]
    fn long_tables_are_cut_and_counted() {
        let text = "a,b\n".repeat(CSV_MAX_ROWS + 5);
        let table = csv_table(&text).expect("a table");
        assert_eq!((table.rows.len(), table.total, table.narrowed), (CSV_MAX_ROWS, CSV_MAX_ROWS + 5, false));
        let wide = format!("a,{}\n", "x".repeat(MAX_CELL + 1));
        assert!(csv_table(&wide).expect("a table").narrowed);
    }

    #[test]
    fn tables_are_read_whole() {
        let text = "sep=;\r\nid;title\r\nAC-1;\"two\r\nlines; one \"\"cell\"\"\"\r\nAC-2;=1+1\r\n";
        let rows = csv_records(text, 10).unwrap();
        assert_eq!(rows[1], (3, vec!["AC-1".to_owned(), "two\r\nlines; one \"cell\"".to_owned()]));
        assert_eq!(rows[2], (5, vec!["AC-2".to_owned(), "=1+1".to_owned()]));
        assert!(csv_records(text, 2).is_err());
        assert_eq!(csv_records("My controls\nid|a, b|c\nx|y, z|w\n", 10).unwrap()[1].1, ["id", "a, b", "c"]);
        assert!(csv_records("", 10).unwrap().is_empty());
    }
}
