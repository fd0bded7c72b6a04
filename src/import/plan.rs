//! Planning files so that what is written is what will be read: a record that loading would refuse is left, not written.

use super::{Imported, catalogue::Catalogue, framework_path};
use crate::load::{Limits, foreign_yaml, yaml};

/// Plans the file of a framework with the things it holds; leaves them when it would be too large to be read.
pub(super) fn plan_framework(imported: &mut Imported, catalogue: Catalogue, holds: Vec<(&'static str, String)>) {
    let path = framework_path(&catalogue.key);
    // A line has two values at least; a text of millions need not be made to be refused.
    if catalogue.lines().len() > Limits::RECORDS.values / 2 {
        let why = format!("`{path}` would be no file that is read here: it would have {} lines", catalogue.lines().len());
        holds.into_iter().for_each(|(kind, what)| imported.leave(kind, what, why.clone()));
        return;
    }
    plan(imported, path, yaml(&catalogue.into_raw()), holds);
}

/// Plans a file of records with the things it holds; leaves them when loading would refuse the file.
pub(super) fn plan(imported: &mut Imported, path: String, text: String, holds: Vec<(&'static str, String)>) {
    match foreign_yaml(&text, 0..text.len(), Limits::RECORDS) {
        Ok(_) => imported.write(path, text, holds),
        Err(why) => {
            let why = format!("`{path}` would be no file that is read here: {why}");
            holds.into_iter().for_each(|(kind, what)| imported.leave(kind, what, why.clone()));
        }
    }
}
