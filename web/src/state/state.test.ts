import { describe, expect, test } from 'vitest'
import type { PurposeRule } from '../api/types'
import { asOfNow, before, KEPT, lacking, mandatesFor, readKept, recalled, remember } from './purpose'
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
    ['#/mandates', 'mandates', ''],
    ['#/mandates/harbour-2026', 'mandates', 'harbour-2026'],
    ['#/break-glass/BG-1', 'break-glass', 'BG-1'],
    ['#/public', 'public', ''],
    ['#/oversight/x', 'missing', 'oversight/x'],
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
  const stated = (case_: string, reason = '', mandate = '', purpose = 'p') => ({ purpose, case: case_, reason, mandate })

  test('say what is lacking', () => {
    expect(lacking(undefined, stated('1'), 0)).toBe('purpose')
    expect(lacking(rule(true, true), stated(' ', 'r'), 0)).toBe('case')
    expect(lacking(rule(true, true), stated('1', ' '), 0)).toBe('reason')
    expect(lacking(rule(false, false), stated(''), 1)).toBeNull()
    const needing = { ...rule(false, false), needs_mandate: true }
    expect(lacking(needing, stated(''), 1)).toBe('mandate')
    expect(lacking(needing, stated('', '', 'm'), 1)).toBeNull()
    expect(lacking(needing, stated(''), 0)).toBeNull()
  })

  test('are kept one for each case, the newest first, and not for ever', () => {
    let kept = remember([], stated('1', 'old'))
    kept = remember(kept, stated('2'))
    kept = remember(kept, stated('1', 'new'))
    expect(kept).toEqual([stated('1', 'new'), stated('2')])
    for (let at = 0; at < 20; at++) kept = remember(kept, stated(String(at)))
    expect(kept).toHaveLength(KEPT)
  })

  test('a case is one, whatever the purpose; without a case, a purpose is', () => {
    const kept = remember(remember([], stated('1', 'a', '', 'p')), stated('1', 'b', 'm', 'q'))
    expect(kept).toEqual([stated('1', 'b', 'm', 'q')])
    expect(remember(remember([], stated('', '', '', 'p')), stated('', '', '', 'q'))).toHaveLength(2)
  })

  test('a case brings back all that was stated for it', () => {
    const kept = [stated('Op/7', 'because', 'm', 'q')]
    expect(recalled(kept, ' op/7 ')).toEqual(kept[0])
    expect(recalled(kept, '')).toBeUndefined()
    expect(recalled([stated('', 'x')], '')).toBeUndefined()
  })

  test('the case before is the newest other one', () => {
    const kept = [stated('2'), stated('1')]
    expect(before(kept, stated('2'))).toEqual(stated('1'))
    expect(before(kept, null)).toEqual(stated('2'))
    expect(before([stated('2')], stated('2'))).toBeUndefined()
  })

  test('a mandate that is over, or is for another purpose, is not stated again', () => {
    const needing = { ...rule(false, false), data_classes: ['health'] }
    const mandates = [{ id: 'm', purpose: 'p', not_after: '' }, { id: 'n', purpose: 'q', not_after: '' }]
    expect(mandatesFor(needing, mandates).map((one) => one.id)).toEqual(['m'])
    expect(mandatesFor(rule(false, false), mandates)).toEqual([])
    expect(asOfNow(stated('1', 'r', 'm'), needing, mandates).mandate).toBe('m')
    expect(asOfNow(stated('1', 'r', 'n'), needing, mandates).mandate).toBe('')
    expect(asOfNow(stated('1', 'r', 'm'), needing, [])).toEqual(stated('1', 'r', ''))
  })

  test('what was kept before there were mandates is read', () => expect(readKept('[{"purpose": "p", "case": "1", "reason": "r"}]')).toEqual([stated('1', 'r')]))

  test.each([null, '', 'no json', '{}', '[1, null, {"purpose": "p"}]'])('what is not ours is dropped: %s', (written) => expect(readKept(written)).toEqual([]))
})
