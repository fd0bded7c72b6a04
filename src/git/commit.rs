//! Commit objects as bytes: headers, people, encodings, message, trailers. Whatever is malformed is read as far as it goes.

use crate::{
    date::GitTime,
    git::mailmap::Mailmap,
    id::ObjectId,
    model::{Actor, Commit, SignatureKind, Trailer},
};

/// The longest subject that is kept, in characters.
const LONGEST_SUBJECT: usize = 200;

/// What a walk needs of every commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// Its root folder.
    pub tree: ObjectId,
    /// Its parents as recorded.
    pub parents: Vec<ObjectId>,
    /// The committer's seconds since 1970; `None` when they do not read.
    pub committed: Option<i64>,
}

/// Reads a commit's links; `None` when the bytes are no commit.
pub fn links(bytes: &[u8]) -> Option<Links> {
    let mut parents = Vec::new();
    let mut tree = None;
    for (key, value) in headers(bytes) {
        match key {
            b"tree" if tree.is_none() => tree = Some(hex_id(value)?),
            b"parent" => parents.push(hex_id(value)?),
            b"committer" => return Some(Links { tree: tree?, parents, committed: time_of(value).map(|time| time.seconds) }),
            _ => {}
        }
    }
    Some(Links { tree: tree?, parents, committed: None })
}

/// Reads a commit's full data.
pub fn details(id: ObjectId, bytes: &[u8], mailmap: &Mailmap) -> Commit {
    let (mut author, mut committer, mut encoding, mut signature): (&[u8], &[u8], &[u8], _) = (b"", b"", b"", SignatureKind::None);
    for (key, value) in headers(bytes) {
        match key {
            b"author" if author.is_empty() => author = value,
            b"committer" if committer.is_empty() => committer = value,
            b"encoding" if encoding.is_empty() => encoding = value,
            b"gpgsig" if signature == SignatureKind::None => signature = signature_kind(value),
            _ => {}
        }
    }
    let decode = |bytes: &[u8]| decode(bytes, encoding);
    let message = decode(message_of(bytes));
    let subject = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    Commit {
        id,
        author: actor(author, &decode, mailmap),
        committer: actor(committer, &decode, mailmap),
        subject: subject.chars().take(LONGEST_SUBJECT).collect(),
        trailers: trailers(&message),
        signature,
    }
}

/// The header lines up to the empty line, continuation lines left out.
fn headers(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    bytes.split(|&byte| byte == b'\n').take_while(|line| !line.is_empty()).filter(|line| line[0] != b' ').map(|line| {
        let end = line.iter().position(|&byte| byte == b' ').unwrap_or(line.len());
        (&line[..end], line.get(end + 1..).unwrap_or(b""))
    })
}

fn message_of(bytes: &[u8]) -> &[u8] {
    bytes.windows(2).position(|pair| pair == b"\n\n").map_or(b"", |at| &bytes[at + 2..])
}

fn hex_id(text: &[u8]) -> Option<ObjectId> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let mut id = [0; 20];
    if text.len() != 40 {
        return None;
    }
    for (at, pair) in text.chunks_exact(2).enumerate() {
        id[at] = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(ObjectId(id))
}

/// What armour a `gpgsig` header begins with.
fn signature_kind(first_line: &[u8]) -> SignatureKind {
    match first_line.trim_ascii() {
        b"-----BEGIN SSH SIGNATURE-----" => SignatureKind::Ssh,
        b"-----BEGIN PGP SIGNATURE-----" | b"-----BEGIN PGP MESSAGE-----" => SignatureKind::OpenPgp,
        b"-----BEGIN SIGNED MESSAGE-----" => SignatureKind::X509,
        _ => SignatureKind::Other,
    }
}

/// Text in the encoding that the commit names. Only Latin-1 differs from what lossy UTF-8 gives; other names are rare
/// and are read as UTF-8, the encoding Git recommends.
fn decode(bytes: &[u8], encoding: &[u8]) -> String {
    let name: String =
        encoding.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    match name.as_str() {
        "latin1" | "iso88591" | "l1" => bytes.iter().copied().map(char::from).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// `Name <email> seconds zone`, split as Git splits it: the first `<`, the first `>` after it.
fn actor(line: &[u8], decode: &dyn Fn(&[u8]) -> String, mailmap: &Mailmap) -> Actor {
    let open = line.iter().position(|&byte| byte == b'<').unwrap_or(line.len());
    let inner = line.get(open + 1..).unwrap_or(b"");
    let close = inner.iter().position(|&byte| byte == b'>').unwrap_or(inner.len());
    let (name, email) = (decode(line[..open].trim_ascii()), decode(inner[..close].trim_ascii()));
    let time = time_of(line).unwrap_or(GitTime { seconds: 0, offset_minutes: 0 });
    match mailmap.resolve(&name, &email) {
        Some((mapped_name, mapped_email)) => Actor { name: mapped_name, email: mapped_email, recorded: Some((name, email)), time },
        None => Actor { name, email, recorded: None, time },
    }
}

/// The time after the last `>` of an identity line.
fn time_of(line: &[u8]) -> Option<GitTime> {
    let after = &line[line.iter().rposition(|&byte| byte == b'>')? + 1..];
    let text = std::str::from_utf8(after).ok()?;
    let mut words = text.split_ascii_whitespace();
    let seconds = words.next()?.parse().ok()?;
    Some(GitTime { seconds, offset_minutes: words.next().and_then(zone).unwrap_or(0) })
}

/// `+0530` in minutes. Broken tools wrote offsets of several days; those are kept within a day, as clocks are.
fn zone(text: &str) -> Option<i32> {
    let number: i32 = text.parse().ok()?;
    let minutes = (number.abs() / 100).saturating_mul(60).saturating_add(number.abs() % 100);
    (minutes < 24 * 60).then_some(minutes * number.signum())
}

/// The trailers of a message, by Git's rule: in its last paragraph, which is not its first, either every line is a
/// trailer, or one line in four is and one of them is Git's own.
fn trailers(message: &str) -> Vec<Trailer> {
    let lines: Vec<&str> = message.lines().map(str::trim_end).collect();
    let end = lines.iter().rposition(|line| !line.is_empty() && !line.starts_with('#')).map_or(0, |last| last + 1);
    let title = lines.iter().position(|line| !line.is_empty()).unwrap_or(end);
    let Some(start) = lines[..end].iter().rposition(|line| line.is_empty()).map(|blank| blank + 1).filter(|start| *start > title) else {
        return Vec::new();
    };
    let block: Vec<&str> = lines[start..end].iter().copied().filter(|line| !line.starts_with('#')).collect();
    let mut found: Vec<Trailer> = Vec::new();
    let (mut good, mut bad, mut of_git, mut after_trailer) = (0, 0, false, false);
    for line in block {
        let continues = line.starts_with([' ', '\t']);
        if continues && after_trailer {
            if let Some(last) = found.last_mut() {
                last.value = format!("{} {}", last.value, line.trim()).trim().to_owned();
            }
        } else if let Some((key, value)) = split_trailer(line).filter(|_| !continues) {
            of_git |= line.starts_with("Signed-off-by: ");
            good += 1;
            after_trailer = true;
            found.push(Trailer { key: key.to_owned(), value: value.to_owned() });
        } else {
            let picked = line.starts_with("(cherry picked from commit ");
            of_git |= picked;
            good += usize::from(picked);
            bad += usize::from(!picked);
            after_trailer = false;
        }
    }
    if bad == 0 || (of_git && good * 3 >= bad) { found } else { Vec::new() }
}

/// `Key: value`, where the key is of letters, digits and hyphens and blanks may stand before the colon.
fn split_trailer(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end_matches([' ', '\t']);
    let well_formed = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    well_formed.then_some((key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(bytes: &[u8]) -> Commit {
        details(ObjectId([0; 20]), bytes, &Mailmap::default())
    }

    fn with_message(message: &str) -> Vec<(String, String)> {
        let found = commit(format!("tree 0\nauthor A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\n\n{message}").as_bytes());
        found.trailers.into_iter().map(|trailer| (trailer.key, trailer.value)).collect()
    }

    #[test]
    fn people_are_read_however_they_were_written() {
        let read = |line: &str| commit(format!("author {line}\n\n").as_bytes()).author;
        let author = read("Ian Blanes <> 1700000000 +0530");
        assert_eq!((author.name.as_str(), author.email.as_str(), author.time.offset_minutes), ("Ian Blanes", "", 330));
        assert_eq!(read(" <x> 5 -0230").name, "");
        assert_eq!(read("A <a@x> 5 -0230").time, GitTime { seconds: 5, offset_minutes: -150 });
        assert_eq!(read("A <a@x> nonsense").time, GitTime { seconds: 0, offset_minutes: 0 });
        assert_eq!(read("A <a@x> 5 +51800").time.offset_minutes, 0);
        assert_eq!(read("D B@host <D B@host> 5 +0000").email, "D B@host");
        assert_eq!(read("no brackets at all").name, "no brackets at all");
        assert_eq!(commit(b"").author.email, "");
    }

    #[test]
    fn encodings_are_honoured_where_they_say_latin_1() {
        let of = |header: &str| {
            let mut bytes = format!("author David K\0edal <a@x> 1 +0000\n{header}\n").into_bytes();
            bytes.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = 0xe5);
            commit(&bytes).author.name
        };
        assert_eq!(of("encoding iso-8859-1\n"), "David Kåedal");
        assert_eq!(of("encoding 'utf8'\n"), "David K\u{fffd}edal");
        assert_eq!(of(""), "David K\u{fffd}edal");
    }

    #[test]
    fn links_need_a_tree_and_tolerate_the_rest() {
        let id = "1".repeat(40);
        let read =
            links(format!("tree {id}\nparent {id}\nauthor A <> 1 +0000\ncommitter A <> -5 +0000\n\nx").as_bytes()).expect("a commit");
        assert_eq!((read.parents.len(), read.committed), (1, Some(-5)));
        assert_eq!(links(b"tree 1234\n\n"), None);
        assert_eq!(links(b""), None);
        assert_eq!(links(format!("tree {id}\n\nx").as_bytes()).map(|links| links.committed), Some(None));
    }

    #[test]
    fn a_signature_is_named_by_its_armour() {
        let kind =
            |armour: &str| commit(format!("tree 0\ngpgsig -----BEGIN {armour}-----\n abc\n -----END-----\n\nx").as_bytes()).signature;
        assert_eq!(kind("SSH SIGNATURE"), SignatureKind::Ssh);
        assert_eq!(kind("PGP SIGNATURE"), SignatureKind::OpenPgp);
        assert_eq!(kind("SIGNED MESSAGE"), SignatureKind::X509);
        assert_eq!(kind("NOTHING"), SignatureKind::Other);
        assert_eq!(commit(b"tree 0\n\ngpgsig -----BEGIN SSH SIGNATURE-----\n").signature, SignatureKind::None);
    }

    #[test]
    fn trailers_stand_in_the_last_paragraph_only() {
        let one = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
        assert_eq!(with_message("Subject\n\nReviewed-by: Lee <lee@x>\n"), one("Reviewed-by", "Lee <lee@x>"));
        assert_eq!(with_message("Subject\r\n\r\nReviewed-by: Lee\r\n\r\n"), one("Reviewed-by", "Lee"));
        assert_eq!(with_message("Subject\n\nReviewed-by: Lee\n\nThe end.\n"), []);
        assert_eq!(with_message("Reviewed-by: Lee\n"), []);
        assert_eq!(with_message("Subject\n\nSome text here\nReviewed-by: Lee\n"), []);
        assert_eq!(with_message("Subject\n\nSome text here\nSigned-off-by: Lee\n"), one("Signed-off-by", "Lee"));
        assert_eq!(with_message("Subject\n\nKey: a\n  b\n"), one("Key", "a b"));
        assert_eq!(with_message(""), []);
    }

    #[test]
    fn subjects_are_cut_and_trimmed() {
        let subject = |message: &str| commit(format!("tree 0\n\n{message}").as_bytes()).subject;
        assert_eq!(subject("\n\n One\r\nTwo"), "One");
        assert_eq!(subject(&"é".repeat(500)).chars().count(), 200);
        assert_eq!(subject(""), "");
    }
}
