//! Files that records point to: the texts of adopted documents, and artifacts that nobody claims or that are only pointers.

use std::collections::BTreeSet;

use super::{
    codes::{ADOPTED_TEXT_MISSING, ARTIFACT_UNCLAIMED, LFS_POINTER},
    decode::{decode, lfs_pointer},
    front::body_of,
    kind::{FOLDERS, Role, role},
    lower::normal,
    read::encoding_finding,
};
use crate::{
    diag::{Finding, Subject},
    id::RepoPath,
    model::{ArtifactTarget, Document, Origin, Programme},
    source::{Place, Source},
    tree::{EntryKind, Tree, blob_id},
};

/// Puts the texts of adopted documents in.
///
/// # Errors
/// When the tree cannot be read.
pub(super) fn attach(programme: &mut Programme, tree: &dyn Tree) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for document in programme.documents.values_mut().filter(|document| document.adopted) {
        let path = document.text.path.clone();
        match read_spelt_alike(tree, &path)? {
            Some((path, bytes)) => {
                let decoded = decode(&bytes);
                let source = Source::new(path.clone(), decoded.text);
                findings.extend(encoding_finding(&decoded.how, &source, Subject::Document(document.id.clone())));
                let body = body_of(&source.text, document.unfenced);
                let line = source.line_of(source.text.len() - body.len());
                document.body = body.to_owned();
                let blob = programme.files.get(&path).map_or_else(|| blob_id(&bytes), |(blob, _)| *blob);
                programme.files.insert(path.clone(), (blob, bytes.len() as u64));
                document.text = Origin { path, line, blob };
            }
            None => findings.push(missing_text(document)),
        }
    }
    Ok(findings)
}

fn missing_text(document: &Document) -> Finding {
    let message = format!("the text of `{}` is to be in `{}`, which is no file here", document.id, document.text.path);
    Finding::new(&ADOPTED_TEXT_MISSING, Subject::Document(document.id.clone()), message)
        .hint("write `path:` from the repository's root; a link is not followed, name the file itself")
        .at(document.origin.place())
}

/// A file by its path, or by a path that differs only in how Unicode is composed, as file systems write it.
fn read_spelt_alike(tree: &dyn Tree, path: &RepoPath) -> anyhow::Result<Option<(RepoPath, Vec<u8>)>> {
    if let Some(bytes) = tree.read(path)? {
        return Ok(Some((path.clone(), bytes)));
    }
    if path.as_str().is_ascii() {
        return Ok(None);
    }
    let (entries, _) = tree.list(path.parent())?;
    let wanted = normal(path.as_str());
    let alike = entries.into_iter().find(|entry| entry.kind == EntryKind::File && normal(entry.path.as_str()) == wanted);
    match alike {
        Some(entry) => Ok(tree.read(&entry.path)?.map(|bytes| (entry.path, bytes))),
        None => Ok(None),
    }
}

/// Finds the artifacts that lie outside the programme's folders, or whose name the tree spells in another Unicode form, and
/// gives them their place among the programme's files.
///
/// # Errors
/// When the tree cannot be read.
pub(super) fn find_artifacts(programme: &mut Programme, tree: &dyn Tree) -> anyhow::Result<()> {
    let Programme { evidence, files, .. } = programme;
    for artifact in evidence.values_mut().flat_map(|evidence| &mut evidence.artifacts) {
        let ArtifactTarget::File(path) = &mut artifact.target else { continue };
        let inside = FOLDERS.iter().any(|folder| path.is_under(folder));
        if files.contains_key(path) || (inside && path.as_str().is_ascii()) {
            continue;
        }
        if let Some((spelt, bytes)) = read_spelt_alike(tree, path)? {
            files.insert(spelt.clone(), (blob_id(&bytes), bytes.len() as u64));
            *path = spelt;
        }
    }
    Ok(())
}

/// Artifacts that no manifest names, and those that are pointers to files elsewhere.
///
/// # Errors
/// When the tree cannot be read.
pub(super) fn artifact_findings(programme: &Programme, tree: &dyn Tree) -> anyhow::Result<Vec<Finding>> {
    let claimed: BTreeSet<&RepoPath> = programme
        .evidence
        .values()
        .flat_map(|evidence| &evidence.artifacts)
        .filter_map(|artifact| match &artifact.target {
            ArtifactTarget::File(path) => Some(path),
            ArtifactTarget::Uri(_) => None,
        })
        .collect();
    let mut findings = Vec::new();
    for (path, (_, size)) in &programme.files {
        if role(path, *size) != Role::Artifact {
            continue;
        }
        // A pointer is small, so that large artifacts are not read here.
        let pointer = if *size <= 1024 { tree.read(path)?.as_deref().and_then(lfs_pointer) } else { None };
        if let Some(pointer) = pointer {
            let message = format!(
                "`{path}` is a Git LFS pointer to {} bytes with sha256 {}; the file itself is not here",
                pointer.size, pointer.sha256
            );
            findings.push(
                Finding::new(&LFS_POINTER, Subject::Programme, message)
                    .hint("git lfs fetch, or keep evidence in Git itself")
                    .at(Place::file(path)),
            );
        }
        if !claimed.contains(path) && !hidden_by_unread(programme, path) {
            let message = format!("`{path}` stands among the evidence, and no manifest names it");
            findings.push(
                Finding::new(&ARTIFACT_UNCLAIMED, Subject::Programme, message)
                    .hint("name it under `artifacts:`, or delete it")
                    .at(Place::file(path)),
            );
        }
    }
    Ok(findings)
}

/// Whether a manifest that cannot be read stands near enough to have named the file.
fn hidden_by_unread(programme: &Programme, path: &RepoPath) -> bool {
    programme.unread.iter().any(|unread| path.is_under(unread.path.parent()))
}
