//! The assessment and its lists as they are: what `check --format json` and `population --format csv` print.

use anyhow::Context;

use super::{Document, Exported, Exporter, Parts, assessment_document, population_csv};

/// The assessment as one JSON document.
pub(super) const JSON: Exporter = Exporter {
    name: "json",
    about: "the assessment, as `check --format json` prints it",
    ending: "json",
    by_framework: false,
    single: "",
    run: |parts, _| json(parts),
};

/// The populations as comma-separated values, one file a list.
pub(super) const CSV: Exporter = Exporter {
    name: "csv",
    about: "every list of `population`, one file a list",
    ending: "csv",
    by_framework: false,
    single: "or print one list with `tickmark population ID --format csv`",
    run: |parts, _| csv(parts),
};

fn json(parts: &Parts<'_>) -> anyhow::Result<Exported> {
    let mut bytes = serde_json::to_vec_pretty(&assessment_document(parts)).context("cannot write the assessment as JSON")?;
    bytes.push(b'\n');
    Ok(Exported { documents: vec![Document { path: "assessment.json".to_owned(), bytes }], notes: Vec::new() })
}

fn csv(parts: &Parts<'_>) -> anyhow::Result<Exported> {
    let mut exported = Exported::default();
    for population in &parts.assessment.populations {
        let bytes = population_csv(population).into_bytes();
        exported.documents.push(Document { path: format!("{}.csv", population.id), bytes });
    }
    Ok(exported)
}
