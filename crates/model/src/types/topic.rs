//! Topics: FollowTheMoney's list of reasons for interest in somebody.

use std::borrow::Cow;

use super::{Refusal, topic_table::TOPICS};

pub(super) fn clean(text: &str) -> Result<Cow<'static, str>, Refusal> {
    let find = |word: &str| TOPICS.iter().find(|(code, _)| *code == word).map(|(code, _)| *code);
    let code = find(text).or_else(|| find(&text.to_ascii_lowercase()));
    let code = code.or_else(|| TOPICS.iter().find(|(_, label)| label.eq_ignore_ascii_case(text)).map(|(code, _)| *code));
    code.map(Cow::Borrowed)
        .ok_or_else(|| Refusal::new(text, "is no topic; see the table of topics in the guide's page on the ontology, such as `crime.fraud` or `debarment`"))
}
