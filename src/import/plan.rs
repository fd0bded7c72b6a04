//! Planning files so that what is written is what will be read: a record that loading would refuse is left, not written.

use super::Imported;
use crate::load::{Limits, foreign_yaml};

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
