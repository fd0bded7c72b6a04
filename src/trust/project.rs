//! The allow-list: every field of the public programme is copied here by name, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};

use super::public::{
    PublicDocumentEntry, PublicPolicy, PublicProgramme, PublicQuestion, PublicReport, PublicSecurity, PublicSubprocessor, PublicTopic,
    PublicUpdate,
};
use crate::{
    date::{Date, Instant, add_months},
    id::{ControlId, DocumentId, RepoPath},
    model::{
        Classification, Control, ControlStatus, Document, DocumentKind, DocumentStatus, Programme, Timelines, TrustPage, TrustReport,
        Vendor, VendorRole,
    },
    text::{MarkdownOptions, Rendered, markdown_with, plain_text, slug, without_title},
};

/// What the public may know of a programme at an instant.
///
/// `withdrawn` holds the ids of controls, policies, reports, documents, questions and updates that must not back a public
/// claim for now; whatever rests on one of them is left out.
pub fn project(programme: &Programme, timelines: &Timelines, as_of: Instant, withdrawn: &BTreeSet<String>) -> PublicProgramme {
    let view = View::new(programme, timelines, as_of, withdrawn);
    let page = programme.trust.clone().unwrap_or_default();
    let organization = programme.config.organization.name.clone();
    PublicProgramme {
        title: if page.title.is_empty() { format!("{organization}: trust center") } else { page.title.clone() },
        organization,
        tagline: page.tagline.clone(),
        intro_html: view
            .render(&page.intro, &RepoPath::new("content/trust/trust.yaml"), &Spot { anchors: "intro-", top: 2, policies: "policies/" })
            .html,
        as_of: view.today,
        base_url: programme.config.trust.base_url.as_ref().and_then(|url| base_url(url)),
        email: page.email.clone().filter(|email| is_email(email)),
        postal: page.postal.clone(),
        security: security(&page, as_of),
        reports: view.reports(&page),
        documents: view.documents(&page),
        policies: view.policies(),
        practices: view.practices(&page),
        subprocessors: view.subprocessors(),
        complementary: page.complementary.iter().map(|control| control.text.clone()).collect(),
        questions: view.questions(&page),
        updates: view.updates(&page),
    }
}

/// Where a text is placed.
struct Spot<'a> {
    /// What its anchors begin with.
    anchors: &'a str,
    /// The level of its highest heading.
    top: u8,
    /// The way from the page to the folder of the policies.
    policies: &'static str,
}

/// What is looked at, and as of when.
pub(super) struct View<'a> {
    programme: &'a Programme,
    today: Date,
    withdrawn: &'a BTreeSet<String>,
    /// The public policies in force, with the page of each.
    texts: BTreeMap<&'a DocumentId, (&'a Document, String)>,
}

impl<'a> View<'a> {
    fn new(programme: &'a Programme, timelines: &'a Timelines, as_of: Instant, withdrawn: &'a BTreeSet<String>) -> Self {
        let today = programme.config.organization.zone.date_of(as_of);
        let mut view = Self { programme, today, withdrawn, texts: BTreeMap::new() };
        let mut taken = BTreeSet::new();
        for (id, tip) in &programme.documents {
            let shown = !withdrawn.contains(id.as_str()) && is_published(programme, tip);
            let Some(text) = shown.then(|| view.in_force(tip, timelines, as_of)).flatten() else { continue };
            view.texts.insert(id, (text, format!("policies/{}.html", unique_slug(id.as_str(), &mut taken))));
        }
        view
    }

    /// The version that binds: the newest on the mainline whose day has come, unless that one retires the document. A text
    /// binds from its landing at the earliest; a draft replaces nothing.
    fn in_force(&self, tip: &'a Document, timelines: &'a Timelines, as_of: Instant) -> Option<&'a Document> {
        let Some(timeline) = timelines.documents.get(&tip.id) else {
            return Some(tip).filter(|document| document.status == DocumentStatus::Approved && self.has_come(document.effective_from));
        };
        timeline.at(as_of)?;
        let landed = timeline.versions.iter().rev().filter(|version| version.landed <= as_of);
        let binding = landed.filter_map(|version| version.record.as_ref()).find(|document| match document.status {
            DocumentStatus::Draft => false,
            DocumentStatus::Approved => self.has_come(document.effective_from),
            DocumentStatus::Retired => true,
        })?;
        (binding.status == DocumentStatus::Approved && binding.classification == Classification::Public).then_some(binding)
    }

    fn has_come(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| day <= self.today)
    }

    /// Renders a text of the file `from` for a place; links to public policies lead to their pages, others stay text.
    fn render(&self, text: &str, from: &RepoPath, place: &Spot<'_>) -> Rendered {
        let Spot { anchors, top, policies } = *place;
        let link = |link: &str| {
            let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
            let target = from.sibling(path)?;
            let (_, page) = self.texts.values().find(|(document, _)| document.text.path == target)?;
            let name = page.rsplit('/').next().unwrap_or(page);
            Some(format!("{policies}{name}{}", anchor.map_or(String::new(), |anchor| format!("#s-{}", slug(anchor)))))
        };
        markdown_with(text, MarkdownOptions { anchors, top: Some(top), hide_comments: true }, &link)
    }

    fn policies(&self) -> Vec<PublicPolicy> {
        let mut policies: Vec<PublicPolicy> = self
            .texts
            .values()
            .map(|(document, page)| {
                let rendered = self.render(
                    without_title(&document.body, &document.title),
                    &document.text.path,
                    &Spot { anchors: "s-", top: 2, policies: "" },
                );
                PublicPolicy {
                    page: page.clone(),
                    kind: document.kind.word(),
                    title: document.title.clone(),
                    version: document.version.clone(),
                    effective_from: document.effective_from,
                    html: rendered.html,
                    headings: rendered.headings,
                }
            })
            .collect();
        policies.sort_by(|a, b| a.title.cmp(&b.title));
        policies
    }

    fn documents(&self, page: &TrustPage) -> Vec<PublicDocumentEntry> {
        let offered = page.documents.iter().filter(|document| !self.withdrawn.contains(&document.id));
        let entry = |document: &crate::model::PublicDocument| {
            let text = document.policy.as_ref().filter(|_| document.public).and_then(|id| self.texts.get(id));
            // A document announced as public whose text is not public now is neither shown nor promised.
            (text.is_some() || !document.public).then(|| PublicDocumentEntry {
                title: document.title.clone(),
                summary: document.summary.clone(),
                page: text.map(|(_, page)| page.clone()),
            })
        };
        offered.filter_map(entry).collect()
    }

    fn reports(&self, page: &TrustPage) -> Vec<PublicReport> {
        let kept = page.reports.iter().filter(|report| !self.withdrawn.contains(&report.id) && missing(report, self.today).is_empty());
        let mut reports: Vec<PublicReport> = kept.filter_map(|report| public_report(report, self.today)).collect();
        reports.sort_by(|a, b| (b.issued_on, &a.name).cmp(&(a.issued_on, &b.name)));
        reports
    }

    fn practices(&self, page: &TrustPage) -> Vec<PublicTopic> {
        let mut topics: Vec<PublicTopic> = Vec::new();
        let mut add = |topic: &str, sentence: &str| match topics.iter_mut().find(|known| known.topic == topic) {
            Some(known) => known.sentences.push(sentence.to_owned()),
            None => topics.push(PublicTopic { topic: topic.to_owned(), sentences: vec![sentence.to_owned()] }),
        };
        for practice in page.practices.iter().filter(|practice| self.stand(&practice.controls)) {
            add(&practice.topic, &practice.text);
        }
        let mut spoken: Vec<(&Control, &str, (usize, &str))> = self
            .programme
            .controls
            .values()
            .filter(|control| self.stands(control))
            .filter_map(|control| Some((control, control.public.as_deref()?, topic(self.programme, control))))
            .collect();
        spoken.sort_by(|(a, _, a_topic), (b, _, b_topic)| (a_topic, &a.id).cmp(&(b_topic, &b.id)));
        spoken.into_iter().for_each(|(_, sentence, (_, topic))| add(topic, sentence));
        topics
    }

    /// Whether every control behind a claim is in place.
    pub(super) fn stand(&self, controls: &[ControlId]) -> bool {
        controls.iter().all(|id| self.programme.controls.get(id).is_some_and(|control| self.stands(control)))
    }

    fn stands(&self, control: &Control) -> bool {
        !self.withdrawn.contains(control.id.as_str()) && is_in_place(control, self.today)
    }

    fn subprocessors(&self) -> Vec<PublicSubprocessor> {
        let mut listed: Vec<PublicSubprocessor> = self
            .programme
            .vendors
            .values()
            .filter(|vendor| is_announced(vendor, self.today))
            .map(|vendor| PublicSubprocessor {
                name: vendor.name.clone(),
                website: vendor.website.clone().filter(|address| is_web(address)),
                purpose: vendor.purpose.clone(),
                data: vendor.data.clone(),
                locations: vendor.locations.clone(),
                announced_on: vendor.announced_on,
                effective_on: vendor.effective_on,
                upcoming: vendor.effective_on.is_some_and(|day| day > self.today),
            })
            .collect();
        listed.sort_by(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()).then_with(|| a.name.cmp(&b.name)));
        listed
    }

    fn questions(&self, page: &TrustPage) -> Vec<PublicQuestion> {
        let mut taken = BTreeSet::new();
        let shown = page.faq.iter().filter(|entry| !self.withdrawn.contains(&entry.id) && self.stand(&entry.controls));
        shown
            .map(|entry| {
                let anchor = format!("question-{}", unique_slug(&entry.id, &mut taken));
                PublicQuestion {
                    question: entry.question.clone(),
                    answer_html: self
                        .render(&entry.answer, &entry.origin.path, &Spot { anchors: &format!("{anchor}-"), top: 4, policies: "policies/" })
                        .html,
                    answer: plain_text(&entry.answer),
                    anchor,
                }
            })
            .collect()
    }

    fn updates(&self, page: &TrustPage) -> Vec<PublicUpdate> {
        let mut taken = BTreeSet::new();
        let shown = page.updates.iter().filter(|update| !self.withdrawn.contains(&update.id) && update.date <= self.today);
        let mut updates: Vec<PublicUpdate> = shown
            .map(|update| {
                let text = without_title(&update.body, &update.title);
                PublicUpdate {
                    page: format!("updates/{}.html", unique_slug(&update.id, &mut taken)),
                    title: update.title.clone(),
                    date: update.date,
                    html: self.render(text, &update.origin.path, &Spot { anchors: "s-", top: 2, policies: "../policies/" }).html,
                    text: plain_text(text),
                }
            })
            .collect();
        updates.sort_by(|a, b| (b.date, &a.page).cmp(&(a.date, &b.page)));
        updates
    }
}

/// Whether a document may get a page: it is classified public, and it is a policy or `trust.yaml` names it.
pub(super) fn is_published(programme: &Programme, document: &Document) -> bool {
    let named = || programme.trust.iter().flat_map(|page| &page.documents).any(|entry| entry.policy.as_ref() == Some(&document.id));
    document.classification == Classification::Public && (document.kind == DocumentKind::Policy || named())
}

/// Whether a control is claimed to be working on a day.
pub(super) fn is_in_place(control: &Control, today: Date) -> bool {
    control.status == ControlStatus::InPlace
        && control.not_applicable.is_none()
        && control.effective_from.is_none_or(|day| day <= today)
        && control.retired_on.is_none_or(|day| day > today)
}

/// Whether customers may know of a subprocessor: they were told, or (where no notice is recorded) it processes already.
pub(super) fn is_announced(vendor: &Vendor, today: Date) -> bool {
    let begun = vendor.effective_on.or(vendor.since);
    vendor.roles.contains(&VendorRole::Subprocessor) && vendor.announced_on.or(begun).is_some_and(|day| day <= today)
}

/// What a report's record lacks before it may be shown; empty when nothing.
pub(super) fn missing(report: &TrustReport, today: Date) -> Vec<&'static str> {
    let soc = report.kind.to_ascii_uppercase().starts_with("SOC");
    let covers_days = report.period.is_some_and(|period| report.report_type != "type2" || period.days() > 1);
    [
        (report.kind.trim().is_empty(), "kind"),
        (report.firm.trim().is_empty(), "firm"),
        (soc && report.report_type.trim().is_empty(), "type"),
        (report.scope.is_empty(), "scope"),
        (soc && !covers_days, "period"),
        (report.issued_on.is_none(), "issued_on"),
        (report.issued_on.is_some_and(|day| day > today), "issued_on that has come"),
        (report.period.zip(report.issued_on).is_some_and(|(period, issued)| period.last > issued), "period that ended before issued_on"),
    ]
    .into_iter()
    .filter_map(|(lacks, what)| lacks.then_some(what))
    .collect()
}

fn public_report(report: &TrustReport, today: Date) -> Option<PublicReport> {
    let issued_on = report.issued_on?;
    let last = report.period.map_or(issued_on, |period| period.last);
    Some(PublicReport {
        name: report_name(&report.kind, &report.report_type),
        scope: report.scope.clone(),
        firm: report.firm.clone(),
        period: report.period,
        issued_on,
        expired: add_months(last, 12).is_some_and(|end| end < today),
        public: report.access == "public",
        how: report.how.clone(),
    })
}

/// `SOC 2® Type 2 report`: the mark is an adjective and carries its sign (DOMAIN 4.3).
fn report_name(kind: &str, report_type: &str) -> String {
    let kind = if kind.to_ascii_uppercase().starts_with("SOC") && !kind.contains('®') { format!("{kind}®") } else { kind.to_owned() };
    match report_type {
        "" => kind,
        "type1" => format!("{kind} Type 1 report"),
        "type2" => format!("{kind} Type 2 report"),
        other => format!("{kind} {other} report"),
    }
}

/// The title of the group that the first requirement of a control stands in, with its place among the groups.
fn topic<'a>(programme: &'a Programme, control: &Control) -> (usize, &'a str) {
    let found = programme.config.scope.frameworks.keys().find_map(|id| {
        let framework = programme.frameworks.get(id)?;
        let requirement = framework.requirements.get(control.satisfies.get(id)?.first()?)?;
        let (place, group) = framework.groups.iter().enumerate().find(|(_, group)| group.id == requirement.group)?;
        Some((place, group.title.as_str()))
    });
    found.unwrap_or((usize::MAX, "Other practices"))
}

fn security(page: &TrustPage, as_of: Instant) -> Option<PublicSecurity> {
    let security = page.security.as_ref().filter(|security| is_contact(&security.contact))?;
    let expires = security.expires.filter(|expires| *expires > as_of)?;
    let policy = security.policy.clone().filter(|address| is_web(address));
    Some(PublicSecurity { contact: security.contact.clone(), policy, expires })
}

/// Whether a text may stand as a contact in `security.txt` (RFC 9116: a URI).
pub(super) fn is_contact(text: &str) -> bool {
    let known = ["mailto:", "https://", "tel:"].iter().any(|scheme| text.starts_with(scheme) && text.len() > scheme.len());
    known && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_web(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn base_url(address: &str) -> Option<String> {
    is_web(address).then(|| address.trim_end_matches('/').to_owned())
}

/// A file name from an id; the second id that gives the same one gets a number.
fn unique_slug(id: &str, taken: &mut BTreeSet<String>) -> String {
    let base = slug(id);
    let name = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") }).find(|name| !taken.contains(name)).unwrap_or(base);
    taken.insert(name.clone());
    name
}
