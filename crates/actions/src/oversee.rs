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
mod span;
mod state;
mod views;

pub use sample::{SampleRequest, SampleView, SampledView};
pub use span::OverseeSpan;
pub use state::{BeatsView, MismatchView, SilenceView, StateView};
pub use views::{CountView, OverseeView, RankedView, RankingView, ReasonView, UsageView, WeightView};

use crate::{
    access::Who,
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
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
                    return Err(ActionError::BadInput(format!(
                        "`{limit}` accesses are more than one answer holds; ask for up to {MOST} and page with an offset"
                    )));
                }
                OverseePart::Unexplained { limit, offset } => view.unexplained = Some(self.ranking(&self.reckon(&window)?, limit, offset)?),
            }
            let results = match &view.unexplained {
                Some(ranking) => ranking.accesses.iter().map(|ranked| format!("entry {}", ranked.entry)).collect(),
                None => vec![what.clone()],
            };
            Ok(Sealed::under(access, view, results))
        })
    }
}
