//! `tickmark schema`.

use clap::Args as ClapArgs;

use crate::{
    app::UsageError,
    cli::{Exit, terminal::Terminal},
    diag::did_you_mean,
    export, load,
};

/// Print the JSON Schema of a kind of record, for editors and for other tools
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The kind; without it, the kinds there are
    kind: Option<String>,
}

/// The kind of the document that `check --format json` prints.
const ASSESSMENT: &str = "assessment";

pub(in crate::cli) fn run(args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let kinds = || load::KINDS.iter().copied().chain([ASSESSMENT]);
    let Some(kind) = &args.kind else {
        for kind in kinds() {
            terminal.data(kind)?;
        }
        return Ok(Exit::Good);
    };
    let schema = if kind == ASSESSMENT { Some(export::assessment_schema()) } else { load::schema(kind) };
    let schema = schema.ok_or_else(|| {
        let near = did_you_mean(kind, kinds()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        UsageError::because(format!("there is no kind `{kind}`"), format!("{near}there are: {}", kinds().collect::<Vec<_>>().join(", ")))
    })?;
    terminal.data(&serde_json::to_string_pretty(&schema)?)?;
    Ok(Exit::Good)
}
