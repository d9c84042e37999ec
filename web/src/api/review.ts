// The shapes of retention: what is due, what was decided, who has to be told. Wire types only. Times are RFC 3339.
import type { Answer } from './types'

export type Decision = 'retain' | 'erase' | 'restrict'

export interface Decided {
  decision: Decision
  rationale: string
  by: string
  at: string
}

export interface ReviewDue {
  id: string
  schema: string
  caption: string
  /** Number of the retention group. */
  group: number
  group_label: string
  /** When the newest of it was recorded. */
  held_since: string
  due: string
  /** The decision that stands, where there is one. */
  decided?: Decided | null
}

export interface ReviewAnswer extends Answer {
  due: ReviewDue[]
  total: number
}

export interface DecideAnswer extends Answer {
  id: string
  decided: Decided
}

export interface Recipient {
  recipient: string
  at: string
  actor: string
  what: string
}

export interface RecipientsAnswer extends Answer {
  disclosures: Recipient[]
}

export interface ErasedAnswer extends Answer {
  tombstone: string
  statements: number
  sources: number
  entries: number
  /** Who was handed any of it and has to be told. */
  notify: Recipient[]
}

export interface RestrictedAnswer extends Answer {
  restricted: boolean
  statements: number
}
