//! `.mailmap`: which recorded names and addresses belong to one person, as Git reads it (gitmailmap(5)).

use std::collections::HashMap;

/// The lines of a mailmap by recorded address in lower case.
#[derive(Clone, Debug, Default)]
pub struct Mailmap {
    by_email: HashMap<String, Lines>,
}

/// What the lines for one address say.
#[derive(Clone, Debug, Default)]
struct Lines {
    /// For every name.
    general: Proper,
    /// For one recorded name, in lower case.
    named: HashMap<String, Proper>,
}

/// What to show; parts that are not given stay as recorded.
#[derive(Clone, Debug, Default)]
struct Proper {
    name: Option<String>,
    email: Option<String>,
}

impl Mailmap {
    /// Reads a mailmap; lines that do not read are passed over, as Git does. Later lines win.
    pub fn parse(text: &str) -> Self {
        let mut map = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((name, email, rest)) = identity(line) else { continue };
            let (proper, recorded_name, recorded_email) = match identity(rest) {
                Some((old_name, old_email, _)) => (Proper { name, email: Some(email) }, old_name, old_email),
                None => (Proper { name, email: None }, None, email),
            };
            let lines = map.by_email.entry(recorded_email.to_lowercase()).or_default();
            let target = match recorded_name {
                Some(name) => lines.named.entry(name.to_lowercase()).or_default(),
                None => &mut lines.general,
            };
            target.name = proper.name.or(target.name.take());
            target.email = proper.email.or(target.email.take());
        }
        map
    }

    /// The name and address to show for recorded ones; `None` when they stay as they are.
    pub fn resolve(&self, name: &str, email: &str) -> Option<(String, String)> {
        let lines = self.by_email.get(&email.to_lowercase())?;
        let proper = lines.named.get(&name.to_lowercase()).unwrap_or(&lines.general);
        let shown = (proper.name.as_deref().unwrap_or(name), proper.email.as_deref().unwrap_or(email));
        (shown != (name, email)).then(|| (shown.0.to_owned(), shown.1.to_owned()))
    }
}

/// The first `Name <email>` of a text, the name `None` when empty, and what follows.
fn identity(text: &str) -> Option<(Option<String>, String, &str)> {
    let (name, rest) = text.split_once('<')?;
    let (email, rest) = rest.split_once('>')?;
    let name = name.trim();
    Some(((!name.is_empty()).then(|| name.to_owned()), email.trim().to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_forms_of_a_line_are_understood() {
        let map = Mailmap::parse(
            "# people\nDana Ito <dana@old.example>\n<lee@example.com> <LEE@old.example>\n\
             Kim Ro <kim@example.com> <kim@old.example>\nAnn Bo <ann@example.com> shared <shared@old.example>\nnonsense\n",
        );
        let shown = |name: &str, email: &str| map.resolve(name, email);
        assert_eq!(shown("dana", "Dana@old.example"), Some(("Dana Ito".into(), "Dana@old.example".into())));
        assert_eq!(shown("Lee", "lee@old.example"), Some(("Lee".into(), "lee@example.com".into())));
        assert_eq!(shown("k", "kim@old.example"), Some(("Kim Ro".into(), "kim@example.com".into())));
        assert_eq!(shown("Shared", "shared@old.example"), Some(("Ann Bo".into(), "ann@example.com".into())));
        assert_eq!(shown("other", "shared@old.example"), None);
        assert_eq!(shown("nobody", "nobody@x"), None);
    }
}
