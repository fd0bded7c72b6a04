//! Evidence manifests.

use super::{Record, Target, normal};
use crate::{
    id::{ControlId, EvidenceId},
    load::{
        codes::{ARTIFACT_OUTSIDE, BAD_DIGEST, MISSING_KEY, OUT_OF_RANGE},
        raw,
    },
    model::{Artifact, ArtifactTarget, Evidence, EvidenceResult, EvidenceSource, Items},
};

/// Lowers a manifest; `key` stands in for an id. `None` when it names no control or no result.
pub(in crate::load) fn evidence(record: &mut Record<'_>, raw: raw::Evidence, key: String) -> Option<Evidence> {
    let raw::Evidence {
        schema: _,
        id,
        control,
        period,
        performed_on,
        performed_by,
        reviewed_by,
        result,
        source,
        artifacts,
        items,
        supersedes,
        notes,
    } = raw;
    let stated = id.is_some();
    let id = record.id(id, &["id"]);
    if stated && id.is_none() {
        return None;
    }
    let controls = controls(record, control);
    let period = record.period(period, &["period"]);
    let performed_on = record.date(performed_on, &["performed_on"]);
    let performed_by = record.person(performed_by, "performed_by", &["performed_by"]);
    let reviewed_by = record.person(reviewed_by, "reviewed_by", &["reviewed_by"]);
    let source = source.map(|source| self::source(record, source));
    let artifacts = self::artifacts(record, artifacts);
    let items = items.and_then(|items| self::items(record, items));
    let supersedes = supersedes.map(|id| normal(&id.0));
    if let Some(id) = &supersedes {
        record.refer("supersedes", &["supersedes"], Target::Evidence(id.clone()));
    }
    Some(Evidence {
        id: EvidenceId::new(id.unwrap_or(key)),
        controls,
        period,
        performed_on,
        performed_by,
        reviewed_by,
        result: match result? {
            raw::EvidenceResult::Pass => EvidenceResult::Pass,
            raw::EvidenceResult::PassWithExceptions => EvidenceResult::PassWithExceptions,
            raw::EvidenceResult::Fail => EvidenceResult::Fail,
            raw::EvidenceResult::Nil => EvidenceResult::Nil,
        },
        source,
        artifacts,
        items,
        supersedes: supersedes.map(EvidenceId::new),
        notes: notes.unwrap_or_default(),
        origin: record.origin(),
    })
}

fn controls(record: &mut Record<'_>, control: Option<raw::OneOrMany>) -> Vec<ControlId> {
    match control {
        Some(raw::OneOrMany::One(id)) => {
            let id = normal(&id.0);
            record.refer("control", &["control"], Target::Control(id.clone()));
            vec![ControlId::new(id)]
        }
        Some(raw::OneOrMany::Many(ids)) => {
            if ids.is_empty() {
                record.lost(&MISSING_KEY, &["control"], "`control` names no control", "write the ids of the controls it shows");
            }
            record.names(Some(ids), "control", Target::Control).into_iter().map(ControlId::new).collect()
        }
        None => Vec::new(),
    }
}

fn source(record: &mut Record<'_>, raw: raw::EvidenceSource) -> EvidenceSource {
    let raw::EvidenceSource { system, environment, query, extracted_at, extracted_by, count } = raw;
    EvidenceSource {
        system,
        environment,
        query,
        extracted_at: record.instant(extracted_at, &["source", "extracted_at"]),
        extracted_by: record.person(extracted_by, "source.extracted_by", &["source", "extracted_by"]),
        count,
    }
}

fn items(record: &mut Record<'_>, raw: raw::Items) -> Option<Items> {
    let raw::Items { tested, exceptions } = raw;
    let (tested, exceptions) = (tested?, exceptions.unwrap_or(0));
    if exceptions > tested {
        let message = format!("{exceptions} exceptions are more than the {tested} items that were tested");
        record.report(&OUT_OF_RANGE, &["items", "exceptions"], message, "count the exceptions among the items tested");
    }
    Some(Items { tested, exceptions })
}

fn artifacts(record: &mut Record<'_>, raw: Option<Vec<raw::Artifact>>) -> Vec<Artifact> {
    raw.into_iter().flatten().enumerate().filter_map(|(at, raw)| artifact(record, raw, &at.to_string())).collect()
}

fn artifact(record: &mut Record<'_>, raw: raw::Artifact, at: &str) -> Option<Artifact> {
    let raw::Artifact { path, uri, sha256, size } = raw;
    let sha256 = sha256.map(|digest| digest.to_ascii_lowercase()).filter(|digest| {
        let good = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !good {
            let message = format!("`{digest}` is no SHA-256");
            record.report(&BAD_DIGEST, &["artifacts", at, "sha256"], message, "write the 64 digits that `sha256sum` prints");
        }
        good
    });
    let target = match (path, uri) {
        (Some(path), None) => {
            let resolved = if path.starts_with('/') { None } else { record.source.path.sibling(&normal(&path)) };
            let Some(resolved) = resolved else {
                let message = format!("the artifact `{path}` lies outside the repository");
                record.report(&ARTIFACT_OUTSIDE, &["artifacts", at, "path"], message, "paths are relative to the manifest's folder");
                return None;
            };
            let place = ["artifacts", at, "path"];
            let (sha256, size) = (sha256.clone(), size);
            record.refer("artifacts", &place, Target::Artifact { path: resolved.clone(), written: path, sha256, size });
            ArtifactTarget::File(resolved)
        }
        (None, Some(uri)) => ArtifactTarget::Uri(uri),
        (None, None) => {
            record.report(&MISSING_KEY, &["artifacts", at], "an artifact has neither `path` nor `uri`", "write where the file is");
            return None;
        }
        (Some(_), Some(_)) => {
            let message = "an artifact has both `path` and `uri`";
            record.report(&MISSING_KEY, &["artifacts", at], message, "make two artifacts of them: one file, one address");
            return None;
        }
    };
    Some(Artifact { target, sha256, size })
}
