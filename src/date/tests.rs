//! The calendar's edges, as DOMAIN's shared definitions name them.

use super::*;

fn day(text: &str) -> Date {
    parse_date(text).expect("a date")
}

fn range(text: &str, fiscal: u32) -> (String, String) {
    let range = text.parse::<Period>().expect("a period").range(fiscal);
    (range.first.to_string(), range.last.to_string())
}

#[test]
fn periods_have_calendar_days() {
    for (period, fiscal, first, last) in [
        ("2026", 1, "2026-01-01", "2026-12-31"),
        ("2026", 4, "2026-04-01", "2027-03-31"),
        ("2026-H2", 1, "2026-07-01", "2026-12-31"),
        ("2026-Q1", 1, "2026-01-01", "2026-03-31"),
        ("2026-Q4", 10, "2027-07-01", "2027-09-30"),
        ("2024-02", 1, "2024-02-01", "2024-02-29"),
        ("2026-W53", 1, "2026-12-28", "2027-01-03"),
        ("2026-03-15", 1, "2026-03-15", "2026-03-15"),
        ("2026-01-05..2026-01-09", 1, "2026-01-05", "2026-01-09"),
    ] {
        assert_eq!(range(period, fiscal), (first.to_owned(), last.to_owned()), "{period}");
    }
}

#[test]
fn impossible_periods_and_dates_are_refused() {
    for text in
        ["2026-Q5", "2026-H0", "2026-13", "2025-W53", "2026-02-30", "26-Q1", "2026-Q", "2026-01-09..2026-01-05", "", "2026-q1", "+2026"]
    {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
    assert_eq!(parse_date("2026-2-3"), None);
    assert_eq!(parse_date("2026-02-29"), None);
}

#[test]
fn a_period_reads_back_as_it_is_written() {
    for text in ["2026", "2026-H1", "2026-Q3", "2026-03", "2026-W09", "2026-03-15", "2026-01-05..2026-01-09"] {
        assert_eq!(text.parse::<Period>().expect("a period").to_string(), text);
    }
}

#[test]
fn the_end_of_a_month_is_clamped() {
    let calendar = Calendar::default();
    let month: Lapse = "P1M".parse().expect("a lapse");
    assert_eq!(month.after(day("2026-01-31"), &calendar), day("2026-02-28"));
    let year: Lapse = "P1Y".parse().expect("a lapse");
    assert_eq!(year.after(day("2024-02-29"), &calendar), day("2025-02-28"));
}

#[test]
fn business_days_skip_weekends_and_holidays() {
    let calendar = Calendar { fiscal_month: 1, holidays: [day("2026-04-06")].into() };
    let five: Lapse = "5bd".parse().expect("a lapse");
    assert_eq!(five.after(day("2026-04-02"), &calendar), day("2026-04-10"));
    assert_eq!(calendar.business_days_between(day("2026-04-02"), day("2026-04-10")), 5);
}

#[test]
fn lapses_are_whole_days_or_longer() {
    for text in ["PT5H", "P", "5", "P1.5D", "bd", "P-1D", "P1D2W"] {
        assert!(text.parse::<Lapse>().is_err(), "{text}");
    }
    assert!("P0D".parse::<Cadence>().is_err());
    assert_eq!("P90D".parse::<Cadence>().expect("a cadence").to_string(), "P90D");
}

#[test]
fn a_cadence_lists_the_periods_of_a_window() {
    let year = DateRange::new(day("2026-01-01"), day("2026-12-31")).expect("a range");
    let count = |cadence: Cadence, fiscal| cadence.periods_in(year, fiscal).len();
    assert_eq!((count(Cadence::Weekly, 1), count(Cadence::Monthly, 1), count(Cadence::Quarterly, 1)), (53, 12, 4));
    // A fiscal year from February: January belongs to the last quarter of the year before.
    assert_eq!(count(Cadence::Quarterly, 2), 5);
    assert_eq!(Cadence::Annual.periods_in(year, 4), [Period::Year(2025), Period::Year(2026)]);
    assert_eq!(count(Cadence::PerEvent, 1), 0);
}

#[test]
fn a_day_ends_at_local_midnight_through_daylight_saving() {
    let berlin = Zone::named("Europe/Berlin").expect("a zone");
    assert_eq!(berlin.text(berlin.end_of(day("2026-03-31"))), "2026-04-01T00:00:00+02:00");
    assert_eq!(utc_text(berlin.end_of(day("2026-03-28"))), "2026-03-28T23:00:00Z");
    // Clocks in Beirut skip midnight on the day summer time begins.
    let beirut = Zone::named("Asia/Beirut").expect("a zone");
    assert_eq!(beirut.text(beirut.start_of(day("2026-03-29"))), "2026-03-29T01:00:00+03:00");
    // The same instant is another day further west: the organization's zone decides.
    let late = parse_instant("2026-03-31T20:00:00-07:00").expect("an instant");
    assert_eq!(Zone::UTC.date_of(late), day("2026-04-01"));
}

#[test]
fn the_ends_of_the_calendar_have_days_in_every_zone() {
    for name in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"] {
        let zone = Zone::named(name).expect("a zone");
        for instant in [Instant::MIN_UTC, Instant::MAX_UTC] {
            assert!(!zone.text(instant).is_empty() && !zone.long(instant).is_empty());
            let day = zone.date_of(instant);
            assert!(zone.start_of(day) <= zone.end_of(day));
        }
        assert!(zone.end_of(Date::MAX) > zone.start_of(add_days(Date::MAX, -3)));
    }
    let latest = GitTime { seconds: Instant::MAX_UTC.timestamp(), offset_minutes: 14 * 60 };
    assert!(!latest.text().is_empty());
}
