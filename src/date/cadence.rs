//! Cadences (how often a control is expected) and lapses (how long after something else).

use std::{collections::BTreeSet, fmt, str::FromStr};

use chrono::{Datelike, Weekday};
use serde::{Serialize, Serializer};

use super::{Date, DateRange, Period, add_days, add_months, period::fiscal_index};

/// A length of time in calendar terms: months and days, or business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// Months first, with the end-of-month clamp, then days.
    Calendar {
        /// Whole months (a year is twelve).
        months: u32,
        /// Days (a week is seven).
        days: u32,
    },
    /// Days that are neither Saturday, Sunday nor a holiday of the organization.
    Business(u32),
}

impl Lapse {
    /// No time at all.
    pub const ZERO: Lapse = Lapse::Calendar { months: 0, days: 0 };

    /// A number of days.
    pub const fn days(days: u32) -> Self {
        Lapse::Calendar { months: 0, days }
    }

    /// The day this long after `date`; stays at the calendar's end when it would leave it.
    pub fn after(self, date: Date, calendar: &Calendar) -> Date {
        match self {
            Self::Calendar { months, days } => {
                let moved = i32::try_from(months).ok().and_then(|months| add_months(date, months)).unwrap_or(Date::MAX);
                add_days(moved, i64::from(days))
            }
            Self::Business(count) => calendar.add_business_days(date, count),
        }
    }
}

impl fmt::Display for Lapse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Business(days) => write!(f, "{days}bd"),
            Self::Calendar { months: 0, days } => write!(f, "P{days}D"),
            Self::Calendar { months, days: 0 } => write!(f, "P{months}M"),
            Self::Calendar { months, days } => write!(f, "P{months}M{days}D"),
        }
    }
}

/// Why a text is not a lapse or a cadence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLapse(String);

impl fmt::Display for BadLapse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a length of time", self.0)
    }
}

impl FromStr for Lapse {
    type Err = BadLapse;

    /// Reads `P1Y2M3W4D` (any of the parts, in this order, whole numbers) and `5bd`. Hours are refused: a record is due on a day.
    fn from_str(text: &str) -> Result<Self, BadLapse> {
        parse_lapse(text).ok_or_else(|| BadLapse(text.to_owned()))
    }
}

fn parse_lapse(text: &str) -> Option<Lapse> {
    const LONGEST: u32 = 100_000;
    if let Some(days) = text.strip_suffix("bd") {
        return days.parse().ok().filter(|days| *days <= LONGEST).map(Lapse::Business);
    }
    let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let (mut months, mut days) = (0_u32, 0_u32);
    for (unit, in_months, in_days) in [('Y', 12, 0), ('M', 1, 0), ('W', 0, 7), ('D', 0, 1)] {
        if let Some((number, after)) = rest.split_once(unit) {
            let number: u32 = number.parse().ok().filter(|number| *number <= LONGEST)?;
            (months, days) = (months + number * in_months, days + number * in_days);
            rest = after;
        }
    }
    rest.is_empty().then_some(Lapse::Calendar { months, days })
}

impl Serialize for Lapse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The organization's calendar: the fiscal year's first month and the days nobody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The fiscal year's first month, 1-12.
    pub fiscal_month: u32,
    /// Holidays, beside Saturdays and Sundays.
    pub holidays: BTreeSet<Date>,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { fiscal_month: 1, holidays: BTreeSet::new() }
    }
}

impl Calendar {
    /// Whether people work on the day.
    pub fn is_business_day(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains(&date)
    }

    /// The `count`-th business day after `date`; `date` itself when the count is zero.
    pub fn add_business_days(&self, date: Date, count: u32) -> Date {
        let mut day = date;
        for _ in 0..count {
            loop {
                let next = add_days(day, 1);
                let stuck = next == day;
                day = next;
                if stuck || self.is_business_day(day) {
                    break;
                }
            }
        }
        day
    }

    /// The number of business days after `from`, up to and including `to`; zero when `to` is not later.
    pub fn business_days_between(&self, from: Date, to: Date) -> i64 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = add_days(day, 1);
            count += i64::from(self.is_business_day(day));
        }
        count
    }
}

/// How often a control is expected to operate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// Always on: shown by configuration and its changes, not by performances.
    Continuous,
    /// Whenever something happens (a hire, an incident): no obligations by the calendar.
    PerEvent,
    /// Every day.
    Daily,
    /// Every ISO week.
    Weekly,
    /// Every calendar month.
    Monthly,
    /// Every fiscal quarter.
    Quarterly,
    /// Every fiscal half-year.
    Semiannual,
    /// Every fiscal year.
    Annual,
    /// At most this long after the last performance.
    Rolling(Lapse),
}

impl Cadence {
    /// The words that name a cadence in files, for suggestions.
    pub const WORDS: [&'static str; 8] = ["continuous", "per_event", "daily", "weekly", "monthly", "quarterly", "semiannual", "annual"];

    /// The calendar period that holds a day; `None` where the calendar gives none (continuous, per event, rolling).
    pub fn period_of(self, date: Date, fiscal_month: u32) -> Option<Period> {
        let fiscal = |length| fiscal_index(date, fiscal_month, length);
        match self {
            Self::Continuous | Self::PerEvent | Self::Rolling(_) => None,
            Self::Daily => Some(Period::Day(date)),
            Self::Weekly => Some(Period::Week(date.iso_week().year(), date.iso_week().week())),
            Self::Monthly => Some(Period::Month(date.year(), date.month())),
            Self::Quarterly => Some(fiscal(3)).map(|(year, index)| Period::Quarter(year, index)),
            Self::Semiannual => Some(fiscal(6)).map(|(year, index)| Period::Half(year, index)),
            Self::Annual => Some(Period::Year(fiscal(12).0)),
        }
    }

    /// Every calendar period that shares a day with `range`, in order; empty where the calendar gives none.
    pub fn periods_in(self, range: DateRange, fiscal_month: u32) -> Vec<Period> {
        let mut periods = Vec::new();
        let mut day = range.first;
        while let Some(period) = self.period_of(day, fiscal_month) {
            periods.push(period);
            let last = period.range(fiscal_month).last;
            if last >= range.last || last == Date::MAX {
                break;
            }
            day = add_days(last, 1);
        }
        periods
    }

    /// The cadence for people: "every quarter".
    pub fn phrase(self) -> String {
        match self {
            Self::Continuous => "continuously".to_owned(),
            Self::PerEvent => "whenever it happens".to_owned(),
            Self::Daily => "every day".to_owned(),
            Self::Weekly => "every week".to_owned(),
            Self::Monthly => "every month".to_owned(),
            Self::Quarterly => "every quarter".to_owned(),
            Self::Semiannual => "every half-year".to_owned(),
            Self::Annual => "every year".to_owned(),
            Self::Rolling(Lapse::Calendar { months: 0, days }) => format!("at most {days} days after the last time"),
            Self::Rolling(lapse) => format!("at most {lapse} after the last time"),
        }
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Continuous => f.write_str("continuous"),
            Self::PerEvent => f.write_str("per_event"),
            Self::Daily => f.write_str("daily"),
            Self::Weekly => f.write_str("weekly"),
            Self::Monthly => f.write_str("monthly"),
            Self::Quarterly => f.write_str("quarterly"),
            Self::Semiannual => f.write_str("semiannual"),
            Self::Annual => f.write_str("annual"),
            Self::Rolling(lapse) => lapse.fmt(f),
        }
    }
}

impl FromStr for Cadence {
    type Err = BadLapse;

    /// Reads a cadence's word or a lapse longer than nothing.
    fn from_str(text: &str) -> Result<Self, BadLapse> {
        Ok(match text {
            "continuous" => Self::Continuous,
            "per_event" => Self::PerEvent,
            "daily" => Self::Daily,
            "weekly" => Self::Weekly,
            "monthly" => Self::Monthly,
            "quarterly" => Self::Quarterly,
            "semiannual" => Self::Semiannual,
            "annual" => Self::Annual,
            other => match other.parse()? {
                Lapse::ZERO | Lapse::Business(_) => return Err(BadLapse(other.to_owned())),
                lapse => Self::Rolling(lapse),
            },
        })
    }
}

impl Serialize for Cadence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
