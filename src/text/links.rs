//! Which addresses may stand in a page. Judged on what a browser would make of them, not on how they are spelled.

/// Turns a relative link or image of a document into the address it gets on the site; `None`: it is shown as text.
///
/// Only addresses without a scheme are asked for. Absolute `https:`, `http:` and `mailto:` links stay as they are, links
/// inside the document (`#scope`) are resolved against its headings, and every other scheme is dropped before the map is
/// asked. What the map answers is checked again.
pub type LinkMap<'a> = dyn Fn(&str) -> Option<String> + Sync + 'a;

/// What an address is, as a browser would read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// `https:`, `http:` or `mailto:`.
    Absolute,
    /// `#anchor` in the same document; without the sign.
    Anchor(&'a str),
    /// A path without a scheme or host.
    Relative,
    /// Anything else: another scheme, another host without a scheme, control characters.
    Refused,
}

/// Reads an address. Browsers drop tabs and line ends inside addresses and control characters around them, so an address
/// that holds any is refused rather than cleaned.
pub(super) fn read(address: &str) -> Address<'_> {
    if address.chars().any(|c| c.is_control() || (c.is_whitespace() && c != ' ')) || address.starts_with(' ') {
        return Address::Refused;
    }
    if let Some(anchor) = address.strip_prefix('#') {
        return Address::Anchor(anchor);
    }
    if address.is_empty() || address.contains('\\') || address.starts_with("//") {
        return Address::Refused;
    }
    let head = &address[..address.find(['/', '?', '#']).unwrap_or(address.len())];
    match head.split_once(':') {
        None => Address::Relative,
        Some((scheme, _)) if ["https", "http", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => Address::Absolute,
        Some(_) => Address::Refused,
    }
}

/// Whether an address may stand in an `href`: `https:`, `http:`, `mailto:`, an anchor, or a path without scheme and host.
pub fn is_safe_address(address: &str) -> bool {
    read(address) != Address::Refused
}
