//! Who a commit's trailers name as reviewers. A trailer is text that somebody typed: it is recorded, not corroborated.

use crate::{
    id::PersonId,
    model::{CommitIx, History, Person, PersonKind},
};

/// One review trailer of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewTrailer {
    /// Its value as written (`Lee Park <lee@example.com>`).
    pub value: String,
    /// The e-mail address in it; empty when there is none.
    pub email: String,
}

/// The review trailers of the commit that made something and of the mainline commit that landed it, each once, in order.
/// `Signed-off-by` is not among them: it states an origin, not a review.
pub fn reviewers(history: &History, made_by: Option<CommitIx>, landed_in: Option<CommitIx>) -> Vec<ReviewTrailer> {
    let mut found: Vec<ReviewTrailer> = Vec::new();
    for commit in made_by.into_iter().chain(landed_in).filter_map(|at| history.commits.get(&at)) {
        for trailer in commit.trailers.iter().filter(|trailer| is_review(&trailer.key)) {
            let named = ReviewTrailer { value: trailer.value.trim().to_owned(), email: email_in(&trailer.value).to_owned() };
            if !found.contains(&named) {
                found.push(named);
            }
        }
    }
    found
}

fn is_review(key: &str) -> bool {
    ["reviewed-by", "approved-by", "acked-by"].iter().any(|known| key.eq_ignore_ascii_case(known))
}

fn email_in(value: &str) -> &str {
    let bracketed = value.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(email, _)| email.trim());
    bracketed.unwrap_or_else(|| Some(value.trim()).filter(|text| text.contains('@') && !text.contains(' ')).unwrap_or(""))
}

/// Whether one of the people is a human being other than the makers.
pub fn someone_else<'a>(people: impl IntoIterator<Item = &'a Person>, makers: &[&PersonId]) -> bool {
    people.into_iter().any(|person| person.kind == PersonKind::Human && !makers.contains(&&person.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_in_a_trailer() {
        assert_eq!(email_in("Lee Park <lee@example.com>"), "lee@example.com");
        assert_eq!(email_in("lee@example.com"), "lee@example.com");
        assert_eq!(email_in("Lee Park"), "");
    }

    #[test]
    fn only_review_trailers_count() {
        assert!(is_review("Reviewed-By") && is_review("acked-by"));
        assert!(!is_review("Signed-off-by") && !is_review("Co-authored-by"));
    }
}
