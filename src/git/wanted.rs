//! Which paths a walk looks at, as a trie of path parts: one step down the trie for one folder down the tree.

use std::collections::BTreeMap;

/// Which files a walk looks for. Paths are given from the repository's root, without a trailing slash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Folders whose whole content is wanted; the empty path is the root.
    pub folders: Vec<String>,
    /// Single files.
    pub files: Vec<String>,
    /// Whether every Markdown file (`.md`, `.markdown`) is wanted wherever it stands.
    pub markdown_anywhere: bool,
}

#[derive(Debug, Default)]
pub(super) struct Node {
    children: BTreeMap<Vec<u8>, Node>,
    /// Whether a wanted path ends here: this file, or everything below this folder.
    end: bool,
}

/// What is wanted, ready for use.
#[derive(Debug)]
pub(super) struct Filter {
    root: Node,
    nothing: Node,
    markdown_anywhere: bool,
}

/// What is wanted of a folder's content.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'f> {
    /// All of it.
    All,
    /// What the trie says from here on.
    Part(&'f Node),
}

impl Filter {
    /// Builds the trie.
    pub fn new(wanted: &Wanted) -> Self {
        let mut root = Node::default();
        for path in wanted.folders.iter().chain(&wanted.files) {
            let mut at = &mut root;
            for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
                at = at.children.entry(part.as_bytes().to_vec()).or_default();
            }
            at.end = true;
        }
        Self { root, nothing: Node::default(), markdown_anywhere: wanted.markdown_anywhere }
    }

    /// What is wanted of the root folder.
    pub fn scope(&self) -> Scope<'_> {
        if self.root.end { Scope::All } else { Scope::Part(&self.root) }
    }

    /// What is wanted of a folder in a folder; `None` when nothing can be.
    pub fn folder<'f>(&'f self, scope: Scope<'f>, name: &[u8]) -> Option<Scope<'f>> {
        let Scope::Part(node) = scope else { return Some(Scope::All) };
        match node.children.get(name) {
            Some(child) if child.end => Some(Scope::All),
            Some(child) => Some(Scope::Part(child)),
            None => self.markdown_anywhere.then_some(Scope::Part(&self.nothing)),
        }
    }

    /// Whether a file in a folder is wanted.
    pub fn file(&self, scope: Scope<'_>, name: &[u8]) -> bool {
        match scope {
            Scope::All => true,
            Scope::Part(node) => node.children.get(name).is_some_and(|child| child.end) || (self.markdown_anywhere && is_markdown(name)),
        }
    }
}

/// Whether a file's name says that it is Markdown.
pub(super) fn is_markdown(name: &[u8]) -> bool {
    let ending = name.rsplit(|&byte| byte == b'.').next().unwrap_or(name);
    ending.len() < name.len() && (ending.eq_ignore_ascii_case(b"md") || ending.eq_ignore_ascii_case(b"markdown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(filter: &Filter, path: &str) -> bool {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut scope = filter.scope();
        for part in folders.split('/').filter(|part| !part.is_empty()) {
            match filter.folder(scope, part.as_bytes()) {
                Some(inner) => scope = inner,
                None => return false,
            }
        }
        filter.file(scope, name.as_bytes())
    }

    #[test]
    fn folders_files_and_markdown_are_found_at_their_paths_only() {
        let mut wanted = Wanted {
            folders: vec!["controls".into(), "content/policies/".into()],
            files: vec!["tickmark.yaml".into()],
            ..Wanted::default()
        };
        let filter = Filter::new(&wanted);
        for (path, expected) in [
            ("tickmark.yaml", true),
            ("sub/tickmark.yaml", false),
            ("controls/a/b.yaml", true),
            ("controls", true),
            ("content/policies/a.md", true),
            ("content/other/a.md", false),
            ("content", false),
            ("controls2/a", false),
        ] {
            assert_eq!(wants(&filter, path), expected, "{path}");
        }
        wanted.markdown_anywhere = true;
        let filter = Filter::new(&wanted);
        assert!(wants(&filter, "deep/er/A.MD") && !wants(&filter, "deep/er/md") && wants(&filter, "x.markdown"));
        assert!(wants(&Filter::new(&Wanted { folders: vec![String::new()], ..Wanted::default() }), "any/thing"));
    }
}
