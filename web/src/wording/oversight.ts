// What in the state of a log needs an overseer's look.
import type { LogState } from '../api/oversight'

/** How old a confirmation by witnesses may be before it is remarked on, in seconds: checkpoints go out within a minute. */
export const STALE = 300

/** How many things are amiss: counts that do not agree, no confirmation or an old one, witnesses with problems. Silences are shown, for a program that was not running is silent too. */
export function isAmiss(state: LogState): number {
  const witnessed = state.witnesses.length > 0
  const stale = witnessed && (state.cosigned === null || state.cosigned === undefined || (state.cosigned_seconds_ago ?? 0) > STALE)
  return state.heartbeats.mismatch_count + (state.heartbeats.uncounted > 0 ? 1 : 0) + (stale ? 1 : 0) + state.witnesses.filter((one) => one.problem).length
}

/** The first instant of the last `days`; empty for all time. */
export function sinceDays(days: number, now: number): string {
  return days > 0 ? `${new Date(now - days * 86_400_000).toISOString().slice(0, 19)}Z` : ''
}
