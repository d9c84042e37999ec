// The shapes of the answers about authority and oversight: mandates, emergency access, retention, the overseer's desk, the public register.
// Wire types only: they change when the HTTP interface does. Times are RFC 3339 where nothing else is said.
import type { Answer } from './types'

export type Standing = 'in-force' | 'not-yet' | 'expired' | 'revoked' | 'superseded' | 'under-signed' | 'other-charter' | 'not-permitted'

export interface MandateView {
  id: string
  version: number
  purpose: string
  group: string
  classes: string[]
  highest: string
  not_before: string
  not_after: string
  /** Hash of the charter that it was written under, hex. */
  charter: string
  grounds: string
  standing: Standing
  standing_words: string
  /** Names of the authority's keys that have signed. */
  signers: string[]
  needed: number
  /** What is signed, to the byte. */
  text: string
  drafted_by: string
  drafted_at: string
  revoked?: { by: string; at: string; why: string } | null
}

export interface MandatesAnswer extends Answer {
  mandates: MandateView[]
}

export interface MandateAnswer extends Answer {
  mandate: MandateView
}

export interface MandateDraft {
  id: string
  purpose: string
  group: string
  classes: string[]
  highest: string
  not_before: string
  not_after: string
  grounds: string
}

export type GlassState = 'requested' | 'lapsed' | 'withdrawn' | 'open' | 'over' | 'reviewed'

export interface GlassView {
  id: string
  requester: string
  purpose: string
  case?: string | null
  reason: string
  /** Compartments. */
  opens: string[]
  requested_at: string
  state: GlassState
  approver?: string | null
  approved_at?: string | null
  ends_at?: string | null
  reviewer?: string | null
  reviewed_at?: string | null
  finding?: string | null
}

export interface GlassesAnswer extends Answer {
  glasses: GlassView[]
}

export interface GlassAnswer extends Answer {
  glass: GlassView
}

export interface CharterAnswer extends Answer {
  organisation: string
  hash: string
  purposes: { id: string; label: string; needs_mandate?: boolean; data_classes?: string[] }[]
  roles: { id: string; label: string }[]
}

export interface PublicMandate {
  id: string
  version: number
  purpose: string
  group: string
  classes: string[]
  highest: string
  not_before: string
  not_after: string
  standing: Standing
  charter: string
}

export interface DayCount {
  /** `2026-03-04`. */
  day: string
  action: string
  /** Id of the purpose, or `-`. */
  purpose_class: string
  count: number
}

export interface PublicAnswer {
  organisation: string
  log: {
    origin: string
    size: number
    root: string
    checkpoint: string
    log_key: string
    cosigned?: { size: number; time: string; witnesses: string[] } | null
  }
  charter: {
    version: number
    hash: string
    expires: string
    signers: string[]
    needed: number
    versions: { version: number | string; hash: string; adopted_at: string }[]
  }
  mandates: PublicMandate[]
  break_glass: { total: number; open_reviews: number; last_30_days: number }
  counts: DayCount[]
  heartbeat: { last?: string | null; silent_minutes_7_days: number }
  how_to_verify: string[]
}
