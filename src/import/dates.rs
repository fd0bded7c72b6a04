//! Days and lengths of time as people write them. What could mean two days is none.

use crate::date::{Date, parse_date};

/// A day in free text: `2018-06-01`, `Jun 1 2018`, `June 1st, 2018`, `1 June 2018`, `1st of June 2018`, `31/12/2018`.
/// `Err` is why it is none, as the end of a sentence.
pub(crate) fn free_date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    // An instant names its day first.
    let day = text.split_once(['T', ' ']).filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day);
    if let Some(date) = parse_date(day) {
        return Ok(date);
    }
    let words: Vec<String> = day
        .split(|c: char| c.is_whitespace() || ",;/.-".contains(c))
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !["of", "the"].contains(&word.as_str()) && weekday(word).is_none())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let no_day = || format!("`{text}` is no day that can be read");
    match words.as_slice() {
        [one, two, three] => {
            let (year, month, day) = order(one, two, three).ok_or_else(no_day)??;
            parse_date(&format!("{year:04}-{month:02}-{day:02}")).ok_or_else(|| format!("`{text}` is no day of the calendar"))
        }
        [one, two] if month(one).or(month(two)).is_some() => Err(format!("`{text}` names no day of the month")),
        _ => Err(no_day()),
    }
}

/// Year, month and day of three words; `None` when they are none, an error when they could be two days.
fn order(one: &str, two: &str, three: &str) -> Option<Result<(u32, u32, u32), String>> {
    if let Some(month) = month(one) {
        return Some(Ok((year(three)?, month, day(two)?)));
    }
    if let Some(month) = month(two) {
        return year(three).and_then(|year| Some(Ok((year, month, day(one)?)))).or_else(|| Some(Ok((year(one)?, month, day(three)?))));
    }
    if let Some(year) = year(one) {
        return Some(Ok((year, day(two)?, day(three)?)));
    }
    let (first, second, year) = (day(one)?, day(two)?, year(three)?);
    Some(match (first <= 12, second <= 12) {
        (true, true) if first != second => Err(format!("`{one}` and `{two}` could each be the month; write {year}-MM-DD")),
        (true, _) => Ok((year, first, second)),
        (false, true) => Ok((year, second, first)),
        (false, false) => return None,
    })
}

fn year(word: &str) -> Option<u32> {
    (word.len() == 4).then(|| word.parse().ok()).flatten()
}

fn day(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let at = MONTHS
        .iter()
        .position(|month| *month == word || word == "sept" && *month == "september" || word.len() == 3 && month.starts_with(word))?;
    u32::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<()> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|day| *day == word || word.len() == 3 && day.starts_with(word)).then_some(())
}

/// A length of time in words (`6 months`, `1 year`, `thirty days` as `30 days`) as a span of ours.
/// `Err` is why it is none, as the end of a sentence.
pub(crate) fn free_span(text: &str) -> Result<String, String> {
    const NUMBERS: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let lower = text.trim().to_lowercase();
    let digits = lower.find(|c: char| !c.is_ascii_digit()).unwrap_or(lower.len());
    let (number, unit) = if digits > 0 {
        (lower[..digits].parse().ok(), lower[digits..].trim())
    } else {
        let (word, unit) = lower.split_once(char::is_whitespace).unwrap_or((lower.as_str(), ""));
        let number = if ["a", "an"].contains(&word) { Some(1) } else { NUMBERS.iter().position(|name| *name == word).map(|at| at as u32) };
        (number, unit.trim())
    };
    let unit = match unit.trim_end_matches('s') {
        "day" | "d" => 'D',
        "week" | "w" => 'W',
        "month" | "mo" => 'M',
        "year" | "y" | "yr" => 'Y',
        _ => return Err(format!("`{text}` is no length in days, weeks, months or years")),
    };
    match number {
        Some(number @ 1..=1000) => Ok(format!("P{number}{unit}")),
        _ => Err(format!("`{text}` is no length in days, weeks, months or years")),
    }
}

/// A time to live in seconds as whole days, and whether it was rounded up to them; `None` for no time at all.
pub(crate) fn days_of_seconds(seconds: f64) -> Option<(i64, bool)> {
    const DAY: f64 = 86_400.0;
    const MOST: f64 = 36_500.0;
    if !seconds.is_finite() || seconds <= 0.0 {
        return None;
    }
    let days = (seconds / DAY).ceil();
    (days <= MOST).then_some((days as i64, days * DAY > seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, iso) in [
            ("2018-06-01", "2018-06-01"),
            ("2018/6/1", "2018-06-01"),
            ("Jun 1 2018", "2018-06-01"),
            ("June 1st, 2018", "2018-06-01"),
            ("1st of June 2018", "2018-06-01"),
            ("Fri, 1 Jun 2018", "2018-06-01"),
            ("Sept. 3, 2026", "2026-09-03"),
            ("1-Jun-2018", "2018-06-01"),
            ("31/12/2018", "2018-12-31"),
            ("12/31/2018", "2018-12-31"),
            ("03.03.2018", "2018-03-03"),
            ("2018-06-01T10:00:00Z", "2018-06-01"),
            ("2018-06-01 10:00", "2018-06-01"),
        ] {
            assert_eq!(free_date(text).map(|date| date.to_string()).as_deref(), Ok(iso), "{text}");
        }
        for text in ["", "soon", "June 2018", "2018", "06/01/2018", "Feb 30 2018", "1 2 3 4", "99/99/2018", "Jun 1 18"] {
            assert!(free_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, span) in
            [("6 months", "P6M"), ("1 year", "P1Y"), ("30 days", "P30D"), ("two weeks", "P2W"), ("a year", "P1Y"), ("12months", "P12M")]
        {
            assert_eq!(free_span(text).as_deref(), Ok(span), "{text}");
        }
        for text in ["", "months", "0 days", "6 fortnights", "99999999999 days", "never"] {
            assert!(free_span(text).is_err(), "{text}");
        }
        assert_eq!(days_of_seconds(86_400.0), Some((1, false)));
        assert_eq!(days_of_seconds(90_000.0), Some((2, true)));
        assert_eq!(days_of_seconds(-1.0), None);
    }
}
