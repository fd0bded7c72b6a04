//! `comply.yml`: what is said of it. No value of it but the organization's name and the branch is ever copied or shown.

use crate::{
    id::RepoPath,
    import::{
        Imported, Source,
        node::{entries, is_map, text},
    },
    load::{Limits, Node, NodeEntry, foreign_yaml},
};

const FILE: &str = "comply.yml";

/// Says what the configuration holds.
pub(super) fn say(source: &Source<'_>, imported: &mut Imported) {
    let path = RepoPath::new(FILE);
    if !source.paths().any(|known| *known == path) {
        imported.note("there is no comply.yml; the folders were read without it");
        return;
    }
    let read = source.text(&path).and_then(|text| {
        // A message about the text could show a part of it.
        let read = foreign_yaml(&text.text, 0..text.text.len(), Limits::RECORDS).map_err(|why| {
            let line = why.split(':').next().unwrap_or_default().to_owned();
            format!("it is not YAML that can be read ({line})")
        });
        read.and_then(|read| read.root.filter(is_map).ok_or_else(|| "it holds no keys".to_owned()))
    });
    let root = match read {
        Ok(root) => root,
        Err(why) => return imported.leave("settings", FILE, format!("{why}; where it holds tokens or passwords, replace them")),
    };
    imported.expect("settings");
    for entry in entries(&root) {
        match entry.key.as_str() {
            "tickets" | "name" | "approvedBranch" => {}
            "filePrefix" | "pandoc" => imported.leave("settings", entry.key.as_str(), "it is about comply's own output"),
            other => imported.leave("settings", other, "comply has no such setting"),
        }
    }
    if let Some(name) = text(&root, "name") {
        imported.take("settings");
        imported.note(format!("comply.yml calls the organization `{name}`: that is `organization.name` in tickmark.yaml"));
    }
    if let Some(branch) = text(&root, "approvedBranch") {
        imported.take("settings");
        imported.note(format!("comply.yml approves on the branch `{branch}`: that is `history.branch` in tickmark.yaml"));
    }
    for key in ["name", "approvedBranch"] {
        if root.get(key).is_some() && text(&root, key).is_none() {
            imported.leave("settings", key, "it says nothing");
        }
    }
    tickets(&root, imported);
}

fn tickets(root: &Node, imported: &mut Imported) {
    let Some(tickets) = root.get("tickets") else { return };
    imported.leave("settings", "tickets", "no ticket system is asked, and no address, account or secret is copied");
    let mut secrets = Vec::new();
    for system in entries(tickets) {
        let filled = |entry: &&NodeEntry| entry.value.text().is_some_and(|text| !text.is_empty());
        for entry in entries(&system.value).iter().filter(filled) {
            // An address stands where a key should, in some: then the key is not shown either.
            if is_address(&entry.key) {
                secrets.push(system.key.clone());
            } else if is_secret(&entry.key) || entry.value.text().is_some_and(|text| is_address(text) && text.contains('@')) {
                secrets.push(format!("{}.{}", system.key, entry.key));
            }
        }
    }
    if !secrets.is_empty() {
        imported.note(format!(
            "comply.yml holds secrets (tickets.{}); they are neither copied nor shown; whoever has the repository or its past has them, so replace them",
            secrets.join(", tickets.")
        ));
    }
}

fn is_address(text: &str) -> bool {
    text.contains("://")
}

fn is_secret(key: &str) -> bool {
    let key = key.to_lowercase();
    ["token", "password", "secret", "key", "credential"].iter().any(|word| key.contains(word))
}
