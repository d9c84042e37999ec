// The states that things of authority are in: each has a word, a tone and a sign, so that none is told by colour alone.
import type { GlassState, Standing } from '../api/trust'

export type Tone = 'good' | 'warn' | 'bad' | 'soft'
export type Sign = 'tick' | 'clock' | 'pen' | 'cross' | 'bar' | 'open'

export interface Told {
  word: string
  tone: Tone
  sign: Sign
}

const STANDINGS: Record<Standing, Told> = {
  'in-force': { word: 'In force', tone: 'good', sign: 'tick' },
  'not-yet': { word: 'Not yet in force', tone: 'soft', sign: 'clock' },
  expired: { word: 'Expired', tone: 'soft', sign: 'clock' },
  revoked: { word: 'Revoked', tone: 'bad', sign: 'cross' },
  superseded: { word: 'Replaced by a newer version', tone: 'soft', sign: 'bar' },
  'under-signed': { word: 'Signatures missing', tone: 'warn', sign: 'pen' },
  'other-charter': { word: 'Made under another charter', tone: 'soft', sign: 'bar' },
  'not-permitted': { word: 'Not permitted by the charter', tone: 'bad', sign: 'cross' },
}

const GLASSES: Record<GlassState, Told> = {
  requested: { word: 'Waiting for a second person', tone: 'warn', sign: 'pen' },
  lapsed: { word: 'Lapsed, nobody granted it', tone: 'soft', sign: 'bar' },
  withdrawn: { word: 'Withdrawn', tone: 'soft', sign: 'bar' },
  open: { word: 'Open now', tone: 'bad', sign: 'open' },
  over: { word: 'Over, review open', tone: 'warn', sign: 'clock' },
  reviewed: { word: 'Reviewed', tone: 'good', sign: 'tick' },
}

const unknown = (state: string): Told => ({ word: state, tone: 'soft', sign: 'bar' })

/** A mandate's standing; one that this page does not know is shown by its name. */
export function standingTold(standing: string): Told {
  return STANDINGS[standing as Standing] ?? unknown(standing)
}

export function glassTold(state: string): Told {
  return GLASSES[state as GlassState] ?? unknown(state)
}

/** The states to filter a register by, those that occur, in the order of this table. */
export function standingsIn(mandates: readonly { standing: string }[]): string[] {
  const found = new Set(mandates.map((one) => one.standing))
  const known = Object.keys(STANDINGS).filter((one) => found.has(one))
  return [...known, ...[...found].filter((one) => !known.includes(one)).sort()]
}

/** Outlines on a 24 by 24 grid. */
export const SIGNS: Record<Sign, string> = {
  tick: 'm5 12.500 4.500 4.500L19 7.500',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8v4.500l3 2',
  pen: 'm5 19 1-4.500L15.500 5 19 8.500 9.500 18Z',
  cross: 'm6 6 12 12M18 6 6 18',
  bar: 'M5 12h14',
  open: 'M12 4v9M12 18.500v.01',
}
