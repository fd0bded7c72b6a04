//! The one place that reads the clock.

use std::time::Duration;

use anyhow::Context;

use super::UsageError;
use crate::date::{Instant, Zone, instant_from_seconds, parse_date, parse_instant};

/// A day given as the as-of means its last second.
const ONE_SECOND: Duration = Duration::from_secs(1);
/// The first day that can be assessed.
const FIRST_DAY: &str = "0001-01-01";
/// The last one.
const LAST_DAY: &str = "9000-12-31";

/// The instant of an assessment, as far as it is known before the organization's zone is.
#[derive(Clone, Debug)]
pub enum AsOf {
    /// As the user gave it: a date (its last second in the organization's zone) or an instant with its offset.
    Given(String),
    /// Read from the clock or from SOURCE_DATE_EPOCH.
    Read(Instant),
}

impl AsOf {
    /// The instant, once the zone is known.
    ///
    /// # Errors
    /// When the text is neither a date nor an instant.
    pub fn resolve(&self, zone: Zone) -> anyhow::Result<Instant> {
        let instant = match self {
            Self::Read(instant) => *instant,
            Self::Given(text) => {
                parse_instant(text).or_else(|| parse_date(text).map(|date| zone.end_of(date) - ONE_SECOND)).ok_or_else(|| {
                    UsageError::because(
                        format!("`{text}` is neither a date nor an instant"),
                        "write --as-of 2026-06-30 or --as-of 2026-06-30T09:00:00+02:00",
                    )
                })?
            }
        };
        // A year is written with four digits, also that of a day some years after the as-of.
        let day = Some(zone.date_of(instant));
        if day < parse_date(FIRST_DAY) || day > parse_date(LAST_DAY) {
            return Err(UsageError::because(
                format!("{} is not between {FIRST_DAY} and {LAST_DAY}", zone.text(instant)),
                "write --as-of 2026-06-30, and look at SOURCE_DATE_EPOCH where it is set",
            ));
        }
        Ok(instant)
    }
}

/// The present instant: SOURCE_DATE_EPOCH when it is set, else the clock.
///
/// # Errors
/// When SOURCE_DATE_EPOCH is set to something that is not a number of seconds.
pub fn now() -> anyhow::Result<Instant> {
    #[expect(clippy::disallowed_methods, reason = "this is the one door to the clock and to SOURCE_DATE_EPOCH")]
    let (epoch, clock) = (std::env::var("SOURCE_DATE_EPOCH").ok(), std::time::SystemTime::now());
    let seconds = match epoch {
        Some(text) => text.trim().parse().with_context(|| format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"))?,
        None => clock.duration_since(std::time::UNIX_EPOCH).context("the clock stands before 1970")?.as_secs() as i64,
    };
    instant_from_seconds(seconds).context("the clock stands outside every calendar")
}

/// The machine's own time zone as an IANA name, to be offered to somebody who is asked; UTC where it cannot be told.
pub fn machine_zone() -> String {
    iana_time_zone::get_timezone().ok().filter(|name| Zone::named(name).is_some()).unwrap_or_else(|| "UTC".to_owned())
}
