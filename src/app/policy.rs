//! `tickmark policy ID --on DATE`: the text in force on a day.

use super::{Assessed, UsageError};
use crate::{
    date::{Date, parse_date},
    diag::did_you_mean,
    id::{DocumentId, ObjectId, RepoPath},
};

/// The text of a document in force on a day.
#[derive(Clone, Debug)]
pub struct PolicyText {
    /// Its title.
    pub title: String,
    /// The version as written; empty when none.
    pub version: String,
    /// The day asked for.
    pub on: Date,
    /// First and last day this version was in force; no last day while it still is.
    pub from: Date,
    /// The last day, when another version replaced it.
    pub to: Option<Date>,
    /// The file that held it then.
    pub path: RepoPath,
    /// The commit that made it; `None` while it is not committed.
    pub commit: Option<ObjectId>,
    /// The Markdown text.
    pub body: String,
}

/// The version of a document that was in force on a day (the as-of's day when `on` is not given).
///
/// # Errors
/// When there is no such document, the day is not a date, or no version was in force on it.
pub fn policy_on(assessed: &Assessed, id: &str, on: Option<&str>) -> anyhow::Result<PolicyText> {
    let on = match on {
        Some(text) => parse_date(text).ok_or_else(|| UsageError::because(format!("`{text}` is not a date"), "write --on 2026-03-03"))?,
        None => assessed.assessment.today,
    };
    let id = DocumentId::from(id);
    let (Some(judged), Some(timeline)) = (assessed.assessment.document(&id), assessed.timelines.documents.get(&id)) else {
        let known = assessed.programme.documents.keys().map(DocumentId::as_str);
        let hint = did_you_mean(id.as_str(), known)
            .map_or_else(|| "the ids stand in the front matter of content/policies".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(UsageError::because(format!("there is no document `{id}`"), hint));
    };
    let in_force = judged.versions.iter().find_map(|version| {
        let from = version.from.filter(|from| *from <= on)?;
        version.to.is_none_or(|to| on <= to).then_some((version, from))
    });
    let Some((version, from)) = in_force else {
        let first = judged.versions.iter().filter_map(|version| version.from).min();
        let hint = first.map_or_else(
            || "no version of it was ever in force".to_owned(),
            |first| format!("its first version came into force on {first}"),
        );
        return Err(UsageError::because(format!("no version of `{id}` was in force on {on}"), hint));
    };
    let held = &timeline.versions[version.index];
    let record = held.record.as_ref().ok_or_else(|| anyhow::anyhow!("the version of `{id}` in force on {on} cannot be read"))?;
    Ok(PolicyText {
        title: record.title.clone(),
        version: version.label.clone(),
        on,
        from,
        to: version.to,
        path: held.path.clone(),
        commit: held.made_by.map(|at| assessed.history.node(at).id),
        body: record.body.clone(),
    })
}
