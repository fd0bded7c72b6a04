//! `tickmark init`.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::counted;
use crate::{
    app::{self, FrameworkChoice, InitOptions, InitReport, SECURITY, SOC2, Size},
    cli::{Exit, ask::Asker, terminal::Terminal},
    date::{Date, Zone, add_days, add_months, parse_date},
    diag::shell_word,
};

/// Write a starter programme, honestly all draft
///
/// Asks at a terminal for what no option says; elsewhere the defaults hold. Files that are there already are kept as they are.
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The folder to write it to
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The organization's name; without it, the folder's name
    #[arg(long)]
    name: Option<String>,
    /// The zone in which the organization's days begin and end, an IANA name; without it, UTC
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// The frameworks in scope, with the parts of each after `=`, such as `soc2=availability+privacy,iso27001,gdpr=processor`;
    /// without it, soc2
    #[arg(long, value_delimiter = ',', value_name = "LIST")]
    frameworks: Vec<String>,
    /// The SOC 2 categories besides security: availability, confidentiality, processing_integrity, privacy
    #[arg(long, value_delimiter = ',', value_name = "LIST")]
    categories: Vec<String>,
    /// First day of the window; without it, the first of next month
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// Last day of the window; without it, twelve months after its first
    #[arg(long, value_name = "DATE")]
    end: Option<String>,
    /// How many people the organization has: small is under 25, and gets fewer controls for the same requirements
    #[arg(long, value_enum)]
    size: Option<SizeWord>,
    /// Only the configuration and a list of people: for a programme that has its records already, or brings them by `import`
    #[arg(long)]
    bare: bool,
    /// Ask nothing, also at a terminal
    #[arg(long)]
    no_input: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum SizeWord {
    Small,
    Standard,
}

pub(in crate::cli) fn run(args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let asker = if args.no_input { None } else { Asker::here() };
    let options = options(args, asker.as_ref())?;
    let report = app::init(&options)?;
    for path in &report.written {
        terminal.data(path)?;
    }
    for path in &report.kept {
        terminal.say(&format!("kept {path} as it is"));
    }
    say_next(terminal, args, &options, &report);
    Ok(Exit::Good)
}

/// What the options say, and for what they do not say what somebody answers, or else the defaults.
fn options(args: &Args, asker: Option<&Asker>) -> anyhow::Result<InitOptions> {
    let name = match (&args.name, asker) {
        (Some(name), _) => name.clone(),
        (None, Some(asker)) => asker.line("what is the organization called?", folder_name(&args.dir), |answer| {
            if answer.trim().is_empty() { Err("a name is needed".to_owned()) } else { Ok(()) }
        })?,
        (None, None) => folder_name(&args.dir),
    };
    let timezone = match (&args.timezone, asker) {
        (Some(zone), _) => zone.clone(),
        (None, Some(asker)) => asker.line("in which time zone do its days begin and end?", app::machine_zone(), |answer| {
            app::check_zone(answer).map_err(|error| error.to_string())
        })?,
        (None, None) => "UTC".to_owned(),
    };
    let today = Zone::named(&timezone).unwrap_or(Zone::UTC).date_of(app::now()?);
    let frameworks = frameworks(args, asker)?;
    let start = asked_day(args.start.as_ref(), asker, "on which day does the window begin?", app::next_month(today)?, Date::MIN)?;
    let first = start.as_deref().and_then(parse_date).map_or_else(|| app::next_month(today), Ok)?;
    let year_later = add_months(first, 12).map_or(first, |day| add_days(day, -1));
    let ends = "on which day does it end? (a first report often spans three or six months)";
    let end = asked_day(args.end.as_ref(), asker, ends, year_later, first)?;
    let size = match (args.size, asker.filter(|_| !args.bare)) {
        (Some(SizeWord::Small), _) => Size::Small,
        (Some(SizeWord::Standard), _) | (None, None) => Size::Standard,
        (None, Some(asker)) => match asker.one("how many people work for it?", &["25 or more", "under 25"], 0)? {
            1 => Size::Small,
            _ => Size::Standard,
        },
    };
    Ok(InitOptions { dir: args.dir.clone(), name, timezone, frameworks, start, end, size, bare: args.bare, today })
}

/// A day that an option gives or somebody answers; `None` leaves the default to `init`.
fn asked_day(
    given: Option<&String>,
    asker: Option<&Asker>,
    question: &str,
    default: Date,
    earliest: Date,
) -> anyhow::Result<Option<String>> {
    let Some(asker) = asker.filter(|_| given.is_none()) else { return Ok(given.cloned()) };
    let check = |answer: &str| match parse_date(answer) {
        None => Err("write a day as 2026-01-01".to_owned()),
        Some(day) if day < earliest => Err(format!("that is before the window begins on {earliest}")),
        Some(_) => Ok(()),
    };
    asker.line(question, default.to_string(), check).map(Some)
}

fn frameworks(args: &Args, asker: Option<&Asker>) -> anyhow::Result<Vec<FrameworkChoice>> {
    let mut choices: Vec<FrameworkChoice> = args.frameworks.iter().map(|text| parse_choice(text)).collect();
    if let Some(asker) = asker.filter(|_| choices.is_empty()) {
        choices = asked_frameworks(asker, !args.categories.is_empty())?;
    }
    if choices.is_empty() {
        choices.push(FrameworkChoice { key: SOC2.to_owned(), selections: Vec::new() });
    }
    if let Some(soc2) = choices.iter_mut().find(|choice| choice.key == SOC2) {
        soc2.selections.extend(args.categories.iter().map(|name| name.trim().to_owned()));
    } else if !args.categories.is_empty() {
        return Err(app::UsageError::because(
            "--categories speaks of SOC 2, which is not among the frameworks",
            "add soc2 to --frameworks",
        ));
    }
    Ok(choices)
}

/// `soc2=availability+privacy` as a choice.
fn parse_choice(text: &str) -> FrameworkChoice {
    let (key, parts) = text.trim().split_once('=').unwrap_or((text.trim(), ""));
    let selections = parts.split('+').map(str::trim).filter(|part| !part.is_empty() && *part != "all").map(str::to_owned).collect();
    FrameworkChoice { key: key.trim().to_owned(), selections }
}

fn asked_frameworks(asker: &Asker, categories_given: bool) -> anyhow::Result<Vec<FrameworkChoice>> {
    let known = app::known_frameworks();
    let names: Vec<String> = known.iter().map(|framework| framework.name.clone()).collect();
    let marked: Vec<bool> = known.iter().map(|framework| framework.id.as_str() == SOC2).collect();
    let mut choices = Vec::new();
    let mut chosen = asker.several("which frameworks?", &names, &marked)?;
    while chosen.is_empty() {
        chosen = asker.several("which frameworks? at least one is needed", &names, &marked)?;
    }
    for at in chosen {
        let framework = &known[at];
        let key = framework.id.to_string();
        let parts: Vec<String> =
            framework.selections().into_iter().filter(|name| !(key == SOC2 && *name == SECURITY)).map(str::to_owned).collect();
        let answered = key == SOC2 && categories_given;
        let selections = if !parts.is_empty() && !answered {
            let also = if key == SOC2 { "which categories besides security?" } else { "which parts of it? (none: all)" };
            let question = format!("{}: {also}", framework.name);
            asker.several(&question, &parts, &vec![false; parts.len()])?.into_iter().map(|at| parts[at].clone()).collect()
        } else {
            Vec::new()
        };
        choices.push(FrameworkChoice { key, selections });
    }
    Ok(choices)
}

/// The way from here to a first site, as commands that can be typed.
fn say_next(terminal: &mut Terminal, args: &Args, options: &InitOptions, report: &InitReport) {
    let (start, end) = report.window;
    let controls = counted(report.controls, "control");
    let documents = counted(report.documents, "document");
    terminal.say(&format!("\nwrote {} for {}: {controls} and {documents}", counted(report.written.len(), "file"), options.name));
    terminal.say(&format!("the window is {start} to {end}; `tickmark.yaml` says what is in scope"));
    if !args.bare {
        terminal.say("everything is a draft: nothing counts as in place until you make it yours and say so");
    }
    terminal.say("\nnext:");
    let mut steps = Vec::new();
    if args.dir != Path::new(".") {
        steps.push((format!("cd {}", shell_word(&args.dir.to_string_lossy())), ""));
    }
    if !report.in_repository {
        steps.push(("git init".to_owned(), "history is what shows that controls operated"));
    }
    steps.push(("git add . && git commit -m \"Start the compliance programme\"".to_owned(), ""));
    let shows = "builds the readiness site and shows it";
    let names = "builds the readiness site and shows it; the first page names your next five actions";
    steps.push(("tickmark serve".to_owned(), if args.bare { shows } else { names }));
    for (number, (command, why)) in steps.iter().enumerate() {
        let why = if why.is_empty() { String::new() } else { format!("   # {why}") };
        terminal.say(&format!("  {}. {command}{why}", number + 1));
    }
    terminal.say(if args.bare {
        "then put your people into content/people.yaml; `tickmark import --help` lists the formats that can be brought in"
    } else {
        "then put your people into content/people.yaml, and go on with what the first page names"
    });
}

fn folder_name(dir: &Path) -> String {
    // The folder may not be there yet; its name is known all the same.
    let full = dir.canonicalize().or_else(|_| std::path::absolute(dir)).unwrap_or_else(|_| dir.to_path_buf());
    full.file_name().map_or_else(|| "Unnamed organization".to_owned(), |name| name.to_string_lossy().into_owned())
}
