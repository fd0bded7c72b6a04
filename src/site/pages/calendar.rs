//! What is due when: overdue, in 14, 30 and 60 days; reviews and ends of waivers beside the obligations.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    assess::Outcome,
    date::{Date, add_days, long_date},
    site::{
        Page,
        links::{At, register_anchor},
        nav::Frame,
        shelf::{Due, Shelf},
        view::{Link, Mark, ObligationRow, number},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Calendar {
    /// What stands around it.
    pub frame: Frame,
    /// The day of the assessment in words.
    pub today: String,
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

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "calendar.html", "calendar.html", |at| Ok(calendar(at)))]
}

/// Obligations that wait for a record: those whose grace is over first, then by due day.
pub fn open_dues<'a>(shelf: &Shelf<'a>) -> Vec<Due<'a>> {
    let mut dues: Vec<Due<'a>> = shelf
        .dues()
        .filter(|due| matches!(due.obligation.outcome, Outcome::Missed | Outcome::DueSoon | Outcome::NotYetDue))
        .collect();
    dues.sort_by_key(|due| (due.obligation.due, &due.control.id));
    dues
}

fn calendar(at: At<'_, '_>) -> Calendar {
    let today = at.shelf.input.assessment.today;
    let dues = open_dues(at.shelf);
    let dates = dates(at);
    let edges = [14, 30, 60].map(|days| add_days(today, days));
    let stretch = |anchor, name: String, from: Option<Date>, to: Option<Date>| {
        let within = |day: Date| from.is_none_or(|from| from < day) && to.is_none_or(|to| day <= to);
        let obligations: Vec<ObligationRow> =
            dues.iter().filter(|due| within(due.obligation.due)).map(|due| at.obligation(*due)).collect();
        let dates: Vec<DateRow> = dates.iter().filter(|(day, _)| within(*day)).map(|(_, row)| row.clone()).collect();
        Stretch { anchor, name, count: number(obligations.len() + dates.len()), obligations, dates }
    };
    let yesterday = add_days(today, -1);
    Calendar {
        frame: frame(at, "calendar.html", "What is due, and what is overdue"),
        today: long_date(today),
        stretches: vec![
            stretch("overdue", "Overdue".to_owned(), None, Some(yesterday)),
            stretch("in-14", format!("In 14 days: until {}", long_date(edges[0])), Some(yesterday), Some(edges[0])),
            stretch("in-30", format!("In 30 days: until {}", long_date(edges[1])), Some(edges[0]), Some(edges[1])),
            stretch("in-60", format!("In 60 days: until {}", long_date(edges[2])), Some(edges[1]), Some(edges[2])),
            stretch("later", "Later in the window".to_owned(), Some(edges[2]), None),
        ],
    }
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
