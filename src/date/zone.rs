//! Time zones and instants. A day is the half-open range of instants from its local midnight to the next one.

use chrono::{DateTime, FixedOffset, NaiveTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use serde::{Serialize, Serializer};

use super::{Date, add_days};

/// An instant, in UTC.
pub type Instant = DateTime<Utc>;

/// Reads an instant with its offset (RFC 3339: `2026-03-31T09:12:00+02:00`).
pub fn parse_instant(text: &str) -> Option<Instant> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.with_timezone(&Utc))
}

/// An instant from seconds since 1970; `None` when no calendar holds it.
pub fn instant_from_seconds(seconds: i64) -> Option<Instant> {
    DateTime::from_timestamp(seconds, 0)
}

/// An instant in UTC as ISO 8601 (`2026-03-31T07:12:00Z`).
pub fn utc_text(instant: Instant) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The instant, moved in by two days where it stands at an end of the calendar: there its local time would not exist, and
/// a commit may claim any second.
fn within_calendar(instant: Instant) -> Instant {
    instant.clamp(Instant::MIN_UTC + TimeDelta::days(2), Instant::MAX_UTC - TimeDelta::days(2))
}

/// A time zone by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// UTC.
    pub const UTC: Zone = Zone(chrono_tz::UTC);

    /// The zone of an IANA name; `None` when there is no such zone.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// All names, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The instant at which a day begins here: local midnight, or the first instant after it where clocks skip midnight.
    pub fn start_of(self, date: Date) -> Instant {
        let midnight = date.and_time(NaiveTime::MIN);
        (0..=48)
            .filter_map(|half_hours| midnight.checked_add_signed(TimeDelta::minutes(30 * half_hours)))
            .find_map(|time| self.0.from_local_datetime(&time).earliest())
            .map_or_else(|| midnight.and_utc(), |time| time.with_timezone(&Utc))
    }

    /// The instant at which a day ends here: the start of the next one.
    pub fn end_of(self, date: Date) -> Instant {
        self.start_of(add_days(date, 1))
    }

    /// The day an instant falls on here.
    pub fn date_of(self, instant: Instant) -> Date {
        within_calendar(instant).with_timezone(&self.0).date_naive()
    }

    /// An instant as ISO 8601 with this zone's offset (`2026-03-31T09:12:00+02:00`).
    pub fn text(self, instant: Instant) -> String {
        within_calendar(instant).with_timezone(&self.0).to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    /// An instant for people, to the minute (`31 March 2026, 09:12`).
    pub fn long(self, instant: Instant) -> String {
        within_calendar(instant).with_timezone(&self.0).format("%-d %B %Y, %H:%M").to_string()
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A time as a commit records it: seconds and the offset somebody's machine claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GitTime {
    /// Seconds since 1970.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset_minutes: i32,
}

impl GitTime {
    /// Reads an instant with its offset (RFC 3339) and keeps the offset.
    pub fn parse(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self { seconds: time.timestamp(), offset_minutes: time.offset().local_minus_utc() / 60 })
    }

    /// The instant; `None` when the seconds lie outside every calendar.
    pub fn instant(self) -> Option<Instant> {
        instant_from_seconds(self.seconds)
    }

    /// The time as it was recorded, ISO 8601 with its offset; the bare seconds when no calendar holds it.
    pub fn text(self) -> String {
        let offset = FixedOffset::east_opt(self.offset_minutes.saturating_mul(60));
        match (self.instant(), offset) {
            (Some(instant), Some(offset)) => within_calendar(instant).with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Secs, false),
            (Some(instant), None) => utc_text(instant),
            (None, _) => format!("@{}", self.seconds),
        }
    }
}

impl Serialize for GitTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}
