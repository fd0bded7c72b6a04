//! Populations as comma-separated values that a spreadsheet opens without running anything.

use crate::{assess::Population, text};

/// The population with a number column first. What would be a formula stays text: commit messages are written by anybody.
pub fn population_csv(population: &Population) -> String {
    let head = std::iter::once("number").chain(population.columns.iter().copied()).map(str::to_owned).collect();
    let rows = population.rows.iter().enumerate();
    let rows = rows.map(|(at, row)| std::iter::once((at + 1).to_string()).chain(row.iter().cloned()).collect());
    text::csv_text(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
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
        let text = population_csv(&population);
        assert_eq!(text, "number,subject\n1,\"'=HYPERLINK(\"\"http://x\"\")\"\n2,\"plain, with comma\"\n");
    }
}
