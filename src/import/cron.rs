//! Cron schedules as cadences of ours. A schedule that runs at other times than one of our periods has no cadence, and why
//! is said: a control must not be expected more or less often than its schedule says.

use std::collections::BTreeSet;

/// The cadence of a schedule as comply reads it: six fields with seconds first, or `@daily` and its like.
///
/// With five fields comply means seconds, minutes, hours, days and months, where a crontab means minutes, hours, days,
/// months and weekdays; such a schedule is used only when both mean one cadence, or only one of them can be meant.
/// `Err` is why there is none, as the end of a sentence.
pub(super) fn cadence(schedule: &str) -> Result<&'static str, String> {
    let schedule = schedule.trim();
    if let Some(word) = schedule.strip_prefix('@') {
        return descriptor(word, schedule);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    match fields.as_slice() {
        [second, minute, hour, day, month, weekday] => of_fields(&[*second, *minute, *hour], day, month, weekday).map_err(No::why),
        [a, b, c, d, e] => of_five(schedule, of_fields(&[*a, *b, *c], d, e, "*"), of_fields(&[*a, *b], c, d, e)),
        _ => Err(format!("`{schedule}` is no schedule: it has {} fields where six are expected", fields.len())),
    }
}

/// Why a schedule has no cadence.
enum No {
    /// It cannot be read.
    Schedule(String),
    /// It can, and no cadence says the same.
    Cadence(String),
}

impl No {
    fn why(self) -> String {
        match self {
            Self::Schedule(why) | Self::Cadence(why) => why,
        }
    }
}

type Found = Result<&'static str, No>;

/// Decides between seconds first and minutes first.
fn of_five(schedule: &str, seconds_first: Found, minutes_first: Found) -> Result<&'static str, String> {
    let word = |found: &Found| found.as_ref().map_or_else(|_| "no cadence".to_owned(), |word| (*word).to_owned());
    match (seconds_first, minutes_first) {
        (Ok(one), Ok(two)) if one == two => Ok(one),
        (Ok(one), Err(No::Schedule(_))) | (Err(No::Schedule(_)), Ok(one)) => Ok(one),
        (Err(no), Err(_)) => Err(no.why()),
        (one, two) => Err(format!(
            "`{schedule}` has five fields: seconds first it is {}, minutes first {}; write six fields, seconds first",
            word(&one),
            word(&two)
        )),
    }
}

fn descriptor(word: &str, schedule: &str) -> Result<&'static str, String> {
    match word {
        "yearly" | "annually" => Ok("annual"),
        "monthly" => Ok("monthly"),
        "weekly" => Ok("weekly"),
        "daily" | "midnight" => Ok("daily"),
        "hourly" => Err("it runs every hour; the shortest cadence is daily".to_owned()),
        _ if word.starts_with("every") => {
            Err(format!("`{schedule}` counts from the start of the scheduler, which no calendar shows; set `frequency` yourself"))
        }
        _ => Err(format!("`{schedule}` is no schedule")),
    }
}

fn of_fields(clock: &[&str], day: &str, month: &str, weekday: &str) -> Found {
    let none = |why: &str| Err(No::Cadence(why.to_owned()));
    let limits = [59, 59, 23];
    let clock_limits = &limits[limits.len() - clock.len()..];
    let mut once = true;
    for (field, most) in clock.iter().zip(clock_limits) {
        once &= values(field, 0, *most, &[])?.len() == 1;
    }
    // The last day of the month is one day, as the first is.
    let days = if day == "L" { Some(BTreeSet::from([31])) } else { some_values(day, 1, 31, &[])? };
    let months = some_values(month, 1, 12, &MONTHS)?;
    let weekdays = some_values(weekday, 0, 7, &WEEKDAYS)?.map(|days| days.into_iter().map(|day| day % 7).collect::<BTreeSet<u32>>());
    // Both 0 and 7 are Sunday, so that all days may be written as seven of the eight numbers.
    let weekdays = weekdays.filter(|days| days.len() < 7);
    if !once {
        return none("it runs several times a day; the shortest cadence is daily");
    }
    match (days, months, weekdays) {
        (None, None, None) => Ok("daily"),
        (None, None, Some(weekdays)) if weekdays.len() == 1 => Ok("weekly"),
        (None, None, Some(_)) => none("it runs on several days of the week, which is neither daily nor weekly"),
        (Some(days), months, None) if days.len() == 1 => of_months(months),
        (Some(_), _, None) => none("it runs on several days of the month, which no cadence means"),
        (Some(_), _, Some(_)) => none("it names days of the month and of the week, which no cadence means"),
        (None, Some(_), _) => none("it runs often in some months and not in others, which no cadence means"),
    }
}

/// Once in each of these months.
fn of_months(months: Option<BTreeSet<u32>>) -> Found {
    let Some(months) = months else { return Ok("monthly") };
    let count = months.len() as u32;
    let step = 12 / count.max(1);
    let first = months.first().copied().unwrap_or(1);
    let even = 12 % count.max(1) == 0 && (0..count).all(|at| months.contains(&((first - 1 + at * step) % 12 + 1)));
    match count {
        1 => Ok("annual"),
        2 if even => Ok("semiannual"),
        4 if even => Ok("quarterly"),
        _ => Err(No::Cadence(format!("it runs in {count} months of the year, which no cadence means"))),
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// The values of a field; `None` for all of them.
fn some_values(field: &str, least: u32, most: u32, names: &[&str]) -> Result<Option<BTreeSet<u32>>, No> {
    let values = values(field, least, most, names)?;
    Ok((values.len() as u32 <= most - least).then_some(values))
}

fn values(field: &str, least: u32, most: u32, names: &[&str]) -> Result<BTreeSet<u32>, No> {
    let refuse = || No::Schedule(format!("`{field}` is no field of a schedule"));
    let number = |text: &str| {
        let named = names.iter().position(|name| name.eq_ignore_ascii_case(text)).map(|at| at as u32 + least);
        named.or_else(|| text.parse().ok()).filter(|number| (least..=most).contains(number)).ok_or_else(refuse)
    };
    let mut found = BTreeSet::new();
    for part in field.split(',') {
        let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
        let step: u32 = step.map_or(Ok(1), |step| step.parse().ok().filter(|step| *step > 0).ok_or_else(refuse))?;
        let stepped = part.contains('/');
        let (from, to) = match range.split_once('-') {
            _ if range == "*" || range == "?" => (least, most),
            Some((from, to)) => (number(from)?, number(to)?),
            None => (number(range)?, if stepped { most } else { number(range)? }),
        };
        if from > to {
            return Err(refuse());
        }
        found.extend((from..=to).step_by(step as usize));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::cadence;

    #[test]
    fn schedules_become_cadences() {
        for (schedule, expected) in [
            ("0 0 0 15 * *", "monthly"),
            ("0 0 0 15 4 *", "annual"),
            ("0 0 0 1 1,4,7,10 *", "quarterly"),
            ("0 0 0 1 */3 *", "quarterly"),
            ("0 0 0 1 JAN,JUL ?", "semiannual"),
            ("0 0 0 1 1/6 *", "semiannual"),
            ("0 30 9 * * MON", "weekly"),
            ("0 30 9 ? * 7", "weekly"),
            ("0 0 0 * * *", "daily"),
            ("0 0 0 L * *", "monthly"),
            ("0 0 0 * * 0-6", "daily"),
            ("@daily", "daily"),
            ("@annually", "annual"),
            ("0 0 0 1 *", "monthly"),
        ] {
            assert_eq!(cadence(schedule), Ok(expected), "{schedule}");
        }
    }

    #[test]
    fn what_has_no_cadence_says_why() {
        for (schedule, why) in [
            ("0 0 15 * *", "five fields"),
            ("0 0 * * * *", "several times a day"),
            ("0 0 0 1,15 * *", "several days of the month"),
            ("0 0 0 * * 1-5", "several days of the week"),
            ("0 0 0 1 1,2,3 *", "3 months"),
            ("0 0 0 13 * 5", "days of the month and of the week"),
            ("0 0 0 * 6 *", "some months"),
            ("@hourly", "every hour"),
            ("@every 24h", "start of the scheduler"),
            ("every Monday", "no schedule"),
            ("", "no schedule"),
            ("0 0 0 99 * *", "no field"),
            ("0 0 0 */0 * *", "no field"),
        ] {
            let said = cadence(schedule).unwrap_err();
            assert!(said.contains(why), "{schedule}: {said}");
        }
    }
}
