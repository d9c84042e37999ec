import { expect, test } from 'vitest'
// @ts-expect-error: the mock's ledger is plain JavaScript
import { append, receipt as receiptOf, status } from '../../mock/ledger.mjs'
import type { Receipt } from '../api/types'
import { parseBeat, recount, sameCounts } from './recount'

const KEY = status().log_key as string
const time = Date.UTC(2026, 0, 31, 8, 15, 0, 250)

function beat(query: string, results: string, actor = 'candour', action = 'heartbeat'): number {
  return (append(time, { time: new Date(time).toISOString(), actor, action, query, outcome: 'alive', results }) as Receipt).index
}
const receipts = (...indices: number[]) => indices.map((index) => receiptOf(index) as Receipt)

test('an honest day', async () => {
  const found = await recount(receipts(beat('0..3', 'search/demo=2 export/-=1'), beat('3..5', 'search/demo=2')), KEY)
  expect(found).toMatchObject({ beats: 2, good: 2, unsound: [], gaps: [] })
  expect(sameCounts(found.counts, new Map([['search/demo', 4], ['export/-', 1], ['nothing', 0]]))).toBe(true)
  expect(sameCounts(found.counts, new Map([['search/demo', 4]]))).toBe(false)
})

test('what is not counted, counted twice or made up shows', async () => {
  const [first, skipping, short] = [beat('0..3', 'search/demo=3'), beat('4..5', 'search/demo=1'), beat('5..9', 'search/demo=1')]
  const found = await recount(receipts(first, skipping, short), KEY)
  expect([found.gaps, found.unsound]).toEqual([[skipping], [short]])
  const [changed] = receipts(first).map((one) => ({ ...one, fields: one.fields.map((field) => (field.name === 'results' ? { ...field, value: 'search/demo=2 export/-=1' } : field)) }))
  expect((await recount([changed as Receipt], KEY)).good).toBe(0)
})

test.each([
  ['0..', 'search/demo=1', 'candour', 'heartbeat'],
  ['0..1', 'search/demo', 'candour', 'heartbeat'],
  ['0..2', 'a/b=1 a/b=1', 'candour', 'heartbeat'],
  ['0..1', 'a/b=1', 'somebody', 'heartbeat'],
  ['0..1', 'a/b=1', 'candour', 'search'],
])('%s %s by %s is no sign of life', (query, results, actor, action) => expect(parseBeat(receiptOf(beat(query, results, actor, action)) as Receipt)).toBeNull())
