//! Tables of controls: maps and guesses, cells of several values, encodings, and rows that are left.

use std::fs;

use crate::import_support::{check, import, repository, text, with_id, with_programme};

#[test]
fn columns_are_mapped_and_cells_of_several_values_are_split() {
    let table = "\u{feff}Controls of 2026,,,,,,\r\nRef,Control,Who,How often,TSC,Colour,State\r\n\
        AC-1,\"Access, reviewed\r\nby people\",Dana Ito,quarterly,\"CC6.2; CC6.3\r\nSOC2 CC6.1, CC9.9\",red,Implemented\r\n\
        AC-2,=cmd|' /C calc'!A0,Nobody Known,when we can,,blue,Implemented\r\n\
        AC-1,Again,,,,,\r\n\
        ,Without an id,dana@example.com,Every 90 days,cc7.1,,draft\r\n\
        ,,,,,,\r\n\
        AC-4,,,,,,x\r\n\
        ../../evil,Evil,,,,,,beyond\r\n";
    let repo = repository(&with_programme(&[("in/list.csv", table)]));
    let map = ["--columns", "id=Ref,title=Control,owner=Who,frequency=How often,soc2=TSC,status=State"];
    let report = import(&repo, "csv", "in", &map);
    assert_eq!(report.counts("controls"), (6, 4, 2));
    assert_eq!(report.counts("columns"), (7, 6, 1));
    assert_eq!(report.counts("requirements"), (5, 4, 1));
    assert_eq!(report.counts("frequencies"), (3, 2, 1));
    assert_eq!(report.counts("statuses"), (2, 1, 1));
    assert_eq!(report.counts("cells"), (1, 0, 1));
    assert!(
        report.left("controls")["list.csv line 7"].contains("a control `AC-1` stands in list.csv line 3 already"),
        "{:?}",
        report.left("controls")
    );
    assert!(report.left("owners").keys().any(|what| what.contains("Nobody Known")));
    let first = text(&repo, "controls/ac-1.yaml");
    for part in
        ["title: Access, reviewed by people", "owner: dana", "frequency: quarterly", "- CC6.2\n  - CC6.3\n  - CC6.1\n", "status: drafted"]
    {
        assert!(first.contains(part), "{part} is not in\n{first}");
    }
    assert!(
        text(&repo, "controls/ac-2.yaml").contains("title: =cmd|' /C calc'!A0")
            || text(&repo, "controls/ac-2.yaml").contains("title: '=cmd")
    );
    assert!(text(&repo, "controls/ac-2.yaml").contains("# owner: Nobody Known"));
    assert!(text(&repo, "controls/without-an-id.yaml").contains("frequency: P90D"));
    assert!(text(&repo, "controls/evil.yaml").contains("id: ../../evil"));
    let assessment = check(&repo);
    assert_eq!(with_id(&assessment["controls"], "AC-2")["design"], "drafted");
}

#[test]
fn columns_are_guessed_and_the_guess_is_said() {
    let table = "Control ID;Control;Control Owner;Frequency;ISO 27001;Key control\nX-1;Backups are restored;dana;Annually;A.8.13;yes\n";
    let repo = repository(&with_programme(&[
        ("list.csv", table),
        ("notes.tsv", "Ref\tTitle\tSOC2\nT-1\tTabs\tCC1.1\n"),
        ("people.csv", "first,last\nA,B\n"),
    ]));
    let report = import(&repo, "csv", "", &[]);
    assert_eq!(report.counts("tables"), (3, 2, 1));
    assert!(report.left("tables")["people.csv"].contains("its first row is: first, last"), "{:?}", report.left("tables"));
    let guess = "--columns 'id=Control ID,title=Control,owner=Control Owner,frequency=Frequency,iso27001=ISO 27001,key=Key control'";
    assert!(report.notes().contains(guess), "{}", report.notes());
    assert!(text(&repo, "controls/x-1.yaml").contains("iso27001:\n  - A.8.13"));
    assert!(text(&repo, "controls/t-1.yaml").contains("CC1.1"));
    check(&repo);
}

#[test]
fn other_encodings_are_read_and_said() {
    let repo = repository(&with_programme(&[]));
    let wide: Vec<u8> = "id,title\nW-1,Größe\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(repo.dir().join("wide.csv"), [&b"\xFF\xFE"[..], &wide].concat()).unwrap();
    fs::write(repo.dir().join("latin.csv"), b"id,title\nL-1,Gr\xF6\xDFe\n").unwrap();
    let report = import(&repo, "csv", "", &[]);
    assert_eq!(report.counts("controls"), (2, 2, 0));
    assert!(text(&repo, "controls/w-1.yaml").contains("title: Größe"));
    assert!(report.notes().contains("latin.csv is not UTF-8 (line 2)"), "{}", report.notes());
    assert!(report.notes().contains("wide.csv is UTF-16"), "{}", report.notes());
    check(&repo);
}

#[test]
fn a_map_that_fits_nothing_is_told() {
    let repo = repository(&with_programme(&[("list.csv", "a,b\n1,2\n")]));
    let dir = repo.dir();
    let dir = dir.to_str().unwrap();
    let wrong = repo.run(&["import", "csv", dir, "--columns", "id=a,colour=b"]);
    assert!(wrong.code == 2 && wrong.err.contains("`colour`, which is no key of a control and no framework"), "{}", wrong.err);
    let report = import(&repo, "csv", "", &["--columns", "id=a,title=c"]);
    assert!(report.left("tables")["list.csv"].contains("no row has all the headers"), "{:?}", report.left("tables"));
    let twice = repo.run(&["import", "csv", dir, "--columns", "id=a,title=a"]);
    assert!(twice.code == 2 && twice.err.contains("maps the header `a` twice"), "{}", twice.err);
}

#[test]
fn ids_of_a_catalogue_that_is_not_here_are_left() {
    let repo = repository(&with_programme(&[("list.csv", "id,title,80053\nX,Title,AC-2\n")]));
    let map = ["--columns", "id=id,title=title,nist-800-53=80053", "--framework", "nist-800-53"];
    let report = import(&repo, "csv", "", &map);
    assert!(
        report.left("requirements")["X: nist-800-53 AC-2"].contains("no catalogue `nist-800-53` here"),
        "{:?}",
        report.left("requirements")
    );
    check(&repo);
}

#[cfg(unix)]
#[test]
fn what_a_row_holds_is_taken_only_when_its_control_is_written() {
    let repo = repository(&with_programme(&[("in/list.csv", "id,title,frequency,SOC2\nX-1,Backups,quarterly,\"CC6.1, CC7.1\"\n")]));
    fs::create_dir(repo.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(repo.path().join("elsewhere"), repo.dir().join("controls")).unwrap();
    let report = import(&repo, "csv", "in", &[]);
    assert_eq!(report.counts("controls"), (1, 0, 1));
    assert_eq!(report.counts("requirements"), (2, 0, 2));
    assert_eq!(report.counts("frequencies"), (1, 0, 1));
}
