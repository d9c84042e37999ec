//! The state of the log, as an overseer sees it: who vouches for it, and whether the program has been silent.

use candour_oversight::Window;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    cosign::{CosignedView, WitnessView},
    desk::Desk,
    error::ActionError,
    view::instant,
};

/// Most silences and mismatches of one answer; their numbers are always whole.
const MOST: usize = 1000;

/// The log, its witnesses, its heartbeats.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StateView {
    /// Origin of the log.
    pub origin: String,
    /// Entries in it.
    pub size: u64,
    /// Root hash, base64.
    pub root: String,
    /// The newest signed checkpoint.
    pub checkpoint: String,
    /// The key to verify it with.
    pub log_key: String,
    /// The newest checkpoint that enough witnesses vouch for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cosigned: Option<CosignedView>,
    /// How long ago the last of them saw it, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cosigned_seconds_ago: Option<i64>,
    /// What each witness said last, since the program was started.
    pub witnesses: Vec<WitnessView>,
    /// The minutely signs of life.
    pub heartbeats: BeatsView,
}

/// What the heartbeats show.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BeatsView {
    /// How many.
    pub beats: u64,
    /// How many were compared with the entries that they count.
    pub compared: u64,
    /// Time of the last one, RFC 3339.
    pub last: Option<String>,
    /// Entries between heartbeats that none of them counts.
    pub uncounted: u64,
    /// How many say something else than the entries.
    pub mismatch_count: usize,
    /// The first of them.
    pub mismatches: Vec<MismatchView>,
    /// How many stretches of more than 150 seconds had none. A program that was not running is silent too.
    pub silence_count: usize,
    /// The longest of them, the longest first.
    pub silences: Vec<SilenceView>,
}

/// A heartbeat that says something else than the entries.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MismatchView {
    /// Number of its entry.
    pub entry: u64,
    /// What is wrong.
    pub what: String,
}

/// A stretch of time without a heartbeat.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SilenceView {
    /// Number of the entry of the heartbeat before it.
    pub after: u64,
    /// From, RFC 3339.
    pub from: String,
    /// Until, RFC 3339.
    pub until: String,
    /// How long.
    pub seconds: i64,
    /// How many entries were made meanwhile.
    pub entries: u64,
}

impl Desk {
    pub(super) fn log_state(&self, window: &Window, now: i64) -> Result<StateView, ActionError> {
        let log = self.store().log_status()?;
        let cosigned = self.cosigned()?;
        let seen = cosigned.as_ref().and_then(|cosigned| cosigned.time.parse::<jiff::Timestamp>().ok());
        Ok(StateView {
            origin: log.origin,
            size: log.size,
            root: log.root,
            checkpoint: log.checkpoint,
            log_key: log.log_key,
            cosigned,
            cosigned_seconds_ago: seen.map(|seen| (now / 1000).saturating_sub(seen.as_second())),
            witnesses: self.witnesses_now(),
            heartbeats: self.heartbeats_view(window)?,
        })
    }

    fn heartbeats_view(&self, window: &Window) -> Result<BeatsView, ActionError> {
        let mut beats = self.beats_in(window)?;
        beats.silences.sort_by_key(|silence| (std::cmp::Reverse(silence.until.saturating_sub(silence.from)), silence.after));
        let silences = beats.silences.iter().take(MOST).map(|silence| SilenceView {
            after: silence.after,
            from: instant(silence.from),
            until: instant(silence.until),
            seconds: silence.until.saturating_sub(silence.from) / 1000,
            entries: silence.entries,
        });
        let mismatches = beats.mismatches.iter().take(MOST).map(|mismatch| MismatchView { entry: mismatch.index, what: mismatch.what.clone() });
        Ok(BeatsView {
            beats: beats.beats,
            compared: beats.compared,
            last: beats.last.map(instant),
            uncounted: beats.uncounted,
            mismatch_count: beats.mismatches.len(),
            mismatches: mismatches.collect(),
            silence_count: beats.silences.len(),
            silences: silences.collect(),
        })
    }
}
