//! One file a command: the imperative shell around the pure parts. The clock and the environment enter here.
//!
//! A command takes an options struct, calls the line of `assessed`, and returns what it found as data; printing and exit
//! codes are the command line's business.

mod assessed;
mod build;
mod check;
mod clock;
mod demo;
mod explain;
mod export;
mod import;
mod init;
mod map;
mod outputs;
mod policy;
mod population;
mod record;
#[cfg(feature = "serve")]
mod serve;

pub use assessed::{Assessed, Reading, Source, Watch, assessed};
pub use build::{BuildOptions, Built, build};
pub use check::{Checked, check};
pub use clock::{AsOf, machine_zone, now};
pub use demo::{DEMO_AS_OF, DemoReport, demo};
pub use explain::{Explained, all_codes, code, explain};
pub use export::{Delivered, ExportOptions, ExportReport, export};
pub use import::{ImportReport, ImportRequest, import};
pub use init::{FrameworkChoice, InitOptions, InitReport, SECURITY, SOC2, Size, check_zone, init, known_frameworks, next_month};
pub use map::{CrosswalkRow, MapControl, MapCounts, MapLine, MapReport, MapRequest, MapWay, Mapped, map_list, map_suggest};
pub use policy::{PolicyText, policy_on};
pub use population::{population, populations};
pub use record::{RecordOptions, Recorded, record};
#[cfg(feature = "serve")]
pub use serve::{ServeEvent, ServeOptions, serve};

/// A mistake in how a command was called or in the place it was called from: exit code 2, with a hint.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct UsageError {
    /// What is wrong, lower case.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl UsageError {
    /// A usage error as an `anyhow` error.
    pub fn because(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
        Self { message: message.into(), hint: hint.into() }.into()
    }
}
