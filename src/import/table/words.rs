//! Words of tables as words of ours. A word that could mean two things means none.

use std::str::FromStr;

use crate::{date::Cadence, import::dates::free_span, load::raw::ControlKind};

/// A frequency as a cadence; `Err` is why it is none.
pub(super) fn frequency(text: &str) -> Result<String, String> {
    let word = text.trim().to_lowercase().replace(['_', '-'], " ");
    let word = word.trim_end_matches('.').trim();
    let known = match word {
        "continuous" | "continuously" | "ongoing" | "real time" | "realtime" => "continuous",
        "per event" | "event driven" | "event based" | "per occurrence" | "on event" | "on each change" | "per change" => "per_event",
        "daily" | "every day" | "once a day" => "daily",
        "weekly" | "every week" | "once a week" => "weekly",
        "monthly" | "every month" | "once a month" => "monthly",
        "quarterly" | "every quarter" | "once a quarter" | "each quarter" => "quarterly",
        "semiannual" | "semi annual" | "semiannually" | "semi annually" | "half yearly" | "twice a year" | "every half year"
        | "every 6 months" => "semiannual",
        "annual" | "annually" | "yearly" | "every year" | "once a year" | "each year" | "every 12 months" => "annual",
        "biannual" | "bi annual" | "biannually" | "bi annually" | "bimonthly" | "bi monthly" | "biweekly" | "bi weekly" => {
            return Err("it can mean twice in a period or every second one".to_owned());
        }
        "ad hoc" | "as needed" | "on demand" | "when needed" | "as required" | "periodically" | "regularly" | "n/a" | "none" => {
            return Err("it says nothing that can be expected on a day".to_owned());
        }
        _ => "",
    };
    if !known.is_empty() {
        return Ok(known.to_owned());
    }
    if Cadence::from_str(text.trim()).is_ok() {
        return Ok(text.trim().to_owned());
    }
    free_span(word.strip_prefix("every ").unwrap_or(word)).map_err(|_| "it is no cadence".to_owned())
}

/// Manual or automated; `Err` is why it is neither.
pub(super) fn kind(text: &str) -> Result<ControlKind, String> {
    match text.trim().to_lowercase().as_str() {
        "manual" | "manually" => Ok(ControlKind::Manual),
        "automated" | "automatic" | "automatically" | "auto" => Ok(ControlKind::Automated),
        _ => Err("it is neither manual nor automated".to_owned()),
    }
}

/// Yes or no; `Err` is why it is neither.
pub(super) fn truth(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "x" | "1" | "key" => Ok(true),
        "no" | "n" | "false" | "0" | "-" => Ok(false),
        _ => Err("it is neither yes nor no".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::frequency;

    #[test]
    fn frequencies_become_cadences_or_reasons() {
        for (text, cadence) in
            [("Annually", "annual"), ("per_event", "per_event"), ("P90D", "P90D"), ("every 90 days", "P90D"), ("Semi-Annual", "semiannual")]
        {
            assert_eq!(frequency(text).as_deref(), Ok(cadence), "{text}");
        }
        for text in ["Bi-weekly", "as needed", "whenever", "=NOW()"] {
            assert!(frequency(text).is_err(), "{text}");
        }
    }
}
