//! Other formats of the assessment. A format is a file here and a line in the command that offers it.

mod csv;
mod json;

pub use csv::population_csv;
pub use json::{AssessmentDocument, Parts, assessment_document, assessment_schema};
