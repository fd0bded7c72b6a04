//! `tickmark explain`.

use clap::Args as ClapArgs;

use super::usual_reading;
use crate::{
    app::{self, Assessed, Explained},
    assess::ControlAssessment,
    cli::{
        Exit,
        args::Shared,
        findings::{finding_text, printable},
        progress::Bars,
        terminal::Terminal,
    },
    diag::Code,
};

/// Explain a finding's code, or what was found about a record and why
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// A code (`unknown-key`) or a record's id (`AC-03`); without it, all codes are listed
    name: Option<String>,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let Some(name) = &args.name else {
        let codes = app::all_codes();
        let width = codes.iter().map(|code| code.name.len()).max().unwrap_or_default();
        for code in codes {
            terminal.data(&format!("{:width$}  {:7}  {}", code.name, code.severity.word(), code.title))?;
        }
        return Ok(Exit::Good);
    };
    if let Some(code) = app::code(name) {
        print_code(terminal, code)?;
        return Ok(Exit::Good);
    }
    let bars = Bars::new(terminal);
    let assessed = app::assessed(&shared.source(usual_reading())?, &bars)?;
    drop(bars);
    let Explained { findings, gaps, control } = app::explain(&assessed, name)?;
    if let Some(control) = control {
        print_control(terminal, &assessed, control)?;
    }
    for finding in &findings {
        terminal.data(&finding_text(finding))?;
        terminal.data("")?;
    }
    for gap in gaps {
        terminal.data(&format!("gap {}: {} ({})", gap.rank, printable(&gap.action), printable(&gap.why)))?;
    }
    if findings.is_empty() {
        terminal.say(&format!("nothing was found about {name}"));
    }
    Ok(Exit::Good)
}

fn print_code(terminal: &mut Terminal, code: &Code) -> anyhow::Result<()> {
    terminal.data(&format!("{} ({})", code.name, code.severity.word()))?;
    terminal.data(code.title)?;
    terminal.data("")?;
    terminal.data(code.explanation.trim())?;
    Ok(())
}

fn print_control(terminal: &mut Terminal, assessed: &Assessed, control: &ControlAssessment) -> anyhow::Result<()> {
    let title = assessed.programme.controls.get(&control.id).map(|control| control.title.as_str()).unwrap_or_default();
    terminal.data(&printable(&format!("{}  {title}", control.id)))?;
    terminal.data(&format!("operation in the window: {}", control.operation.words()))?;
    for obligation in &control.obligations {
        terminal.data(&format!(
            "  {:12} due {}  {:17}  {}",
            obligation.period.to_string(),
            obligation.due,
            obligation.outcome.words(),
            printable(&obligation.reason)
        ))?;
    }
    for record in &control.unmatched {
        terminal.data(&format!("  not counted: {} ({})", printable(record.evidence.as_str()), printable(&record.reason)))?;
    }
    if let Some(forecast) = &control.forecast {
        terminal.data(&format!("  forecast: {}", printable(forecast)))?;
    }
    terminal.data("")?;
    Ok(())
}
