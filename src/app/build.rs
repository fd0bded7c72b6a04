//! `tickmark build`: the whole line, from a repository to a readiness site and a trust page.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::Context;
use rayon::prelude::*;
use serde::Serialize;

use super::{Assessed, Source, UsageError, Watch, assessed, check::document, outputs::output_folders};
use crate::{
    assess::{Assessment, Design},
    emit::{Emitted, Writer},
    load,
    model::Crosswalk,
    render::{Renderer, ThemeSource},
    site::{self, SiteInput},
    tree::EntryKind,
    trust,
};

/// Where a build goes.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// What is read.
    pub source: Source,
    /// The readiness site's folder; `None`: as configured.
    pub site_output: Option<PathBuf>,
    /// The trust page's folder; `None`: as configured.
    pub trust_output: Option<PathBuf>,
}

/// What a build did.
pub struct Built {
    /// What the pages rest on.
    pub assessed: Assessed,
    /// The readiness site's folder.
    pub site_folder: PathBuf,
    /// What was written there.
    pub site: Emitted,
    /// The trust page's folder and what was written there; `None` when the programme has no trust page.
    pub trust: Option<(PathBuf, Emitted)>,
}

/// Builds the readiness site and the trust page. When anything fails, the last good site stays as it is.
///
/// # Errors
/// When the repository cannot be read, a template is broken, or the output cannot be written.
pub fn build(options: &BuildOptions, watch: &dyn Watch) -> anyhow::Result<Built> {
    let assessed = assessed(&options.source, watch)?;
    let (site_folder, trust_folder) = output_folders(&assessed, options)?;
    let site = build_site(&assessed, &site_folder, watch)?;
    let trust = match assessed.programme.trust {
        Some(_) => Some(build_trust(&assessed, &trust_folder)?).map(|emitted| (trust_folder, emitted)),
        None => None,
    };
    Ok(Built { assessed, site_folder, site, trust })
}

fn build_site(assessed: &Assessed, folder: &Path, watch: &dyn Watch) -> anyhow::Result<Emitted> {
    let renderer = renderer(assessed)?;
    let codes = super::all_codes();
    let crosswalks = crosswalks(assessed);
    let input = SiteInput {
        programme: &assessed.programme,
        history: &assessed.history,
        timelines: &assessed.timelines,
        assessment: &assessed.assessment,
        crosswalks: &crosswalks,
        blobs: &*assessed.blobs,
        stamp: &assessed.stamp,
        codes: &codes,
    };
    let plan = site::plan(&input)?;
    let writer = Writer::begin(folder)?;
    let total = plan.pages.len() as u64;
    let done = AtomicU64::new(0);
    plan.pages.par_iter().try_for_each(|page| {
        put_page(&writer, &renderer, &page.path, page.template, &page.context()?)?;
        watch.progress("writing pages", done.fetch_add(1, Ordering::Relaxed) + 1, total);
        anyhow::Ok(())
    })?;
    plan.files.par_iter().try_for_each(|file| match file.bytes()? {
        Some(bytes) => writer.put(&file.path, &bytes),
        None => Ok(()),
    })?;
    let data = serde_json::to_vec_pretty(&document(assessed)).context("cannot write the assessment as JSON")?;
    writer.put("data/assessment.json", &data)?;
    writer.finish()
}

/// The crosswalks that pages can show: none where fewer than two frameworks are in scope.
fn crosswalks(assessed: &Assessed) -> BTreeMap<String, Crosswalk> {
    let several = assessed.programme.config.scope.frameworks.len() > 1;
    if several { load::crosswalks(&assessed.programme) } else { BTreeMap::new() }
}

/// The configured theme: the repository's own templates first, the built-in ones behind them.
fn renderer(assessed: &Assessed) -> anyhow::Result<Renderer> {
    let theme = &assessed.programme.config.site.theme;
    let built_in = ThemeSource::built_in("default")?;
    if theme == "default" {
        return Renderer::new(vec![built_in]);
    }
    let folder = format!("themes/{theme}");
    let (entries, _) = assessed.tree.list(&folder)?;
    let mut templates = Vec::new();
    for entry in entries.iter().filter(|entry| entry.kind == EntryKind::File && entry.path.extension() == "html") {
        let bytes = assessed.tree.read(&entry.path)?.unwrap_or_default();
        let text = String::from_utf8(bytes).with_context(|| format!("the template {} is not UTF-8", entry.path))?;
        templates.push((entry.path.as_str()[folder.len() + 1..].to_owned(), text));
    }
    if templates.is_empty() {
        let hint = "put its templates there, or leave `site.theme` away to use the built-in one";
        return Err(UsageError::because(format!("the theme `{theme}` has no templates in {folder}/"), hint));
    }
    Renderer::new(vec![ThemeSource { name: theme.clone(), templates }, built_in])
}

fn build_trust(assessed: &Assessed, folder: &Path) -> anyhow::Result<Emitted> {
    let renderer = Renderer::from_assets("default")?;
    let withdrawn = withdrawn_claims(&assessed.assessment);
    let public = trust::project(&assessed.programme, &assessed.timelines, assessed.assessment.as_of, &withdrawn);
    let plan = trust::plan(&public);
    let writer = Writer::begin(folder)?;
    plan.pages.iter().try_for_each(|page| put_page(&writer, &renderer, &page.path, page.template, &page.context))?;
    plan.files.iter().try_for_each(|(path, bytes)| writer.put(path, bytes))?;
    writer.finish()
}

fn put_page(writer: &Writer, renderer: &Renderer, path: &str, template: &str, context: &impl Serialize) -> anyhow::Result<()> {
    let html = renderer.render(template, context).with_context(|| format!("cannot render {path}"))?;
    writer.put(path, html.as_bytes())
}

/// The controls whose public sentence may not stand: those whose design is not in place at the as-of.
fn withdrawn_claims(assessment: &Assessment) -> BTreeSet<String> {
    assessment.controls.iter().filter(|control| control.design != Design::InPlace).map(|control| control.id.to_string()).collect()
}
