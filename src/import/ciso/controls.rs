//! Reference controls, as drafted controls: suggestions of the library, which serve the lines whose nodes ask for them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{CONTROL_KEYS, Desk, Library, folded, urn_tail};
use crate::import::{
    Names,
    catalogue::title_line,
    draft::{Draft, id_part, paragraphs, plan_control},
};

const CONTROLS: &str = "reference controls";
const CLAIMS: &str = "claims of requirement lines";

impl Desk<'_> {
    /// Plans the controls of every library.
    pub fn controls(&mut self, libraries: &[Library]) {
        let (mut ids, mut paths) = (Names::default(), Names::default());
        let mut met = BTreeSet::new();
        for library in libraries {
            let objects = &library.root["objects"];
            let lists = CONTROL_KEYS.map(|key| self.looker.list(objects, key, library.path.as_str()));
            for value in lists.into_iter().flatten() {
                let urn = self.looker.text(value, "urn", "a reference control").unwrap_or_default().to_owned();
                self.control(library, value, &urn, &mut ids, &mut paths);
                met.insert(folded(&urn));
            }
        }
        for (urn, nodes) in std::mem::take(&mut self.asks) {
            for node in nodes.iter().filter(|_| !met.contains(&urn)) {
                let what = format!("{} asks for {urn}", urn_tail(node).unwrap_or(node));
                self.imported.leave(CLAIMS, what, "that reference control does not come in with this import");
            }
        }
    }

    fn control(&mut self, library: &Library, value: &Value, urn: &str, ids: &mut Names, paths: &mut Names) {
        let whose = format!("reference control {urn}");
        let ref_id = self.looker.text(value, "ref_id", &whose).or_else(|| urn_tail(urn));
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::trim).unwrap_or_default();
        let title = title_line(text("name")).or_else(|| title_line(text("description"))).or_else(|| ref_id.map(str::to_owned));
        let (Some(ref_id), Some(title)) = (ref_id, title) else {
            self.imported.leave(CONTROLS, format!("a reference control of {}", library.path), "it has neither a name nor an id");
            return;
        };
        let id = ids.give(&id_part(&format!("{}-{ref_id}", library.tail())));
        let what = format!("{} {ref_id}", library.path);
        let mut holds = vec![(CONTROLS, what)];
        let mut satisfies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let asking: BTreeSet<String> = self.asks.get(&folded(urn)).into_iter().flatten().cloned().collect();
        for node in asking {
            let Some((framework, line)) = self.nodes.get(&node).cloned() else { continue };
            match self.known.claim(&framework, &line) {
                Ok(line) => {
                    holds.push((CLAIMS, format!("{framework} {line} by {id}")));
                    satisfies.entry(framework).or_default().insert(line);
                }
                Err(why) => self.imported.leave(CLAIMS, format!("{framework} {line} by {id}"), why),
            }
        }
        let name = self.looker.text(&library.root, "name", &whose).unwrap_or(library.tail());
        let mut parts = vec![
            format!("Suggested by the CISO Assistant library {name} ({}), where it is {ref_id}.", library.path),
            text("description").to_owned(),
        ];
        for key in ["category", "csf_function", "typical_evidence", "annotation"] {
            if !text(key).is_empty() {
                parts.push(format!("{key}: {}", text(key)));
            }
        }
        let draft = Draft { id, title, satisfies, description: paragraphs(parts.iter().map(String::as_str)) };
        let folder = library.tail().to_owned();
        plan_control(&mut self.imported, self.source.programme, paths, &folder, draft, holds);
    }
}
