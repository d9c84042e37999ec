// The shapes of retention: what falls due, what was decided, who has to be told. Wire types only. Times are RFC 3339.
import type { Answer } from './types'

export type Decision = 'retain' | 'erase' | 'restrict'

export interface Decided {
  decision: Decision
  /** Empty where it told of something that was erased. */
  rationale: string
  by: string
  at: string
  /** When it falls due again, where that was decided. */
  next?: string | null
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
  /** Ids of the records that it is merged with. */
  merged_with: string[]
  restricted_since?: string | null
  /** It was erased before and has been brought in again. */
  has_returned: boolean
  /** The decision that stands, where there is one. */
  decided?: Decided | null
}

export interface ReviewAnswer extends Answer {
  /** All that may be seen, due or not. */
  total: number
  /** Of these, due by now. */
  overdue: number
  /** A page of them, first due first. */
  due: ReviewDue[]
}

export interface DecideRequest {
  decision: Decision
  rationale: string
  next?: string
  /** For all records that it is merged with as well. */
  whole: boolean
}

export interface DecideAnswer extends Answer {
  id: string
  records: string[]
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
  others: string[]
  /** Records that it was merged with and that stay. */
  stay: string[]
  statements: number
  links: number
  sources: number
  entries: number
  rejects: number
  /** Who was handed any of it and has to be told. */
  notify: Recipient[]
}

export interface RestrictedAnswer extends Answer {
  id: string
  restricted: boolean
  statements: number
  merged_with: string[]
}
