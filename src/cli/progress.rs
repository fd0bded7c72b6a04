//! Progress bars on stderr, only on a terminal. The only door to indicatif.

use std::{collections::BTreeMap, sync::Mutex};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::terminal::Terminal;
use crate::app::Watch;

/// One bar a stage, gone when the command is.
pub(super) struct Bars {
    all: Option<MultiProgress>,
    bars: Mutex<BTreeMap<&'static str, ProgressBar>>,
}

impl Bars {
    /// Bars for a terminal; silent ones for anything else.
    pub(super) fn new(terminal: &Terminal) -> Self {
        Self { all: terminal.shows_progress().then(MultiProgress::new), bars: Mutex::new(BTreeMap::new()) }
    }
}

impl Watch for Bars {
    fn progress(&self, stage: &'static str, done: u64, total: u64) {
        let (Some(all), Ok(mut bars)) = (&self.all, self.bars.lock()) else { return };
        let bar = bars.entry(stage).or_insert_with(|| {
            let style =
                ProgressStyle::with_template("{msg:16} {bar:32} {human_pos}/{human_len}").unwrap_or_else(|_| ProgressStyle::default_bar());
            all.add(ProgressBar::new(total).with_style(style).with_message(stage))
        });
        bar.set_length(total.max(done));
        bar.set_position(done);
        if done == total && total > 0 {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        if let Ok(bars) = self.bars.lock() {
            bars.values().for_each(ProgressBar::finish_and_clear);
        }
    }
}
