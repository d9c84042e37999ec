// Counts a day again from its signs of life: each is an entry of the log with all fields opened, and says how many entries of which
// action and purpose were made since the one before.
import type { Receipt } from '../api/types'
import { checkReceipt } from './check'

export interface Recount {
  /** How many signs of life there were, and how many of them check. */
  beats: number
  good: number
  /** By `action/purpose`. */
  counts: Map<string, number>
  /** Entries that one of them says it counts, but whose counts do not add up. */
  unsound: number[]
  /** Entries before which something is counted by none of them. */
  gaps: number[]
}

const field = (receipt: Receipt, name: string) => receipt.fields.find((one) => one.name === name)?.value ?? ''

/** What a sign of life says: which entries it counts, and how many of what. `null` where it says no such thing. */
export function parseBeat(receipt: Receipt): { first: number; end: number; counts: Map<string, number> } | null {
  const range = /^(\d{1,15})\.\.(\d{1,15})$/.exec(field(receipt, 'query'))
  if (!range || field(receipt, 'actor') !== 'candour' || field(receipt, 'action') !== 'heartbeat') return null
  const counts = new Map<string, number>()
  for (const told of field(receipt, 'results').split(' ').filter(Boolean)) {
    const match = /^(\S+)=(\d{1,15})$/.exec(told)
    if (!match || counts.has(match[1] ?? '')) return null
    counts.set(match[1] ?? '', Number(match[2]))
  }
  return { first: Number(range[1]), end: Number(range[2]), counts }
}

export async function recount(receipts: readonly Receipt[], vkey: string): Promise<Recount> {
  const found: Recount = { beats: receipts.length, good: 0, counts: new Map(), unsound: [], gaps: [] }
  let before: number | null = null
  for (const receipt of receipts) {
    const checked = await checkReceipt(receipt, vkey)
    if (checked.flaws.length === 0 && checked.signature === 'good') found.good += 1
    const beat = parseBeat(receipt)
    const sum = beat ? [...beat.counts.values()].reduce((all, one) => all + one, 0) : NaN
    if (!beat || sum !== beat.end - beat.first || beat.end > receipt.index) found.unsound.push(receipt.index)
    if (!beat) continue
    if (before !== null && beat.first !== before) found.gaps.push(receipt.index)
    before = beat.end
    for (const [name, many] of beat.counts) found.counts.set(name, (found.counts.get(name) ?? 0) + many)
  }
  return found
}

/** Whether counts are the same; what is counted nought times is not counted. */
export function sameCounts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return [...new Set([...a.keys(), ...b.keys()])].every((name) => (a.get(name) ?? 0) === (b.get(name) ?? 0))
}
