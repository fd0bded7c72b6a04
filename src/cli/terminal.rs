//! The terminal: data to stdout, everything else to stderr, colour only where it is wanted.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::{
    args::{Color, Shared},
    findings::printable,
};

/// Where a command writes.
pub(super) struct Terminal {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    quiet: bool,
}

impl Terminal {
    /// The terminal as the shared options want it. NO_COLOR is honoured by `auto`.
    pub(super) fn new(shared: &Shared) -> Self {
        let choice = match shared.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let auto = |choice, raw: &dyn Fn() -> ColorChoice| if choice == ColorChoice::Auto { raw() } else { choice };
        Self {
            out: AutoStream::new(io::stdout(), auto(choice, &|| AutoStream::choice(&io::stdout()))),
            err: AutoStream::new(io::stderr(), auto(choice, &|| AutoStream::choice(&io::stderr()))),
            quiet: shared.quiet,
        }
    }

    /// Prints a line of data.
    ///
    /// # Errors
    /// When stdout cannot be written (a reader that went away).
    pub(super) fn data(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Prints bytes of data as they are; on a terminal, where they would be obeyed, control codes become visible signs.
    ///
    /// # Errors
    /// As [`Terminal::data`].
    pub(super) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        if io::stdout().is_terminal() {
            return self.out.write_all(printable(&String::from_utf8_lossy(bytes)).as_bytes());
        }
        io::stdout().write_all(bytes)
    }

    /// Says something about the run, unless it is to be quiet.
    pub(super) fn say(&mut self, line: &str) {
        if !self.quiet {
            self.stderr_line(&printable(line));
        }
    }

    /// Says what went wrong and what to do.
    pub(super) fn complain(&mut self, message: &str, hint: Option<&str>) {
        self.stderr_line(&format!("\u{1b}[1;31merror\u{1b}[0m\u{1b}[1m: {}\u{1b}[0m", printable(message)));
        if let Some(hint) = hint {
            self.stderr_line(&format!("\u{1b}[1;36mhint\u{1b}[0m: {}", printable(hint)));
        }
    }

    /// Whether progress can be shown.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    fn stderr_line(&mut self, line: &str) {
        // When stderr is gone there is nobody left to tell.
        if writeln!(self.err, "{line}").is_err() {
            self.quiet = true;
        }
    }
}
