//! Days, periods and cadences, without a clock: every function here gives the same answer for ever.
//!
//! This folder is the only door to chrono. Days are days in the organization's zone; instants are UTC.

mod cadence;
mod period;
mod zone;

pub use cadence::{Cadence, Calendar, Lapse};
pub use period::{DateRange, Period};
pub use zone::{GitTime, Instant, Zone, instant_from_seconds, parse_instant, utc_text};

/// A day.
pub type Date = chrono::NaiveDate;

/// Reads `2026-03-31`; nothing else is a date.
pub fn parse_date(text: &str) -> Option<Date> {
    let well_formed = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if well_formed { Date::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// The last day of a month (1-12).
pub fn last_of_month(year: i32, month: u32) -> Option<Date> {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Date::from_ymd_opt(next_year, next_month, 1)?.pred_opt()
}

/// Moves a day by whole months; a day that the month lacks becomes its last one (31 January + 1 month = 28 February).
pub fn add_months(date: Date, months: i32) -> Option<Date> {
    let step = chrono::Months::new(months.unsigned_abs());
    if months < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) }
}

/// Moves a day by a number of days; stays at the calendar's end when it would leave it.
pub fn add_days(date: Date, days: i64) -> Date {
    let end = if days < 0 { Date::MIN } else { Date::MAX };
    chrono::TimeDelta::try_days(days).and_then(|delta| date.checked_add_signed(delta)).unwrap_or(end)
}

/// The number of days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// How a day is written for people: `31 March 2026`.
pub fn long_date(date: Date) -> String {
    date.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests;
