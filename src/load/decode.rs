//! Bytes to text: byte order marks, UTF-16, text that is neither, and pointers that stand in for a file.

/// A file's text and what had to be done to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// What was done.
    pub how: How,
}

/// How a text was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It is UTF-8.
    Utf8,
    /// It was UTF-16 with a byte order mark and reads wholly.
    Utf16,
    /// Parts could not be decoded and were replaced; the byte where the first one stands in the replaced text.
    Lossy(usize),
}

/// Decodes UTF-8 (with or without a byte order mark) and UTF-16 (with one); all else in part, with replacement characters.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), how: How::Utf8 },
        Err(error) => Decoded { text: String::from_utf8_lossy(bytes).into_owned(), how: How::Lossy(error.valid_up_to()) },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut broken = None;
    let mut text = String::with_capacity(bytes.len() / 2);
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => text.push(c),
            Err(_) => {
                broken.get_or_insert(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    if bytes.len() % 2 == 1 {
        broken.get_or_insert(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text, how: broken.map_or(How::Utf16, How::Lossy) }
}

/// A Git LFS pointer: the SHA-256 and size of the file it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LfsPointer {
    /// In lower case hexadecimal.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

/// Reads a Git LFS pointer (the specification's version 1); `None` when the bytes are the file itself.
pub(super) fn lfs_pointer(bytes: &[u8]) -> Option<LfsPointer> {
    if bytes.len() > 1024 {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let lines = text.strip_prefix("version https://git-lfs.github.com/spec/v1")?.lines();
    let find = |key: &str| lines.clone().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let sha256 = find("oid sha256:")?.to_ascii_lowercase();
    let size = find("size ")?.parse().ok()?;
    Some(LfsPointer { sha256, size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_are_taken_off_and_utf16_is_read() {
        assert_eq!(decode(b"\xEF\xBB\xBFid: a"), Decoded { text: "id: a".to_owned(), how: How::Utf8 });
        assert_eq!(decode(b"\xFF\xFEi\0d\0"), Decoded { text: "id".to_owned(), how: How::Utf16 });
        assert_eq!(decode(b"\xFE\xFF\0i\0d"), Decoded { text: "id".to_owned(), how: How::Utf16 });
        assert_eq!(decode(b"\xFF\xFEi\0d").how, How::Lossy(1));
        assert_eq!(decode(b"na\xEFve"), Decoded { text: "na\u{FFFD}ve".to_owned(), how: How::Lossy(2) });
    }

    #[test]
    fn a_pointer_is_told_from_a_file() {
        let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:AB12\nsize 12345\n";
        assert_eq!(lfs_pointer(pointer), Some(LfsPointer { sha256: "ab12".to_owned(), size: 12345 }));
        assert_eq!(lfs_pointer(b"id: AC-01\n"), None);
    }
}
