//! Populations as comma-separated values that a spreadsheet opens without running anything.

use anyhow::Context;

use crate::assess::Population;

/// The population with a number column first.
///
/// Cells that a spreadsheet would take for a formula (they begin with `=`, `+`, `-`, `@`, TAB or CR) get an apostrophe in
/// front: commit messages are written by anybody (CWE-1236).
///
/// # Errors
/// When the writer fails, which memory does not.
pub fn population_csv(population: &Population) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(std::iter::once("number").chain(population.columns.iter().copied())).context("cannot write the header")?;
    for (at, row) in population.rows.iter().enumerate() {
        writer
            .write_record(std::iter::once((at + 1).to_string()).chain(row.iter().map(|cell| inert(cell))))
            .context("cannot write a row")?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("cannot finish the list: {error}"))?;
    String::from_utf8(bytes).context("the list is not UTF-8")
}

fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_in_a_subject_stays_text() {
        let population = Population {
            id: "changes".into(),
            title: String::new(),
            rule: String::new(),
            columns: vec!["subject"],
            rows: vec![vec!["=HYPERLINK(\"http://x\")".into()], vec!["plain, with comma".into()]],
            digest: String::new(),
            command: String::new(),
        };
        let text = population_csv(&population).unwrap();
        assert_eq!(text, "number,subject\n1,\"'=HYPERLINK(\"\"http://x\"\")\"\n2,\"plain, with comma\"\n");
    }
}
