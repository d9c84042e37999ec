import { describe, expect, test } from 'vitest'
import type { PurposeRule } from '../api/types'
import { KEPT, lacking, readKept, remember } from './purpose'
import { href, parseRoute } from './route'

describe('addresses', () => {
  test.each([
    ['', 'home', ''],
    ['#/', 'home', ''],
    ['#/sign-in', 'sign-in', ''],
    ['#/sign-in/to%2Fken', 'sign-in', 'to/ken'],
    ['#/entity/phone%3A%2B44', 'entity', 'phone:+44'],
    ['#/entity/a/b', 'entity', 'a/b'],
    ['#/entity', 'missing', 'entity'],
    ['#/ledger', 'ledger', ''],
    ['#/ledger/x', 'missing', 'ledger/x'],
    ['#/nowhere', 'missing', 'nowhere'],
    ['#/entity/%E0%A4%A', 'entity', '%E0%A4%A'],
  ])('%s', (hash, page, id) => expect(parseRoute(hash)).toMatchObject({ page, id }))

  test('what is written is read back', () => {
    const route = parseRoute(href('search', '', { q: 'mill & lane', schema: ['Person', 'Company'], page: '', all: false }))
    expect(route.page).toBe('search')
    expect(route.query.get('q')).toBe('mill & lane')
    expect(route.query.getAll('schema')).toEqual(['Person', 'Company'])
    expect(route.query.has('page')).toBe(false)
    for (const id of ['plain', 'a/b?c#d', 'phone:+44 1', 'ü%']) expect(parseRoute(href('chart', id, { depth: 2 })).id).toBe(id)
  })
})

describe('purposes', () => {
  const rule = (needs_case: boolean, needs_reason: boolean): PurposeRule => ({ id: 'p', label: '', description: '', lawful_basis: '', needs_case, needs_reason })
  const stated = (case_: string, reason = '') => ({ purpose: 'p', case: case_, reason })

  test('say what is lacking', () => {
    expect(lacking(undefined, stated('1'))).toBe('purpose')
    expect(lacking(rule(true, true), stated(' ', 'r'))).toBe('case')
    expect(lacking(rule(true, true), stated('1', ' '))).toBe('reason')
    expect(lacking(rule(false, false), stated(''))).toBeNull()
  })

  test('are kept one for each case, the newest first, and not for ever', () => {
    let kept = remember([], stated('1', 'old'))
    kept = remember(kept, stated('2'))
    kept = remember(kept, stated('1', 'new'))
    expect(kept).toEqual([stated('1', 'new'), stated('2')])
    for (let at = 0; at < 20; at++) kept = remember(kept, stated(String(at)))
    expect(kept).toHaveLength(KEPT)
  })

  test.each([null, '', 'no json', '{}', '[1, null, {"purpose": "p"}]'])('what is not ours is dropped: %s', (written) => expect(readKept(written)).toEqual([]))
})
