//! Who acts in a sentence: roles, groups of people, names.

use std::sync::LazyLock;

use super::words::{Lexicon, Words};

/// How a word for people is taken.
#[derive(Clone, Copy)]
enum People {
    /// It acts wherever it stands.
    Role,
    /// It as often names something else (`user access`, `change management`): it acts before a verb that binds it, or after
    /// `by`.
    Group,
}

const ROLES: &str = "team teams manager managers officer officers owner owners director directors ceo cto ciso coo cfo cpo dpo administrator \
                     administrators admin admins engineer engineers developer developers committee board department departments auditor \
                     auditors reviewer reviewers approver approvers operator operators observer requester requestor supervisor supervisors \
                     counsel everybody everyone somebody someone we you president founder founders coordinator responder responders executive \
                     executives analyst analysts assessor tester testers technician technicians commander secretary steward stewards \
                     custodian custodians hr";

const GROUPS: &str = "employee employees staff personnel user users people person contractor contractors management leadership vendor vendors \
                      customer customers company organization organisation workers members member lead leads head heads provider providers \
                      firm supplier suppliers partner partners operations engineering finance legal support";

static PEOPLE: LazyLock<Lexicon<People>> = LazyLock::new(|| {
    let roles = ROLES.split_whitespace().chain(["human resources"]).map(|word| (word, People::Role));
    Lexicon::new(roles.chain(GROUPS.split_whitespace().map(|word| (word, People::Group))))
});

/// Whether a word names somebody who acts.
pub fn is_actor(words: &Words, at: usize) -> bool {
    match PEOPLE.at(words, at) {
        Some((_, People::Role)) => true,
        Some((_, People::Group)) => {
            let next = words.word(at + 1);
            is_bound(next) || (words.word(at), next) == ("head", "of") || is_agent(words, at)
        }
        None => words.word(at) == "it" && words.written(at) == "IT",
    }
}

/// Whether a verb binds who stands before it.
fn is_bound(verb: &str) -> bool {
    matches!(verb, "must" | "shall" | "will" | "may" | "should" | "who" | "has" | "have" | "are" | "is")
}

/// Whether a word is the agent of a passive: `by the`, `by our own`.
fn is_agent(words: &Words, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|before| words.word(before) == "by")
}

/// Whether a sentence names somebody who acts, by a role or, through `names`, by name.
pub fn names_actor(words: &Words, names: &Lexicon<()>) -> bool {
    (0..words.len()).any(|at| is_actor(words, at) || names.at(words, at).is_some())
}
