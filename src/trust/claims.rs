//! What is wrong with the public claims: words that promise too much, records that are too thin to be shown.

use super::project::{is_announced, is_contact, is_in_place, is_published, missing};
use crate::{
    date::{Date, Instant, add_days, add_months, long_date},
    diag::{Code, Finding, Severity, Subject},
    id::{ControlId, RepoPath},
    language::claim_words,
    model::{DocumentStatus, Programme, TrustPage, VendorRole},
    source::Place,
    text::plain_text,
};

const CLAIM_WORD: Code = Code {
    name: "trust-claim-word",
    severity: Severity::Warning,
    title: "a public text uses a word that promises more than a record can show",
    explanation: "Looks at every sentence written for the trust page: `content/trust/`, the `public` sentence of controls and the `purpose` of \
                  subprocessors. Words such as \"certified\", \"compliant\", \"guarantee\" or \"passed\" (an audit) say what only an issuer may say, or \
                  what nobody can keep. A SOC 2 report is an attestation report: nobody is certified by it and nobody passes it.\n\nWrite what is \
                  done, by whom and how often, or who issued which report about which days. With a certificate recorded under `reports` (ISO 27001, \
                  for example) the word \"certificate\" is not reported.",
};

const REPORT_INCOMPLETE: Code = Code {
    name: "trust-report-incomplete",
    severity: Severity::Warning,
    title: "a report is not shown because its record lacks something",
    explanation: "A report is shown on the trust page only when its record names kind, firm, scope and the day of issue, and for a SOC report also \
                  its type and the days it speaks for. A report that is still to be issued is no report yet.\n\nComplete the entry under `reports` \
                  in `content/trust/trust.yaml`, or remove it.",
};

const DOCUMENT_NOT_PUBLIC: Code = Code {
    name: "trust-document-not-public",
    severity: Severity::Warning,
    title: "a document is offered to everybody and its text is not public",
    explanation: "An entry under `documents` with `access: public` names a policy. Its text is shown only when the policy is classified `public`, is \
                  approved and its first day has come. Until then the entry is left out of the page.\n\nClassify the policy `public`, approve \
                  it, or set `access: on_request`.",
};

const CONTACT_EXPIRES: Code = Code {
    name: "trust-security-contact-expires",
    severity: Severity::Warning,
    title: "security.txt is missing, or about to expire",
    explanation: "`.well-known/security.txt` (RFC 9116) must name a contact and the instant at which it expires. It is written only while both are \
                  recorded and the instant lies ahead. The RFC asks for an expiry less than a year ahead, so that a stale contact does not stand for \
                  ever; within thirty days of it this is reported.\n\nSet `security.expires` in `content/trust/trust.yaml`.",
};

const CLAIM_WITHHELD: Code = Code {
    name: "trust-claim-withheld",
    severity: Severity::Note,
    title: "a public claim is left out because a control behind it is not in place",
    explanation: "A practice or an answer that names controls is shown only while every one of them is `in_place` and effective; a control's `public` \
                  sentence only while the control is.\n\nPut the control in place, or change the claim.",
};

const SUBPROCESSOR_UNDATED: Code = Code {
    name: "trust-subprocessor-undated",
    severity: Severity::Warning,
    title: "a subprocessor is not listed because no day is recorded for it",
    explanation: "A subprocessor appears on the trust page from `announced_on`, the day customers were told; without it, from `effective_on` or \
                  `since`. One without any of these days could be a plan that nobody was told about, so it stays off the page.\n\nRecord \
                  `announced_on` and `effective_on`.",
};

/// Every code this folder reports.
pub const CODES: &[Code] = &[CLAIM_WORD, REPORT_INCOMPLETE, DOCUMENT_NOT_PUBLIC, CONTACT_EXPIRES, CLAIM_WITHHELD, SUBPROCESSOR_UNDATED];

/// What is wrong with the public claims at an instant.
pub fn claims(programme: &Programme, as_of: Instant) -> Vec<Finding> {
    let today = programme.config.organization.zone.date_of(as_of);
    let mut findings = public_sentences(programme, today);
    findings.extend(subprocessors(programme, today));
    if let Some(page) = &programme.trust {
        findings.extend(page_words(programme, page, today));
        findings.extend(reports(page, today));
        findings.extend(documents(programme, page, today));
        findings.extend(contact(page, as_of, today));
        findings.extend(withheld(programme, page, today));
    }
    Finding::sort(&mut findings);
    findings
}

fn trust_file() -> Place {
    Place::file(&RepoPath::new("content/trust/trust.yaml"))
}

/// Whether a certificate (a complete report of another kind than SOC) is recorded.
fn has_certificate(programme: &Programme, today: Date) -> bool {
    let reports = programme.trust.iter().flat_map(|page| &page.reports);
    reports.filter(|report| !report.kind.to_ascii_uppercase().starts_with("SOC")).any(|report| missing(report, today).is_empty())
}

fn word_findings(text: &str, certificate: bool, subject: &Subject, place: &Place) -> Vec<Finding> {
    let found = claim_words(&plain_text(text)).into_iter().filter(|(phrase, _)| !(phrase.certificate && certificate));
    found
        .map(|(phrase, words)| {
            let message = format!("the public text says \"{words}\", which promises more than a record can show");
            Finding::new(&CLAIM_WORD, subject.clone(), message).hint(phrase.hint).at(place.clone())
        })
        .collect()
}

fn page_words(programme: &Programme, page: &TrustPage, today: Date) -> Vec<Finding> {
    let certificate = has_certificate(programme, today);
    let mut texts: Vec<(Subject, &str, Place)> = Vec::new();
    for text in [&page.title, &page.tagline, &page.intro].into_iter().chain(page.complementary.iter().map(|control| &control.text)) {
        texts.push((Subject::Programme, text, trust_file()));
    }
    for report in &page.reports {
        texts.push((Subject::Register("report", report.id.clone()), &report.how, report.origin.place()));
    }
    for document in &page.documents {
        let subject = Subject::Register("public document", document.id.clone());
        texts.push((subject.clone(), &document.title, document.origin.place()));
        texts.push((subject, &document.summary, document.origin.place()));
    }
    for practice in &page.practices {
        texts.push((Subject::Programme, &practice.text, practice.origin.place()));
    }
    for entry in &page.faq {
        // A question may ask with any word; the answer is the claim.
        texts.push((Subject::Register("question", entry.id.clone()), &entry.answer, entry.origin.place()));
    }
    for update in &page.updates {
        let subject = Subject::Register("update", update.id.clone());
        texts.push((subject.clone(), &update.title, update.origin.place()));
        texts.push((subject, &update.body, update.origin.place()));
    }
    texts.iter().flat_map(|(subject, text, place)| word_findings(text, certificate, subject, place)).collect()
}

fn public_sentences(programme: &Programme, today: Date) -> Vec<Finding> {
    let certificate = has_certificate(programme, today);
    let mut findings = Vec::new();
    for control in programme.controls.values() {
        let Some(sentence) = &control.public else { continue };
        let subject = Subject::Control(control.id.clone());
        findings.extend(word_findings(sentence, certificate, &subject, &control.origin.place()));
        if programme.trust.is_some() && !is_in_place(control, today) {
            let message = "the control's public sentence is left out of the trust page: the control is not in place";
            findings.push(Finding::new(&CLAIM_WITHHELD, subject, message).at(control.origin.place()));
        }
    }
    for vendor in programme.vendors.values().filter(|vendor| vendor.roles.contains(&VendorRole::Subprocessor)) {
        findings.extend(word_findings(&vendor.purpose, certificate, &Subject::Vendor(vendor.id.clone()), &vendor.origin.place()));
    }
    findings
}

fn subprocessors(programme: &Programme, today: Date) -> Vec<Finding> {
    let undated = programme.vendors.values().filter(|vendor| {
        let dated = vendor.announced_on.is_some() || vendor.effective_on.is_some() || vendor.since.is_some();
        vendor.roles.contains(&VendorRole::Subprocessor) && !is_announced(vendor, today) && !dated
    });
    undated
        .map(|vendor| {
            Finding::new(
                &SUBPROCESSOR_UNDATED,
                Subject::Vendor(vendor.id.clone()),
                "the subprocessor has no day and is not listed on the trust page",
            )
            .hint("record `announced_on` and `effective_on`")
            .at(vendor.origin.place())
        })
        .collect()
}

fn reports(page: &TrustPage, today: Date) -> Vec<Finding> {
    let incomplete = page.reports.iter().map(|report| (report, missing(report, today))).filter(|(_, lacks)| !lacks.is_empty());
    incomplete
        .map(|(report, lacks)| {
            let message = format!("the report is not shown on the trust page: its record has no {}", lacks.join(", no "));
            Finding::new(&REPORT_INCOMPLETE, Subject::Register("report", report.id.clone()), message)
                .hint("complete the record once the report is issued, or remove it")
                .at(report.origin.place())
        })
        .collect()
}

fn documents(programme: &Programme, page: &TrustPage, today: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in page.documents.iter().filter(|entry| entry.public) {
        let document = entry.policy.as_ref().and_then(|id| programme.documents.get(id));
        let why = match document {
            None => "it names no policy that exists".to_owned(),
            Some(document) if !is_published(programme, document) => format!("`{}` is not classified public", document.id),
            Some(document) if document.status != DocumentStatus::Approved => format!("`{}` is not approved", document.id),
            Some(document) if document.effective_from.is_some_and(|day| day > today) => format!("`{}` is not in force yet", document.id),
            Some(_) => continue,
        };
        let message = format!("the document is offered to everybody and may be missing from the trust page: {why}");
        findings.push(
            Finding::new(&DOCUMENT_NOT_PUBLIC, Subject::Register("public document", entry.id.clone()), message)
                .hint("classify and approve the policy, or set `access: on_request`")
                .at(entry.origin.place()),
        );
    }
    findings
}

fn contact(page: &TrustPage, as_of: Instant, today: Date) -> Option<Finding> {
    let security = page.security.as_ref()?;
    let soon = add_days(today, 30);
    let message = match security.expires {
        _ if !is_contact(&security.contact) => {
            "security.txt is not written: the contact is no `mailto:`, `https:` or `tel:` address".to_owned()
        }
        None => "security.txt is not written: the contact has no expiry".to_owned(),
        Some(expires) if expires <= as_of => {
            format!("security.txt is not written: the contact expired on {}", long_date(expires.date_naive()))
        }
        Some(expires) if expires.date_naive() <= soon => {
            format!("the contact in security.txt expires on {}", long_date(expires.date_naive()))
        }
        Some(expires) if add_months(today, 12).is_some_and(|year| expires.date_naive() > year) => {
            format!("the contact in security.txt expires on {}, more than a year ahead", long_date(expires.date_naive()))
        }
        Some(_) => return None,
    };
    let finding = Finding::new(&CONTACT_EXPIRES, Subject::Programme, message);
    Some(finding.hint("set `security.expires` to an instant within a year, and look at the contact when you do").at(trust_file()))
}

fn withheld(programme: &Programme, page: &TrustPage, today: Date) -> Vec<Finding> {
    let absent = |controls: &[ControlId]| {
        let lacking = controls.iter().filter(|id| programme.controls.get(*id).is_none_or(|control| !is_in_place(control, today)));
        lacking.map(ToString::to_string).collect::<Vec<_>>()
    };
    let practices = page
        .practices
        .iter()
        .map(|practice| (Subject::Programme, format!("the practice about \"{}\"", practice.topic), &practice.controls, &practice.origin));
    let answers = page
        .faq
        .iter()
        .map(|entry| (Subject::Register("question", entry.id.clone()), "the answer".to_owned(), &entry.controls, &entry.origin));
    practices
        .chain(answers)
        .filter_map(|(subject, what, controls, origin)| {
            let lacking = absent(controls);
            let message = format!("{what} is left out of the trust page: {} not in place", lacking.join(", "));
            (!lacking.is_empty()).then(|| Finding::new(&CLAIM_WITHHELD, subject, message).at(origin.place()))
        })
        .collect()
}
