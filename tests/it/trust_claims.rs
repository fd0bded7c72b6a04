//! What is reported about public claims.

use tickmark::{
    diag::Finding,
    model::{Classification, ControlStatus, Programme},
    trust::{CODES, claims},
};

use crate::{
    trust_fixture::{self as fixture, day, instant},
    trust_programme as programme,
};

fn codes(programme: &Programme) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = claims(programme, fixture::as_of()).iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

/// A programme about whose claims there is nothing to say.
fn clean() -> Programme {
    let mut programme = programme::programme();
    programme.controls.retain(|_, control| control.public.as_deref() == Some("Shown sentence of a control"));
    programme.vendors.retain(|_, vendor| vendor.name == "Shown subprocessor");
    programme.trust.iter_mut().for_each(|page| {
        page.reports.truncate(1);
        page.documents.truncate(2);
        page.practices.truncate(1);
        page.faq.truncate(1);
    });
    programme
}

fn one(change: impl Fn(&mut Programme)) -> Finding {
    let mut programme = clean();
    change(&mut programme);
    let mut findings = claims(&programme, fixture::as_of());
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

#[test]
fn a_clean_page_is_silent() {
    assert_eq!(codes(&clean()), [] as [&str; 0]);
    assert!(CODES.iter().all(|code| code.name.starts_with("trust-") && !code.explanation.is_empty()));
}

#[test]
fn words_that_promise_too_much_are_reported() {
    let finding = one(|programme| programme.trust.iter_mut().for_each(|page| page.tagline = "SOC 2 certified since 2025".to_owned()));
    assert_eq!((finding.code, finding.message.contains("\"certified\"")), ("trust-claim-word", true));
    assert!(finding.place.is_some() && !finding.hint.is_empty());
    let finding = one(|programme| {
        programme.controls.values_mut().for_each(|control| control.public = Some("We guarantee that it never fails.".to_owned()));
    });
    assert!(finding.message.contains("\"guarantee\""));
    one(|programme| programme.vendors.values_mut().for_each(|vendor| vendor.purpose = "A fully compliant host.".to_owned()));
    one(|programme| programme.trust.iter_mut().for_each(|page| page.updates[0].body = "We passed our SOC 2 audit.".to_owned()));
}

#[test]
fn a_recorded_certificate_may_be_named() {
    let mut programme = clean();
    programme.trust.iter_mut().for_each(|page| {
        page.tagline = "Certified under ISO/IEC 27001".to_owned();
        let mut certificate = fixture::report();
        (certificate.kind, certificate.report_type, certificate.period) = ("ISO/IEC 27001".to_owned(), String::new(), None);
        page.reports.push(certificate);
    });
    assert_eq!(codes(&programme), [] as [&str; 0]);
}

#[test]
fn thin_records_are_reported() {
    let finding = one(|programme| programme.trust.iter_mut().for_each(|page| page.reports[0].firm.clear()));
    assert_eq!(finding.code, "trust-report-incomplete");
    assert!(finding.message.contains("no firm"), "{}", finding.message);
    let finding = one(|programme| programme.trust.iter_mut().for_each(|page| page.reports[0].issued_on = Some(day("2026-08-01"))));
    assert!(finding.message.contains("issued_on that has come"), "{}", finding.message);
    let finding = one(|programme| programme.documents.values_mut().for_each(|document| document.classification = Classification::Internal));
    assert_eq!(finding.code, "trust-document-not-public");
    let finding = one(|programme| {
        programme.vendors.values_mut().for_each(|vendor| (vendor.announced_on, vendor.effective_on, vendor.since) = (None, None, None));
    });
    assert_eq!(finding.code, "trust-subprocessor-undated");
}

#[test]
fn claims_without_a_working_control_are_named() {
    let mut programme = clean();
    programme.controls.values_mut().for_each(|control| control.status = ControlStatus::Approved);
    let findings = claims(&programme, fixture::as_of());
    assert_eq!(findings.iter().filter(|finding| finding.code == "trust-claim-withheld").count(), 3, "{findings:#?}");
}

#[test]
fn the_expiry_of_security_txt_is_watched() {
    let at = |expires: Option<&str>| {
        let mut programme = clean();
        let security = programme.trust.iter_mut().filter_map(|page| page.security.as_mut());
        security.for_each(|security| security.expires = expires.map(instant));
        claims(&programme, fixture::as_of()).into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    assert_eq!(at(Some("2026-12-31T00:00:00Z")), [] as [&str; 0]);
    for (expires, words) in [
        (None, "no expiry"),
        (Some("2026-06-01T00:00:00Z"), "expired on 1 June 2026"),
        (Some("2026-07-10T00:00:00Z"), "expires on 10 July 2026"),
        (Some("2028-01-01T00:00:00Z"), "more than a year ahead"),
    ] {
        let messages = at(expires);
        assert!(messages.len() == 1 && messages[0].contains(words), "{messages:?}");
    }
}
