//! `tickmark export`: the programme and its assessment in another format, printed or written into a place of its own.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::{Assessed, Source, UsageError, Watch, assessed, check::parts, outputs::beside_the_trust_page};
use crate::{
    diag::did_you_mean,
    emit::{Emitted, Writer},
    export::{Choice, Document, EXPORTERS, Exported, Exporter, Refusal},
    id::FrameworkId,
};

/// What is exported, and where to.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// What is read, and when it is judged.
    pub source: Source,
    /// The name of the format.
    pub format: String,
    /// Only this framework.
    pub framework: Option<String>,
    /// Frameworks out of scope too.
    pub all: bool,
    /// A file or folder to write; `None`: the document is to be printed.
    pub out: Option<PathBuf>,
}

/// What came of an export.
pub struct ExportReport {
    /// What was assessed.
    pub assessed: Assessed,
    /// What was left out, and why.
    pub notes: Vec<String>,
    /// Where the documents went.
    pub delivered: Delivered,
}

/// Where the documents went.
pub enum Delivered {
    /// Nowhere yet: the only document, to be printed.
    Printed(Vec<u8>),
    /// Into a file.
    File {
        /// The file.
        path: PathBuf,
        /// Whether the same bytes stood there already.
        unchanged: bool,
    },
    /// Into a folder.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What was written.
        emitted: Emitted,
    },
}

/// Assesses, makes the documents of the format, and writes them where that is asked for.
///
/// # Errors
/// When the format or framework does not exist, the choice gives no document or, without `out`, several, or a place holds
/// what no export of this format wrote.
pub fn export(options: &ExportOptions, watch: &dyn Watch) -> anyhow::Result<ExportReport> {
    let exporter = exporter(&options.format)?;
    let choice = choice(exporter, options)?;
    let assessed = assessed(&options.source, watch)?;
    let Exported { documents, notes } = (exporter.run)(&parts(&assessed), &choice).map_err(as_usage)?;
    let delivered = match &options.out {
        None => Delivered::Printed(only(exporter, documents)?.bytes),
        Some(out) => {
            beside_the_trust_page(&assessed, out)?;
            if names_a_file(exporter, out) { write_file(exporter, out, documents)? } else { write_folder(exporter, out, &documents)? }
        }
    };
    Ok(ExportReport { assessed, notes, delivered })
}

fn exporter(name: &str) -> anyhow::Result<&'static Exporter> {
    EXPORTERS.iter().find(|exporter| exporter.name == name).ok_or_else(|| {
        let names: Vec<&str> = EXPORTERS.iter().map(|exporter| exporter.name).collect();
        let near = did_you_mean(name, names.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        UsageError::because(format!("there is no format `{name}` to export"), format!("{near}there are: {}", names.join(", ")))
    })
}

fn choice(exporter: &Exporter, options: &ExportOptions) -> anyhow::Result<Choice> {
    let given = [("--framework", options.framework.is_some()), ("--all", options.all)];
    if let Some((option, _)) = given.iter().find(|(_, given)| *given && !exporter.by_framework) {
        let message = format!("`{option}` says nothing to the format `{}`, which holds every framework in scope", exporter.name);
        return Err(UsageError::because(message, format!("leave {option} away")));
    }
    Ok(Choice { framework: options.framework.as_deref().map(FrameworkId::new), all: options.all })
}

/// A refusal of an exporter is a mistake in how the command was called.
fn as_usage(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<Refusal>() {
        Ok(Refusal { message, hint }) => UsageError::because(message, hint),
        Err(error) => error,
    }
}

fn only(exporter: &Exporter, mut documents: Vec<Document>) -> anyhow::Result<Document> {
    match (documents.len(), documents.pop()) {
        (1, Some(document)) => Ok(document),
        (count, _) => {
            let several = if exporter.single.is_empty() { String::new() } else { format!(", {}", exporter.single) };
            let hint = format!("name a folder with --out DIR{several}");
            Err(UsageError::because(format!("the format `{}` gives {count} documents here", exporter.name), hint))
        }
    }
}

/// Whether `--out` names a file: it has the format's ending and is no folder.
fn names_a_file(exporter: &Exporter, out: &Path) -> bool {
    out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(exporter.ending)) && !out.is_dir()
}

/// Writes the only document into a file where nothing is. A single file has no list of digests that would tell whose it is,
/// so one that is there is kept, unless it holds the very bytes.
fn write_file(exporter: &Exporter, path: &Path, documents: Vec<Document>) -> anyhow::Result<Delivered> {
    let bytes = only(exporter, documents)?.bytes;
    match path.symlink_metadata() {
        Ok(meta) if meta.is_file() && fs::read(path).with_context(|| format!("cannot read {}", path.display()))? == bytes => {
            return Ok(Delivered::File { path: path.to_owned(), unchanged: true });
        }
        Ok(_) => {
            let hint = "delete it or name another; in a folder, an export replaces what it wrote itself";
            return Err(UsageError::because(format!("{} is there already and holds something else", path.display()), hint));
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
        Err(error) => return Err(error).with_context(|| format!("cannot look at {}", path.display())),
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(path).with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(&bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Delivered::File { path: path.to_owned(), unchanged: false })
}

/// Writes all documents into a folder of their own, as a build does: staged, listed in `SHA256SUMS`, never over files that
/// another command or another format wrote.
fn write_folder(exporter: &Exporter, folder: &Path, documents: &[Document]) -> anyhow::Result<Delivered> {
    let writer = Writer::begin_as(folder, &format!("tickmark export {}", exporter.name))?;
    documents.iter().try_for_each(|document| writer.put(&document.path, &document.bytes))?;
    Ok(Delivered::Folder { folder: folder.to_owned(), emitted: writer.finish()? })
}
