import { expect, test } from 'vitest'
import type { LogState } from '../api/oversight'
import { isAmiss, sinceDays } from './oversight'

const state = (change: Partial<LogState>): LogState => ({
  origin: 'o', size: 9, root: '', checkpoint: '', log_key: '', cosigned: { size: 9, time: '', witnesses: ['w'] }, cosigned_seconds_ago: 30, witnesses: [{ name: 'w', size: 9 }],
  heartbeats: { beats: 1, compared: 1, uncounted: 0, mismatch_count: 0, mismatches: [], silence_count: 4, silences: [] }, ...change,
})
const beats = (change: Partial<LogState['heartbeats']>) => ({ heartbeats: { ...state({}).heartbeats, ...change } })

test.each<[string, Partial<LogState>, number]>([
  ['all is well, silences or not', {}, 0],
  ['no witness is named', { witnesses: [], cosigned: null }, 0],
  ['witnesses never confirmed', { cosigned: null }, 1],
  ['the confirmation is old', { cosigned_seconds_ago: 3000 }, 1],
  ['a witness has a problem', { witnesses: [{ name: 'w', size: 0, problem: 'it does not answer' }] }, 1],
  ['counts do not agree', beats({ mismatch_count: 2 }), 2],
  ['entries that nothing counts', beats({ uncounted: 70 }), 1],
])('%s', (_, change, amiss) => expect(isAmiss(state(change))).toBe(amiss))

test('a stretch of days', () => expect([sinceDays(1, Date.UTC(2026, 0, 2)), sinceDays(0, 0)]).toEqual(['2026-01-01T00:00:00Z', '']))
