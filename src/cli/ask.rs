//! Questions on a terminal, each with an answer that Enter accepts. The only door to dialoguer.

use std::io::{self, IsTerminal};

use dialoguer::{Input, MultiSelect, Select, theme::ColorfulTheme};

/// Somebody at a terminal who can be asked.
pub(super) struct Asker {
    theme: ColorfulTheme,
}

impl Asker {
    /// Somebody to ask, when both ends of the conversation are a terminal.
    pub(super) fn here() -> Option<Self> {
        (io::stdin().is_terminal() && io::stderr().is_terminal()).then(|| Self { theme: ColorfulTheme::default() })
    }

    /// Asks for a line; an answer that `check` refuses is asked again.
    ///
    /// # Errors
    /// When the terminal goes away or the person breaks off.
    pub(super) fn line(&self, question: &str, default: String, check: impl Fn(&str) -> Result<(), String>) -> anyhow::Result<String> {
        let input = Input::<String>::with_theme(&self.theme).with_prompt(question).default(default);
        Ok(input.validate_with(|answer: &String| check(answer)).interact_text()?)
    }

    /// Asks which of a list are wanted, space marking each; gives their places.
    ///
    /// # Errors
    /// As [`Asker::line`].
    pub(super) fn several(&self, question: &str, items: &[String], marked: &[bool]) -> anyhow::Result<Vec<usize>> {
        let prompt = format!("{question} (space marks, enter goes on)");
        Ok(MultiSelect::with_theme(&self.theme).with_prompt(prompt).items(items).defaults(marked).interact()?)
    }

    /// Asks which one of a list is wanted; gives its place.
    ///
    /// # Errors
    /// As [`Asker::line`].
    pub(super) fn one(&self, question: &str, items: &[&str], default: usize) -> anyhow::Result<usize> {
        Ok(Select::with_theme(&self.theme).with_prompt(question).items(items).default(default).interact()?)
    }
}
