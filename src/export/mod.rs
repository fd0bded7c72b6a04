//! Other formats of the assessment.
