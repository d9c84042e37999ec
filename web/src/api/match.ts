// The shapes of match review: pairs that wait for a person, the bill of a pair, a person's word. Wire types only.
import type { Answer } from './types'

export type Verdict = 'same' | 'different' | 'unsure'

export interface MatchRecord {
  id: string
  schema: string
  caption: string
}

export interface QueuedPair {
  a: MatchRecord
  b: MatchRecord
  /** That they are the same, where a machine said so; 0 to 1. */
  probability: number | null
  why: string
  by: string
  by_person: boolean
  /** Records that a yes would bring together. */
  records: number
}

export interface QueueAnswer extends Answer {
  total: number
  pairs: QueuedPair[]
}

export interface MatchFeature {
  name: string
  left: string
  right: string
  level: string
  /** Bits; positive speaks for the same thing. */
  weight: number
}

export interface ExplainAnswer extends Answer {
  probability: number
  weight: number
  prior: number
  features: MatchFeature[]
  /** What would have changed the verdict, in words. */
  would_change: string[]
}

export interface JudgeAnswer extends Answer {
  a: string
  b: string
  verdict: Verdict
}
