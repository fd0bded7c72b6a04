//! `tickmark.yaml`.

use std::collections::BTreeMap;

use super::{Record, Target, language::language as language_config, normal, suggestion};
use crate::{
    date::{Calendar, DateRange, Zone},
    diag::did_you_mean,
    id::{FrameworkId, RequirementId},
    load::{
        codes::{BAD_PERIOD, MISSING_KEY, UNKNOWN_ZONE},
        raw,
    },
    model::{
        Assumptions, Config, EdgeRule, HistoryConfig, NotApplicable, Organization, ProductRepository, Report, Scope, Selection, SiteConfig,
        TrustConfig, Window,
    },
};

/// Lowers the configuration; what it does not say, or says in a form that cannot be read, comes from `fallback`.
pub(in crate::load) fn config(record: &mut Record<'_>, raw: raw::Config, fallback: Config) -> Config {
    let raw::Config { schema: _, organization, scope, window, history, assessment, language, repositories, site, trust } = raw;
    Config {
        organization: organization.map_or(fallback.organization, |raw| self::organization(record, raw)),
        scope: scope.map_or(fallback.scope, |raw| self::scope(record, raw)),
        window: window.and_then(|raw| self::window(record, raw)).unwrap_or(fallback.window),
        history: history.map_or_else(HistoryConfig::default, |raw::History { branch, signers }| HistoryConfig { branch, signers }),
        assumptions: assessment.map_or_else(Assumptions::default, |raw| assumptions(record, raw)),
        language: language.map(language_config).unwrap_or_default(),
        repositories: repositories.into_iter().flatten().filter_map(repository).collect(),
        site: site.map_or_else(SiteConfig::default, |raw::Site { output, theme }| {
            let default = SiteConfig::default();
            SiteConfig { output: output.unwrap_or(default.output), theme: theme.unwrap_or(default.theme) }
        }),
        trust: trust.map_or_else(TrustConfig::default, |raw::TrustOutput { output, base_url }| TrustConfig {
            output: output.unwrap_or(TrustConfig::default().output),
            base_url,
        }),
    }
}

fn organization(record: &mut Record<'_>, raw: raw::Organization) -> Organization {
    let raw::Organization { name, timezone, fiscal_year_start, holidays } = raw;
    let holidays = holidays.into_iter().flatten().enumerate();
    let holidays = holidays.filter_map(|(at, day)| record.date(Some(day), &["organization", "holidays", &at.to_string()])).collect();
    Organization {
        name: name.unwrap_or_else(|| "Unnamed organization".to_owned()),
        zone: timezone.map_or(Zone::UTC, |name| zone(record, &name)),
        calendar: Calendar { fiscal_month: fiscal_year_start.unwrap_or(1), holidays },
    }
}

fn zone(record: &mut Record<'_>, name: &str) -> Zone {
    Zone::named(name).unwrap_or_else(|| {
        let hint = suggestion(did_you_mean(name, Zone::names()), "use an IANA name such as Europe/Berlin or America/New_York");
        record.lost(&UNKNOWN_ZONE, &["organization", "timezone"], format!("`{name}` is no time zone; UTC is used"), hint);
        Zone::UTC
    })
}

fn scope(record: &mut Record<'_>, raw: raw::Scope) -> Scope {
    let raw::Scope { system, frameworks, not_applicable } = raw;
    let mut selected = BTreeMap::new();
    for (framework, selection) in frameworks.into_iter().flatten() {
        record.refer("frameworks", &["scope", "frameworks", &framework], Target::Framework(framework.clone()));
        let selection = match selection {
            raw::Selection::All(raw::All::All) => Selection::All,
            raw::Selection::Named(names) => {
                for (at, name) in names.iter().enumerate() {
                    let place = ["scope", "frameworks", &framework, &at.to_string()];
                    record.refer("frameworks", &place, Target::Selection(framework.clone(), name.clone()));
                }
                Selection::Named(names)
            }
        };
        selected.insert(FrameworkId::new(framework), selection);
    }
    let not_applicable = not_applicable.into_iter().flatten().enumerate();
    let not_applicable = not_applicable.filter_map(|(at, raw)| self::not_applicable(record, raw, &at.to_string())).collect();
    Scope { system: system.unwrap_or_default(), frameworks: selected, not_applicable }
}

fn not_applicable(record: &mut Record<'_>, raw: raw::NotApplicable, at: &str) -> Option<NotApplicable> {
    let raw::NotApplicable { framework, id, reason } = raw;
    let (framework, id) = (framework?, normal(&id?.0));
    let place = ["scope", "not_applicable", at, "id"];
    record.refer("not_applicable", &place, Target::Requirement(framework.clone(), id.clone()));
    Some(NotApplicable { framework: FrameworkId::new(framework), id: RequirementId::new(id), reason: reason? })
}

fn window(record: &mut Record<'_>, raw: raw::Window) -> Option<Window> {
    let raw::Window { start, end, as_of, report } = raw;
    let written = (start.is_some(), end.is_some(), as_of.is_some());
    let start = record.date(start, &["window", "start"]);
    let end = record.date(end, &["window", "end"]);
    let as_of = record.date(as_of, &["window", "as_of"]);
    let range = match written {
        (true, true, false) => {
            let (start, end) = (start?, end?);
            let range = DateRange::new(start, end);
            if range.is_none() {
                record.lost(
                    &BAD_PERIOD,
                    &["window"],
                    format!("`window` ends on {end}, before it starts on {start}"),
                    "exchange the two days",
                );
            }
            range?
        }
        (false, false, true) => DateRange { first: as_of?, last: as_of? },
        _ => {
            let message = "`window` needs either `start` and `end`, or `as_of` alone";
            record.lost(
                &MISSING_KEY,
                &["window"],
                message,
                "write {start: 2026-01-01, end: 2026-12-31, report: type2} or {as_of: 2026-06-30, report: type1}",
            );
            return None;
        }
    };
    let report = match report {
        Some(raw::Report::Type1) => Report::Type1,
        Some(raw::Report::Type2) => Report::Type2,
        None if written.2 => Report::Type1,
        None => Report::Type2,
    };
    Some(Window { range, report })
}

fn assumptions(record: &mut Record<'_>, raw: raw::Assessment) -> Assumptions {
    let raw::Assessment { due_soon, edge, contemporaneous } = raw;
    let default = Assumptions::default();
    Assumptions {
        due_soon: record.span(due_soon, &["assessment", "due_soon"]).unwrap_or(default.due_soon),
        edge: match edge {
            Some(raw::Edge::DueInWindow) | None => EdgeRule::DueInWindow,
            Some(raw::Edge::FullyContained) => EdgeRule::FullyContained,
        },
        contemporaneous: record.span(contemporaneous, &["assessment", "contemporaneous"]).unwrap_or(default.contemporaneous),
    }
}

fn repository(raw: raw::Repository) -> Option<ProductRepository> {
    let raw::Repository { id, path, branch, paths } = raw;
    Some(ProductRepository { id: normal(&id?.0), path: path?, branch, paths: paths.unwrap_or_else(|| vec!["**".to_owned()]) })
}
