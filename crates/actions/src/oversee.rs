//! Watching over how the system is used: the state of the log, usage, heartbeats, and the accesses that nothing explains.
//!
//! What an overseer gets to see of a record is its id and in which kind of relation it stands to the person who looked. Names,
//! addresses and links are compared in here, and only the word for the outcome comes out.

mod gather;
mod grounds;
mod kin;
mod namesakes;
mod sample;
mod shown;
mod state;
mod views;

use candour_oversight::Window;
use jiff::tz::TimeZone;

pub use sample::{SampleRequest, SampleView, SampledView};
pub use state::{BeatsView, MismatchView, SilenceView, StateView};
pub use views::{CountView, OverseeView, RankedView, RankingView, ReasonView, UsageView, WeightView};

use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
    view::instant,
};

/// Most accesses of one page.
const MOST: usize = 1000;

/// What an overseer wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverseePart {
    /// The log, its witnesses, heartbeats.
    State,
    /// How the system was used.
    Usage,
    /// The accesses that nothing explains, the most remarkable first.
    Unexplained {
        /// How many.
        limit: usize,
        /// How many to pass over.
        offset: usize,
    },
}

/// About which time, and what.
#[derive(Debug, Clone)]
pub struct OverseeRequest {
    /// What.
    pub part: OverseePart,
    /// Which time.
    pub span: OverseeSpan,
}

/// A stretch of time.
#[derive(Debug, Clone, Default)]
pub struct OverseeSpan {
    /// First instant, in milliseconds since 1970-01-01T00:00Z; the journal's beginning where it is absent.
    pub since: Option<i64>,
    /// First instant after it; now where it is absent.
    pub until: Option<i64>,
    /// Whose days and nights: a name of the IANA time zone database, such as `Europe/London`; UTC where it is absent.
    pub zone: Option<String>,
}

impl OverseeSpan {
    /// In words, for the journal.
    fn words(&self) -> String {
        let shown = |time: Option<i64>| time.map_or_else(|| "-".to_owned(), instant);
        format!("{}..{} {}", shown(self.since), shown(self.until), self.zone.as_deref().unwrap_or("UTC"))
    }

    /// Resolved.
    fn window(&self, now: i64) -> Result<Window, ActionError> {
        let zone = match self.zone.as_deref() {
            None | Some("UTC") => TimeZone::UTC,
            Some(name) => {
                TimeZone::get(name).map_err(|_| ActionError::BadInput(format!("`{name}` is no time zone known here; give a name such as `Europe/London`, or `UTC`")))?
            }
        };
        let (since, until) = (self.since.unwrap_or(i64::MIN), self.until.unwrap_or_else(|| now.saturating_add(1)));
        if since >= until {
            return Err(ActionError::BadInput("the time ends before it begins; give an `until` after `since`".to_owned()));
        }
        Ok(Window { since, until, zone })
    }
}

impl Desk {
    /// Tells an overseer how the system is used. The entry of this very look is not yet in it.
    pub fn oversee(&self, who: &Who, request: &OverseeRequest) -> Result<Answer<OverseeView>, ActionError> {
        let what = match request.part {
            OverseePart::State => "state".to_owned(),
            OverseePart::Usage => "usage".to_owned(),
            OverseePart::Unexplained { limit, offset } => format!("unexplained {limit} from {offset}"),
        };
        self.answer(who, Action::Oversee, &format!("{what} {}", request.span.words()), |access| {
            let now = self.now();
            let window = request.span.window(now)?;
            let mut view = OverseeView::of(&request.span, now);
            match request.part {
                OverseePart::State => view.state = Some(self.log_state(&window, now)?),
                OverseePart::Usage => view.usage = Some(UsageView::of(&self.reckon(&window)?)),
                OverseePart::Unexplained { limit, .. } if limit > MOST => {
                    return Err(ActionError::BadInput(format!("`{limit}` accesses are more than one answer holds; ask for up to {MOST} and page with an offset")));
                }
                OverseePart::Unexplained { limit, offset } => view.unexplained = Some(self.ranking(&self.reckon(&window)?, limit, offset)?),
            }
            let results = view.unexplained.iter().flat_map(|ranking| &ranking.accesses).map(|ranked| format!("entry {}", ranked.entry)).collect();
            Ok(Sealed::under(access, view, results))
        })
    }
}
