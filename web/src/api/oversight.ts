// The shapes of the overseer's desk. Wire types only. Times are RFC 3339.
import type { Answer, Receipt } from './types'

export interface Span {
  since?: string | null
  until: string
  /** Whose days and nights, such as `Europe/London`. */
  zone: string
}

export interface LogState {
  origin: string
  size: number
  root: string
  checkpoint: string
  log_key: string
  cosigned?: { size: number; time: string; witnesses: string[] } | null
  cosigned_seconds_ago?: number | null
  witnesses: WitnessSaid[]
  heartbeats: {
    beats: number
    compared: number
    last?: string | null
    uncounted: number
    mismatch_count: number
    mismatches: { entry: number; what: string }[]
    silence_count: number
    silences: { after: number; from: string; until: string; seconds: number; entries: number }[]
  }
}

/** What a witness said last, as far as the program knows since it was started. */
export interface WitnessSaid {
  name: string
  /** Of the tree that it confirmed last; 0 where it never did. */
  size: number
  /** When it was asked last. */
  asked_at?: string | null
  problem?: string | null
}

export interface UsageCount {
  key: string
  accesses: number
  refused: number
  unexplained: number
  alerts: number
  alerts_per_thousand: number
}

export interface Usage {
  total: UsageCount
  empty: number
  failed: number
  alert_score: number
  by_purpose: UsageCount[]
  by_role: UsageCount[]
  by_person: UsageCount[]
  by_unit: UsageCount[]
  by_action: UsageCount[]
  by_hour: UsageCount[]
}

export interface Ranked {
  entry: number
  time: string
  person: string
  action: string
  purpose: string
  case: string
  reason: string
  mandate: string
  score: number
  alert: boolean
  /** What explains it, where anything does. */
  explained?: string | null
  reasons: { name: string; weight: number; words: string }[]
  records: string[]
  erased?: string[]
}

export interface Ranking {
  total: number
  explained_but_related: number
  of_accesses: number
  alerts: number
  alert_score: number
  alerts_per_thousand: number
  weights: { name: string; weight: number; words: string }[]
  accesses: Ranked[]
}

export type StateAnswer = Answer & Span & { state: LogState }
export type UsageAnswer = Answer & Span & { usage: Usage }
export type RankingAnswer = Answer & Span & { unexplained: Ranking }

export interface SampleRequest {
  seed: string
  count: number
  /** How many more of the accesses that nothing explains. */
  unexplained: number
  fields: string[]
  /** A checkpoint that was held before the seed was thought up. */
  checkpoint?: string
  since?: string
  until?: string
  zone?: string
}

export interface SampleAnswer extends Answer {
  seed: string
  size: number
  root: string
  brought: boolean
  first: number
  span: number
  unexplained: number
  fields: string[]
  entries: { stratum: string; receipt: Receipt }[]
}
