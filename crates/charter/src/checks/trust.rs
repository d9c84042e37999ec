//! Checks of what signatures rest on: version, expiry, the authority's keys, witnesses, and how long things last.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use candour_ledger::{SignatureType, VerifierKey};
use jiff::civil::Date;
use toml::Spanned;

use super::{Check, quoted};
use crate::{
    declared::{AuthorityRule, LedgerRule, Sessions, Thresholds, WitnessRule, day},
    error::CharterError,
    needs::can_wait,
    rules::{Written, WrittenAuthority, WrittenLedger, WrittenWitness},
    words::is_hash,
};

/// The longest that any charter may let a mandate last: two years, in days.
const LONGEST_MANDATE: u32 = 731;

impl Check<'_> {
    pub(crate) fn version(&self, written: &Written) -> Result<(u32, Option<String>), CharterError> {
        let Some(version) = &written.version else {
            return self.fail(0, "the charter has no `version`", "write `version = 1` at its head, and one more with every change");
        };
        let (offset, number) = (version.span().start, *version.get_ref());
        match (number, &written.previous) {
            (0, _) => self.fail(offset, "the version is 0", "count from 1"),
            (1, Some(previous)) => self.fail(previous.span().start, "version 1 has no version before it", "remove `previous` or raise the version"),
            (1, None) => Ok((1, None)),
            (_, None) => self.fail(offset, format!("version {number} does not name the one before it"), "write its hash as `previous`"),
            (_, Some(previous)) if !is_hash(previous.get_ref()) => self.fail(
                previous.span().start,
                format!("`{}` is no hash of a charter", previous.get_ref()),
                "copy the 64 hexadecimal digits that `candour charter show` prints",
            ),
            (_, Some(previous)) => Ok((number, Some(previous.get_ref().clone()))),
        }
    }

    pub(crate) fn expires(&self, written: &Written) -> Result<Date, CharterError> {
        let Some(expires) = &written.expires else {
            return self.fail(0, "the charter does not say when it `expires`", "write its last day at the head, such as `expires = \"2028-12-31\"`");
        };
        match day(expires.get_ref()) {
            // A day after it must exist, since the charter is in force to the end of its last one.
            Some(date) if (1970..9999).contains(&date.year()) => Ok(date),
            _ => self.fail(expires.span().start, format!("`{}` is no day", expires.get_ref()), "write it as 2028-12-31"),
        }
    }

    pub(crate) fn authority(&self, written: Option<&Spanned<WrittenAuthority>>) -> Result<AuthorityRule, CharterError> {
        let Some(written) = written else {
            return self.fail(
                self.text.len(),
                "the charter has no `[authority]`, so nobody could sign it",
                "add the section with `threshold`, `keys` and `max_mandate_days`; `docs/guide/charter.md` shows one",
            );
        };
        let (offset, written) = (written.span().start, written.get_ref());
        let keys = written.keys.iter().map(|key| self.key(key.span().start, key.get_ref(), SignatureType::Ed25519)).collect::<Result<Vec<_>, _>>()?;
        self.distinct_keys(written.keys.iter().map(|key| key.span().start).zip(&keys))?;
        if keys.is_empty() {
            return self.fail(offset, "the authority has no keys", "add the verifier key of each of its members");
        }
        let threshold = *written.threshold.get_ref();
        if threshold == 0 || threshold > keys.len() {
            let what = format!("the authority's threshold is {threshold} and it has {} keys", keys.len());
            return self.fail(written.threshold.span().start, what, format!("use a number from 1 to {}", keys.len()));
        }
        for hash in &written.keeps_mandates_of {
            if !is_hash(hash.get_ref()) {
                let what = format!("`{}` is no hash of a charter", hash.get_ref());
                return self.fail(hash.span().start, what, "copy the 64 hexadecimal digits that `candour charter show` printed for that charter");
            }
        }
        self.within(written.max_mandate_days.span().start, "max_mandate_days", *written.max_mandate_days.get_ref(), 1..=LONGEST_MANDATE)?;
        Ok(AuthorityRule {
            threshold,
            keys,
            keeps_mandates_of: written.keeps_mandates_of.iter().map(|hash| hash.get_ref().clone()).collect(),
            max_mandate_days: *written.max_mandate_days.get_ref(),
        })
    }

    fn key(&self, offset: usize, text: &str, kind: SignatureType) -> Result<VerifierKey, CharterError> {
        match VerifierKey::parse(text) {
            Ok(key) if key.kind() == kind => Ok(key),
            Ok(key) if kind == SignatureType::Ed25519 => {
                self.fail(offset, format!("`{}` is a witness's key", key.name()), "use a key that signs texts, as `candour key new` makes them")
            }
            Ok(key) => self.fail(offset, format!("`{}` is no witness's key", key.name()), "use the key that `candour witness` prints"),
            Err(problem) => self.fail(offset, format!("the key cannot be read: {problem}"), "copy the verifier key whole"),
        }
    }

    /// No key twice, be it under two names, and no two keys of one name: signatures are counted by key and told by name.
    fn distinct_keys<'k>(&self, keys: impl Iterator<Item = (usize, &'k VerifierKey)>) -> Result<(), CharterError> {
        let (mut names, mut materials) = (BTreeSet::new(), BTreeSet::new());
        for (offset, key) in keys {
            if !materials.insert(material(key)) {
                return self.fail(offset, format!("the key `{}` is listed twice", key.name()), "list each key once; one signature must never count as two");
            }
            if !names.insert(key.name()) {
                return self.fail(offset, format!("two keys go by the name `{}`", key.name()), "give each key a name of its own");
            }
        }
        Ok(())
    }

    pub(crate) fn ledger(&self, written: Option<&Spanned<WrittenLedger>>, authority: &AuthorityRule, actions: &[String]) -> Result<LedgerRule, CharterError> {
        let Some(written) = written else { return Ok(LedgerRule::default()) };
        let (offset, written) = (written.span().start, written.get_ref());
        let witnesses = written.witnesses.iter().map(|witness| self.witness(witness, authority)).collect::<Result<Vec<_>, _>>()?;
        self.distinct_keys(written.witnesses.iter().map(|witness| witness.span().start).zip(witnesses.iter().map(|witness| &witness.key)))?;
        let threshold = written.threshold.as_ref().map_or(0, |threshold| *threshold.get_ref());
        if threshold > witnesses.len() {
            let at = written.threshold.as_ref().map_or(offset, |threshold| threshold.span().start);
            let what = format!("{threshold} witnesses have to cosign and {} are named", witnesses.len());
            return self.fail(at, what, "name more witnesses or lower the threshold");
        }
        for action in &written.wait_for {
            let (at, name) = (action.span().start, action.get_ref());
            if !actions.contains(name) {
                let known = actions.iter().map(String::as_str).collect();
                return self.fail(at, format!("`{name}` is no action, so nothing of that name can wait"), format!("use some of {}", quoted(&known)));
            }
            if !can_wait(name) {
                let what = format!("`{name}` changes the home before a witness could be asked, so it cannot wait");
                return self.fail(at, what, "remove it from `wait_for`; reads, exports and the approval of emergency accesses can wait");
            }
            if threshold == 0 {
                return self.fail(at, format!("`{name}` waits for no witness"), "name `witnesses` and a `threshold` from 1, or remove it from `wait_for`");
            }
        }
        Ok(LedgerRule { witnesses, threshold, wait_for: written.wait_for.iter().map(|action| action.get_ref().clone()).collect() })
    }

    fn witness(&self, written: &Spanned<WrittenWitness>, authority: &AuthorityRule) -> Result<WitnessRule, CharterError> {
        let (offset, witness) = (written.span().start, written.get_ref());
        let key = self.key(offset, &witness.vkey, SignatureType::CosignatureV1)?;
        if authority.keys.iter().any(|known| material(known) == material(&key)) {
            return self.fail(offset, format!("the witness `{}` uses a key of the authority", key.name()), "give the witness a key of its own");
        }
        let rest = ["https://", "http://"].iter().find_map(|scheme| witness.url.strip_prefix(scheme));
        if rest.is_none_or(|rest| rest.is_empty() || rest.chars().any(|c| c.is_whitespace() || c.is_control())) {
            return self.fail(offset, format!("`{}` is no address of a witness", witness.url), "write it as https://witness.example");
        }
        Ok(WitnessRule { key, url: witness.url.clone() })
    }

    pub(crate) fn thresholds(&self, written: Option<&Spanned<Thresholds>>) -> Result<Thresholds, CharterError> {
        let Some(written) = written else { return Ok(Thresholds::default()) };
        let (offset, thresholds) = (written.span().start, *written.get_ref());
        self.within(offset, "break_glass_minutes", thresholds.break_glass_minutes, 1..=60)?;
        self.within(offset, "break_glass_review_days", thresholds.break_glass_review_days, 1..=31)?;
        self.within(offset, "review_notice_days", thresholds.review_notice_days, 0..=366)?;
        Ok(thresholds)
    }

    pub(crate) fn sessions(&self, written: Option<&Spanned<Sessions>>) -> Result<Sessions, CharterError> {
        let Some(written) = written else { return Ok(Sessions::default()) };
        let (offset, sessions) = (written.span().start, *written.get_ref());
        self.within(offset, "idle_minutes", sessions.idle_minutes, 1..=240)?;
        self.within(offset, "absolute_hours", sessions.absolute_hours, 1..=24)?;
        self.within(offset, "token_days", sessions.token_days, 1..=366)?;
        Ok(sessions)
    }
}

/// The 32 bytes of the public key, without the name and the type byte that its text, `NAME+ID+KEY`, holds as well.
fn material(key: &VerifierKey) -> Vec<u8> {
    let text = key.to_string();
    let encoded = text.splitn(3, '+').nth(2).unwrap_or_default();
    STANDARD.decode(encoded).ok().and_then(|bytes| bytes.get(1..).map(<[u8]>::to_vec)).unwrap_or_default()
}
