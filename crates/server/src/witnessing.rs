//! What a served home does by itself, without being asked: it submits its newest checkpoint to the witnesses that the
//! charter names, and once a minute writes a sign of life.

use std::{sync::Arc, time::Duration};

use candour_actions::Desk;
use candour_ledger::witness::Witness;
use tokio::{
    task::spawn_blocking,
    time::{MissedTickBehavior, interval},
};

use crate::witness::HttpWitness;

/// Time between two submissions. With the time that a witness may take to answer, whatever is recorded has been submitted
/// to all that answer at all before a minute is over.
const ROUND: Duration = Duration::from_secs(30);
/// Rounds between two signs of life.
const ROUNDS_A_BEAT: u64 = 2;

/// Begins, at once, and goes on as long as the runtime does.
pub(crate) fn start(desk: Arc<Desk>) {
    tokio::spawn(async move {
        let mut clock = interval(ROUND);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut named = Vec::new();
        for count in 0_u64.. {
            clock.tick().await;
            let desk = Arc::clone(&desk);
            let known = named.clone();
            // A round that breaks is the last one's loss and not the next one's.
            if let Ok(now) = spawn_blocking(move || round(&desk, &known, count)).await {
                named = now;
            }
        }
    });
}

/// Lets the desk ask the witnesses that its charter names, over HTTP.
pub fn reach_witnesses(desk: &Desk) {
    let named = desk.witnesses_named();
    desk.set_witnesses(named.iter().map(|(vkey, url)| Arc::new(HttpWitness::new(vkey, url)) as Arc<dyn Witness>).collect());
}

/// One round. Gives the witnesses that the charter names now. What goes wrong is kept by the desk, for overseers to see;
/// entries that cannot be written are missed in the journal itself, which is what signs of life are for.
fn round(desk: &Desk, known: &[(String, String)], count: u64) -> Vec<(String, String)> {
    let named = desk.witnesses_named();
    if named != known {
        reach_witnesses(desk);
    }
    if count.is_multiple_of(ROUNDS_A_BEAT) {
        let _ = desk.heartbeat();
    }
    let _ = desk.cosign();
    named
}
