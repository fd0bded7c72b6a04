//! Fits a starter file to the scope, line by line, so that its comments and its layout stay as they were written: the
//! `satisfies` of frameworks that were not chosen go, and so do the names of controls and documents that were left out.
//!
//! It knows how the starter is written (a framework a line, lists in brackets on one line), which a test holds; it is no
//! reader of YAML.

use std::collections::BTreeSet;

/// What stays and what goes.
pub(super) struct Tailor<'a> {
    /// The keys of the chosen frameworks.
    pub frameworks: BTreeSet<&'a str>,
    /// Controls of the starter that the programme does not get.
    pub controls_left_out: BTreeSet<&'a str>,
    /// Documents of the starter that the programme does not get.
    pub documents_left_out: BTreeSet<&'a str>,
}

impl Tailor<'_> {
    /// A file's text for this scope; `None` when nothing of it is left.
    pub fn file(&self, path: &str, text: &str) -> Option<String> {
        if path.ends_with(".md") {
            return Some(self.markdown(text));
        }
        if path == "content/trust/faq.yaml" {
            return self.questions(text);
        }
        Some(self.yaml(text))
    }

    fn markdown(&self, text: &str) -> String {
        let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
            return self.prose(text);
        };
        format!("---\n{}---\n{}", self.yaml(&format!("{front}\n")), self.prose(body))
    }

    /// Lines that list a control which was left out go: `- PRV-01 The privacy notice is reviewed`.
    fn prose(&self, text: &str) -> String {
        let left_out = |line: &&str| {
            let item = line.trim_start().strip_prefix("- ").map(|item| item.trim_start_matches(['*', '`']));
            let first = item.and_then(|item| item.split([' ', '*', '`', ':']).next());
            !first.is_some_and(|id| self.controls_left_out.contains(id))
        };
        text.split_inclusive('\n').filter(left_out).collect()
    }

    fn yaml(&self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let indent = indent_of(line);
            if line.trim_end().ends_with("satisfies:") {
                let mut mapping = String::new();
                let mut keep = false;
                while let Some(next) = lines.next_if(|next| indent_of(next) > indent && !next.trim().is_empty()) {
                    // A longer list goes on in lines that stand deeper than its framework's.
                    if let Some((key, _)) = next.trim_start().split_once(": [") {
                        keep = self.frameworks.contains(key);
                    }
                    mapping += if keep { next } else { "" };
                }
                if !mapping.is_empty() {
                    kept += line;
                    kept += &mapping;
                }
            } else {
                kept += &self.list(line);
            }
        }
        kept
    }

    /// A line `controls: [..]` or `policies: [..]` without the names that were left out.
    fn list(&self, line: &str) -> String {
        let left_out = match line.trim_start().split_once(": [").map(|(key, _)| key) {
            Some("controls") => &self.controls_left_out,
            Some("policies") => &self.documents_left_out,
            _ => return line.to_owned(),
        };
        let (Some(open), Some(close)) = (line.find('['), line.rfind(']')) else { return line.to_owned() };
        let names: Vec<&str> = line[open + 1..close].split(',').map(str::trim).filter(|name| !left_out.contains(name)).collect();
        format!("{}[{}{}", &line[..open], names.join(", "), &line[close..])
    }

    /// Questions that rest only on controls that were left out go with their answers.
    fn questions(&self, text: &str) -> Option<String> {
        let mut kept = String::new();
        let mut asked = 0;
        for part in parts(text) {
            let tailored = self.yaml(part);
            if part.starts_with("- ") {
                if part.contains("\n  controls: [") && tailored.contains("\n  controls: []") {
                    continue;
                }
                asked += 1;
            }
            kept += &tailored;
        }
        (asked > 0).then_some(kept)
    }
}

/// A list's text in parts, each beginning with an item (`- `) or with comments between items.
fn parts(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && (line.starts_with("- ") || line.starts_with('#')) {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tailor() -> Tailor<'static> {
        Tailor {
            frameworks: BTreeSet::from(["soc2"]),
            controls_left_out: BTreeSet::from(["PRV-01", "PI-01"]),
            documents_left_out: BTreeSet::from(["privacy"]),
        }
    }

    #[test]
    fn frameworks_that_were_not_chosen_go_with_their_longer_lists() {
        let text = "id: A\nsatisfies:\n  soc2: [CC6.1]\n  iso27001: [A.5.1,\n    A.5.2]\npolicies: [privacy, access-control]\n";
        assert_eq!(tailor().yaml(text), "id: A\nsatisfies:\n  soc2: [CC6.1]\npolicies: [access-control]\n");
        assert_eq!(tailor().yaml("id: A\nsatisfies:\n  gdpr: [Art. 5]\nkey: true\n"), "id: A\nkey: true\n");
    }

    #[test]
    fn controls_that_were_left_out_are_named_nowhere() {
        let text = "---\nid: a\n---\nText.\n\n## Controls\n\n- AC-01 Sign-in\n- PRV-01 The notice\n";
        assert_eq!(tailor().markdown(text), "---\nid: a\n---\nText.\n\n## Controls\n\n- AC-01 Sign-in\n");
        let questions = "# Head\n- id: a\n  controls: [AC-01, PI-01]\n# Privacy\n- id: b\n  controls: [PRV-01]\n";
        assert_eq!(tailor().questions(questions).as_deref(), Some("# Head\n- id: a\n  controls: [AC-01]\n# Privacy\n"));
    }
}
