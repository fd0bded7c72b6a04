//! Periods: the stretch of days that one performance of a control stands for.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Weekday};
use serde::{Serialize, Serializer};

use super::{Date, add_days, add_months, days_between, parse_date};

/// A range of days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DateRange {
    /// First day.
    pub first: Date,
    /// Last day, included; never before the first.
    pub last: Date,
}

impl DateRange {
    /// A range; `None` when it would end before it starts.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Whether the day lies in the range.
    pub fn contains(self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// Whether all of `other` lies in the range.
    pub fn covers(self, other: DateRange) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The days both ranges share.
    pub fn intersection(self, other: DateRange) -> Option<DateRange> {
        DateRange::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// The number of days, at least one.
    pub fn days(self) -> i64 {
        days_between(self.first, self.last) + 1
    }
}

/// One period. Years, halves and quarters are fiscal: they take the fiscal year's first month and are named after the
/// calendar year in which the fiscal year starts. Months are calendar months, weeks are ISO weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// `2026`.
    Year(i32),
    /// `2026-H1`.
    Half(i32, u32),
    /// `2026-Q1`.
    Quarter(i32, u32),
    /// `2026-03`.
    Month(i32, u32),
    /// `2026-W09`: ISO year and week.
    Week(i32, u32),
    /// `2026-03-15`.
    Day(Date),
    /// `{from, to}`, or the stretch of a rolling cadence.
    Range(DateRange),
}

impl Period {
    /// The days of the period, given the fiscal year's first month (1-12).
    ///
    /// Every period that [`FromStr`] or a cadence makes has days; the range falls back to a single far day only for
    /// years outside the calendar.
    pub fn range(self, fiscal_month: u32) -> DateRange {
        self.checked_range(fiscal_month).unwrap_or(DateRange { first: Date::MAX, last: Date::MAX })
    }

    fn checked_range(self, fiscal_month: u32) -> Option<DateRange> {
        let months = |year: i32, months_in: i32, length: i32| {
            let first = add_months(Date::from_ymd_opt(year, fiscal_month, 1)?, months_in)?;
            DateRange::new(first, add_months(first, length)?.pred_opt()?)
        };
        match self {
            Self::Year(year) => months(year, 0, 12),
            Self::Half(year, half) => months(year, 6 * (half as i32 - 1), 6),
            Self::Quarter(year, quarter) => months(year, 3 * (quarter as i32 - 1), 3),
            Self::Month(year, month) => {
                let first = Date::from_ymd_opt(year, month, 1)?;
                DateRange::new(first, add_months(first, 1)?.pred_opt()?)
            }
            Self::Week(year, week) => {
                let first = Date::from_isoywd_opt(year, week, Weekday::Mon)?;
                DateRange::new(first, add_days(first, 6))
            }
            Self::Day(date) => DateRange::new(date, date),
            Self::Range(range) => Some(range),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Day(date) => write!(f, "{date}"),
            Self::Range(range) => write!(f, "{}..{}", range.first, range.last),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a text is not a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPeriod(String);

impl fmt::Display for BadPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a period", self.0)
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    /// Reads every form that [`fmt::Display`] writes; refuses quarter 5, month 13, and week 53 of a year that has 52.
    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        parse(text).filter(|period| period.checked_range(1).is_some()).ok_or_else(|| BadPeriod(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Period> {
    if let Some((from, to)) = text.split_once("..") {
        return DateRange::new(parse_date(from)?, parse_date(to)?).map(Period::Range);
    }
    if let Some(date) = parse_date(text) {
        return Some(Period::Day(date));
    }
    let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
    let year = digits(year, 4)? as i32;
    match (rest, rest.and_then(|rest| rest.chars().next())) {
        (None, _) => Some(Period::Year(year)),
        (Some(rest), Some('H')) => digits(&rest[1..], 1).filter(|half| (1..=2).contains(half)).map(|half| Period::Half(year, half)),
        (Some(rest), Some('Q')) => {
            digits(&rest[1..], 1).filter(|quarter| (1..=4).contains(quarter)).map(|quarter| Period::Quarter(year, quarter))
        }
        (Some(rest), Some('W')) => digits(&rest[1..], 2).map(|week| Period::Week(year, week)),
        (Some(rest), _) => digits(rest, 2).map(|month| Period::Month(year, month)),
    }
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The calendar period of a given length in months that holds a day: (fiscal year, index from 1).
pub(super) fn fiscal_index(date: Date, fiscal_month: u32, length: u32) -> (i32, u32) {
    let months_in = (date.month() + 12 - fiscal_month) % 12;
    let year = if date.month() < fiscal_month { date.year() - 1 } else { date.year() };
    (year, months_in / length + 1)
}
