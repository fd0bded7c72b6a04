//! The plan of the public site, from an allow-list projection; it never sees an assessment.
