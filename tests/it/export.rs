//! The door of the exports: which format, printed or written, and what is never written over.

use std::fs;

use super::{
    commands::PROGRAMME,
    support::{Repo, Run, files_below},
};

fn export(repo: &Repo, args: &[&str]) -> Run {
    repo.run(&[&["export", "--at", "main", "--as-of", "2026-07-05"], args].concat())
}

#[test]
fn json_is_what_check_prints_and_csv_what_population_prints() {
    let repo = Repo::from_script(PROGRAMME);
    let check = repo.run(&["check", "--format", "json", "--at", "main", "--as-of", "2026-07-05"]);
    assert_eq!(export(&repo, &["json"]).out, check.out);
    let out = repo.path().join("lists");
    let written = export(&repo, &["csv", "--out", out.to_str().unwrap()]);
    assert_eq!(written.code, 0, "{}", written.err);
    let lists: Vec<String> = files_below(&out).into_iter().map(|(path, _)| path).filter(|path| path.ends_with(".csv")).collect();
    let known = repo.run(&["population", "--at", "main"]).out;
    let ids: Vec<&str> = known.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(ids.len() > 2 && lists.len() == ids.len(), "{lists:?}");
    for id in ids {
        let printed = repo.run(&["population", id, "--format", "csv", "--at", "main", "--as-of", "2026-07-05"]).out;
        assert_eq!(fs::read_to_string(out.join(format!("{id}.csv"))).unwrap(), printed, "{id}");
    }
}

#[test]
fn a_wrong_call_says_what_is_wrong_and_prints_nothing() {
    let repo = Repo::from_script(PROGRAMME);
    for (args, says) in [
        (vec!["oscal-catalogue"], "did you mean `oscal-catalog`?"),
        (vec!["csv"], "tickmark population ID"),
        (vec!["oscal"], "name a folder with --out DIR"),
        (vec!["oscal-catalog", "--all"], "--framework KEY"),
        (vec!["oscal-catalog", "--framework", "soc22"], "did you mean `soc2`?"),
        (vec!["oscal-component-definition", "--framework", "gdpr"], "is not in scope"),
        (vec!["oscal-mapping-collection"], "there is no crosswalk between these frameworks: soc2"),
        (vec!["json", "--framework", "soc2"], "`--framework` says nothing to the format `json`"),
        (vec!["oscal", "--all", "--framework", "soc2"], "cannot be used with"),
    ] {
        let run = export(&repo, &args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.err);
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
        assert!(run.out.is_empty(), "{args:?} printed data: {}", run.out);
    }
    let help = repo.run(&["export", "--help"]).out;
    assert!(help.contains("oscal-mapping-collection") && help.contains("csv"), "{help}");
}

#[test]
fn a_file_that_is_there_is_kept() {
    let repo = Repo::from_script(PROGRAMME);
    let out = repo.path().join("deep/assessment.json");
    let write = || export(&repo, &["json", "--out", out.to_str().unwrap()]);
    assert!(write().err.contains("wrote "));
    assert!(write().err.contains("holds the same already"));
    fs::write(&out, "mine").unwrap();
    let refused = write();
    assert_eq!((refused.code, fs::read_to_string(&out).unwrap().as_str()), (2, "mine"));
    assert!(refused.err.contains("is there already and holds something else"), "{}", refused.err);
    let several = export(&repo, &["csv", "--out", repo.path().join("all.csv").to_str().unwrap()]);
    assert!(several.code == 2 && several.err.contains("gives "), "{}", several.err);
}

#[test]
fn a_folder_is_replaced_only_by_the_export_that_wrote_it() {
    let repo = Repo::from_script(PROGRAMME);
    let folder = |name: &str| repo.path().join(name).to_str().unwrap().to_owned();
    let (oscal, site) = (folder("oscal"), folder("site"));
    assert_eq!(export(&repo, &["oscal", "--out", &oscal]).code, 0);
    assert!(export(&repo, &["oscal", "--out", &oscal]).err.contains("0 written"));
    let fewer = export(&repo, &["oscal", "--framework", "gdpr", "--out", &oscal]);
    assert!(fewer.err.contains("2 removed"), "{}", fewer.err);
    let other = export(&repo, &["csv", "--out", &oscal]);
    assert!(other.code == 2 && other.err.contains("holds what `tickmark export oscal` wrote"), "{}", other.err);
    assert_eq!(repo.run(&["build", "--at", "main", "--as-of", "2026-07-05", "--out", &site]).code, 0);
    let over = export(&repo, &["csv", "--out", &site]);
    assert!(over.code == 2 && over.err.contains("holds what `tickmark build` wrote"), "{}", over.err);
    let back = repo.run(&["build", "--at", "main", "--as-of", "2026-07-05", "--out", &oscal]);
    assert!(back.code == 2 && back.err.contains("holds what `tickmark export oscal` wrote"), "{}", back.err);
    let foreign = export(&repo, &["csv", "--out", repo.dir().join("controls").to_str().unwrap()]);
    assert!(foreign.code == 2 && foreign.err.contains("holds files that no build of this tool wrote"), "{}", foreign.err);
}

#[test]
fn nothing_is_exported_into_the_public_trust_page() {
    let repo = Repo::from_script(&format!("{PROGRAMME}-- content/trust/trust.yaml --\ncontact: security@example.com\n"));
    let inside = repo.dir().join("build/trust/lists");
    let refused = export(&repo, &["csv", "--out", inside.to_str().unwrap()]);
    assert!(refused.code == 2 && refused.err.contains("lies in the folder of the public trust page"), "{}", refused.err);
    assert!(!inside.exists());
}
