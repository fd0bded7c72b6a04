//! Digests of artifacts: whether the file still is what its manifest says it was.

use rayon::prelude::*;

use super::decode::lfs_pointer;
use crate::{
    diag::{Code, Finding, Severity, Subject},
    model::{Artifact, ArtifactTarget, Evidence, Programme},
    tree::{Tree, sha256_hex},
};

/// An artifact's bytes are not those its manifest names.
pub const ARTIFACT_DIGEST_MISMATCH: Code = Code {
    name: "artifact-digest-mismatch",
    severity: Severity::Error,
    title: "an artifact is not the file its manifest names",
    explanation: "\
**Facts.** The SHA-256 (and the size, where it is given) that the manifest states, and the bytes of the artifact in the tree that was read; for \
a Git LFS pointer the digest and size that the pointer states.

**Rule.** They must be equal (GT-28). Nothing is fetched: an artifact behind an address is *not checked*, and the evidence page says so.

**What could fool it.** A filter that changes line ends on checkout; a manifest whose digest was changed together with the file \
(`evidence-altered` sees that in history).

**What mends it.** Put the accepted file back from history. If the file was wrong, keep it, and file a new record with `supersedes:`.

```sh
sha256sum content/evidence/AC-03/2026-Q1/users.csv
```
",
};

/// Compares the artifacts that lie in the tree with the digests and sizes their manifests state.
///
/// # Errors
/// When a file that is there cannot be read.
pub fn artifact_digests(programme: &Programme, tree: &dyn Tree) -> anyhow::Result<Vec<Finding>> {
    let evidence: Vec<&Evidence> = programme.evidence.values().collect();
    let found: Vec<Vec<Finding>> = evidence.par_iter().map(|evidence| of_one(evidence, tree)).collect::<anyhow::Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn of_one(evidence: &Evidence, tree: &dyn Tree) -> anyhow::Result<Vec<Finding>> {
    let mut found = Vec::new();
    for artifact in &evidence.artifacts {
        let ArtifactTarget::File(path) = &artifact.target else { continue };
        if artifact.sha256.is_none() && artifact.size.is_none() {
            continue;
        }
        // A file that is not there is a dangling reference, which resolving reports.
        let Some(bytes) = tree.read(path)? else { continue };
        let (sha256, size) = match lfs_pointer(&bytes) {
            Some(pointer) => (pointer.sha256, pointer.size),
            None => (sha256_hex(&bytes), bytes.len() as u64),
        };
        if let Some(difference) = difference(artifact, &sha256, size) {
            let message = format!("`{path}` is not the file that the manifest names: {difference}");
            found.push(
                Finding::new(&ARTIFACT_DIGEST_MISMATCH, Subject::Evidence(evidence.id.clone()), message)
                    .hint("put the accepted file back; a correction is a new record with `supersedes:`")
                    .at(evidence.origin.place()),
            );
        }
    }
    Ok(found)
}

fn difference(artifact: &Artifact, sha256: &str, size: u64) -> Option<String> {
    if let Some(stated) = artifact.sha256.as_deref().filter(|stated| *stated != sha256) {
        return Some(format!("sha256 {} is stated, the file has {}", brief(stated), brief(sha256)));
    }
    artifact.size.filter(|stated| *stated != size).map(|stated| format!("{stated} bytes are stated, the file has {size}"))
}

/// The first twelve digits, enough to tell two digests apart by eye.
fn brief(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}
