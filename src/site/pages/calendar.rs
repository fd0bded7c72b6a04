//! What is due when: overdue, in 14, 30 and 60 days; reviews and ends of waivers beside the obligations.

use std::sync::Arc;

use serde::Serialize;

use super::{Heading, page};
use crate::{
    date::{Date, add_days, long_date},
    site::{
        Page,
        links::{At, register_anchor},
        nav::Frame,
        paging,
        shelf::{Due, Shelf},
        view::{Link, Mark, ObligationRow, Pager, number},
    },
};

/// The calendar names no more of a stretch than this; what is more has a list of its own.
const FIRST_FEW: usize = 40;
/// How many rows a page of such a list holds.
const ROWS_A_PAGE: usize = 200;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Calendar {
    /// What stands around it.
    pub frame: Frame,
    /// The day of the assessment in words.
    pub today: String,
    /// The way through a long stretch; empty on the calendar itself.
    pub pager: Pager,
    /// Stretches of time, nearest first.
    pub stretches: Vec<Stretch>,
}

/// One stretch of time.
#[derive(Clone, Debug, Serialize)]
pub struct Stretch {
    /// Its anchor.
    pub anchor: &'static str,
    /// Its name.
    pub name: String,
    /// How many things it holds.
    pub count: String,
    /// Obligations without a record, by due day.
    pub obligations: Vec<ObligationRow>,
    /// Reviews and ends.
    pub dates: Vec<DateRow>,
    /// The list of all of it, where it is too long for the calendar.
    pub all: Option<Link>,
}

/// A day that is no obligation of a control.
#[derive(Clone, Debug, Serialize)]
pub struct DateRow {
    /// Its sign.
    pub mark: Mark,
    /// The day.
    pub day: String,
    /// How far it is.
    pub distance: String,
    /// What it is about.
    pub subject: Link,
    /// What happens then.
    pub what: &'static str,
    /// Who answers for it.
    pub owner: Option<Link>,
}

/// A stretch of time with all that it holds.
pub struct Span<'a> {
    /// Its anchor.
    pub anchor: &'static str,
    /// Its name.
    pub name: String,
    /// Obligations without a record, by due day.
    pub dues: Vec<Due<'a>>,
    /// Reviews and ends, as a page of the site's root shows them.
    pub dates: Vec<DateRow>,
}

/// Plans the pages: the calendar, and a list of its own for every stretch that is too long for it.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let spans: Arc<[Arc<Span<'a>>]> = spans(At { shelf, path: "calendar.html" }).into_iter().map(Arc::new).collect();
    let mut lists = Vec::new();
    for span in spans.iter().filter(|span| is_long(span)) {
        let above = vec![("calendar.html".to_owned(), "Calendar".to_owned())];
        lists.extend(pages(shelf, &list_page(span), &Heading { section: "calendar.html", title: span.name.clone(), above }, span));
    }
    let whole = page(shelf, "calendar.html", "calendar.html", move |at| {
        let heading = Heading { section: "calendar.html", title: "What is due, and what is overdue".to_owned(), above: Vec::new() };
        Ok(calendar(at, &heading, Pager::default(), spans.iter().map(|span| first_few(at, span)).collect()))
    });
    std::iter::once(whole).chain(lists).collect()
}

/// The pages of a list of what waits, the first of which is `first`.
pub fn pages<'a>(shelf: &Arc<Shelf<'a>>, first: &str, heading: &Heading, span: &Arc<Span<'a>>) -> Vec<Page<'a>> {
    let shares = paging::shares(first, span.dues.len() + span.dates.len(), ROWS_A_PAGE).into_iter();
    shares
        .map(|share| {
            let (span, heading) = (Arc::clone(span), heading.clone());
            page(shelf, share.path.clone(), "calendar.html", move |at| {
                let (dues, rows) = (span.dues.len(), &share.rows);
                let obligations = span.dues[rows.start.min(dues)..rows.end.min(dues)].iter().map(|due| at.obligation(*due)).collect();
                let dates = span.dates[rows.start.max(dues) - dues..rows.end.max(dues) - dues].to_vec();
                Ok(calendar(at, &heading, share.pager.clone(), vec![stretch(&span, obligations, dates, None)]))
            })
        })
        .collect()
}

fn calendar(at: At<'_, '_>, heading: &Heading, pager: Pager, stretches: Vec<Stretch>) -> Calendar {
    Calendar { frame: heading.frame(at), today: long_date(at.shelf.input.assessment.today), pager, stretches }
}

fn stretch(span: &Span<'_>, obligations: Vec<ObligationRow>, dates: Vec<DateRow>, all: Option<Link>) -> Stretch {
    Stretch { anchor: span.anchor, name: span.name.clone(), count: number(span.dues.len() + span.dates.len()), obligations, dates, all }
}

fn first_few(at: At<'_, '_>, span: &Span<'_>) -> Stretch {
    let all = is_long(span).then(|| at.to(&list_page(span), format!("All {}", number(span.dues.len() + span.dates.len()))));
    let obligations = span.dues.iter().take(FIRST_FEW).map(|due| at.obligation(*due)).collect();
    stretch(span, obligations, span.dates.iter().take(FIRST_FEW).cloned().collect(), all)
}

fn is_long(span: &Span<'_>) -> bool {
    span.dues.len() > FIRST_FEW || span.dates.len() > FIRST_FEW
}

fn list_page(span: &Span<'_>) -> String {
    format!("calendar-{}.html", span.anchor)
}

/// The stretches of the calendar, nearest first.
fn spans<'a>(at: At<'_, 'a>) -> Vec<Span<'a>> {
    let today = at.shelf.input.assessment.today;
    let dates = dates(at);
    let edges = [14, 30, 60].map(|days| add_days(today, days));
    let span = |anchor, name: String, from: Option<Date>, to: Option<Date>| {
        let within = |day: Date| from.is_none_or(|from| from < day) && to.is_none_or(|to| day <= to);
        Span {
            anchor,
            name,
            dues: at.shelf.open.iter().filter(|due| within(due.obligation.due)).copied().collect(),
            dates: dates.iter().filter(|(day, _)| within(*day)).map(|(_, row)| row.clone()).collect(),
        }
    };
    let yesterday = add_days(today, -1);
    vec![
        span("overdue", "Overdue".to_owned(), None, Some(yesterday)),
        span("in-14", format!("In 14 days: until {}", long_date(edges[0])), Some(yesterday), Some(edges[0])),
        span("in-30", format!("In 30 days: until {}", long_date(edges[1])), Some(edges[0]), Some(edges[1])),
        span("in-60", format!("In 60 days: until {}", long_date(edges[2])), Some(edges[1]), Some(edges[2])),
        span("later", "Later in the window".to_owned(), Some(edges[2]), None),
    ]
}

fn dates(at: At<'_, '_>) -> Vec<(Date, DateRow)> {
    let (programme, assessment) = (at.shelf.input.programme, at.shelf.input.assessment);
    let calendar = &programme.config.organization.calendar;
    let row = |day: Date, subject: Link, what, owner: Option<Link>| {
        let mark = if day < assessment.today { ("missed", "overdue") } else { ("due_soon", "due") };
        let mark = Mark { name: mark.0, words: mark.1.to_owned() };
        (day, DateRow { mark, day: day.to_string(), distance: at.distance(day), subject, what, owner })
    };
    let mut rows = Vec::new();
    for document in &assessment.documents {
        let owner = programme.documents.get(&document.id).and_then(|record| record.owner.as_ref());
        if let Some(day) = document.next_review {
            rows.push(row(day, at.document(&document.id), "review of the document", owner.map(|owner| at.owner(owner))));
        }
    }
    for waiver in programme.waivers.values() {
        if let Some(day) = waiver.expires_on.filter(|day| *day >= assessment.today) {
            let owner = waiver.requested_by.as_ref().map(|name| at.written(name));
            rows.push(row(day, at.waiver(&waiver.id), "the waiver ends", owner));
        }
    }
    let reviews = programme.risks.values().filter(|risk| risk.open).filter_map(|risk| {
        let day = next_review(risk.reviewed_on?, risk.review_every?, calendar)?;
        let subject = at.to(&register_anchor("risk", risk.id.as_str()), risk.title.clone());
        Some(row(day, subject, "review of the risk", risk.owner.as_ref().map(|owner| at.owner(owner))))
    });
    rows.extend(reviews);
    let vendors = programme.vendors.values().filter_map(|vendor| {
        let reviewed = vendor.report.as_ref().and_then(|report| report.reviewed_on)?;
        let day = next_review(reviewed, vendor.review_every?, calendar)?;
        Some(row(day, at.vendor(&vendor.id), "review of the vendor", vendor.owner.as_ref().map(|owner| at.owner(owner))))
    });
    rows.extend(vendors);
    rows.sort_by(|a, b| (a.0, &a.1.subject.text).cmp(&(b.0, &b.1.subject.text)));
    rows
}

/// The day of the next review, one cycle after the last; `None` where the cycle is no length of time.
fn next_review(last: Date, every: crate::date::Cadence, calendar: &crate::date::Calendar) -> Option<Date> {
    use crate::date::{Cadence, Lapse};
    let months = |months| Lapse::Calendar { months, days: 0 };
    let lapse = match every {
        Cadence::Continuous | Cadence::PerEvent => return None,
        Cadence::Daily => Lapse::days(1),
        Cadence::Weekly => Lapse::days(7),
        Cadence::Monthly => months(1),
        Cadence::Quarterly => months(3),
        Cadence::Semiannual => months(6),
        Cadence::Annual => months(12),
        Cadence::Rolling(lapse) => lapse,
    };
    Some(lapse.after(last, calendar))
}
