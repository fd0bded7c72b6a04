//! What templates can do beside Tera's own filters. All pure.
//!
//! | filter | gives |
//! |---|---|
//! | `date` | an ISO day (`2026-03-31`) as it is; the day of an instant |
//! | `long_date` | `31 March 2026`, from a day or an instant |
//! | `number` | `12,345` |
//! | `plural(one=, many=)` | `1 commit`, `12,345 commits` |
//! | `slug` | a file name from an id or title |
//! | `safe_html` | the text as HTML; only for fields that are documented as HTML |

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::{
    date::{Date, long_date, parse_date},
    text,
};

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", |value: &str, _: Kwargs, _: &State<'_>| Ok::<_, Error>(day(value)?.to_string()));
    tera.register_filter("long_date", |value: &str, _: Kwargs, _: &State<'_>| Ok::<_, Error>(long_date(day(value)?)));
    tera.register_filter("number", |value: i64, _: Kwargs, _: &State<'_>| number(value));
    tera.register_filter("plural", plural);
    tera.register_filter("slug", |value: &str, _: Kwargs, _: &State<'_>| text::slug(value));
    tera.register_filter("safe_html", |value: &str, _: Kwargs, _: &State<'_>| Value::safe_string(value));
    // One word for the one way around escaping, so that it can be searched for.
    tera.register_filter("safe", |_: &Value, _: Kwargs, _: &State<'_>| {
        Err::<String, _>(Error::message("`safe` is not used here; `safe_html` is for fields that are documented as HTML"))
    });
}

fn day(text: &str) -> TeraResult<Date> {
    text.get(..10).and_then(parse_date).ok_or_else(|| Error::message(format!("`{text}` is neither a day nor an instant")))
}

fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = if value < 0 { "−".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn plural(count: i64, words: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let word = words.must_get::<&str>(if count == 1 { "one" } else { "many" })?;
    Ok(format!("{} {word}", number(count)))
}
