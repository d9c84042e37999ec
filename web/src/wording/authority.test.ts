import { describe, expect, test } from 'vitest'
import type { GlassView, MandateDraft, MandateView } from '../api/trust'
import { perDay, share, steps, summed } from './bars'
import { classNames } from './classes'
import { compartments, inOrderOfNeed } from './glass'
import { draftLacking, listed, mandateText, nextVersion, versionsOf, wholeSeconds } from './mandate'
import { countdown, daysUntil, minutesLeft, secondsLeft } from './remaining'
import { glassTold, standingsIn, standingTold } from './standing'

describe('standing', () => {
  test.each([
    ['in-force', 'In force', 'good', 'tick'],
    ['not-yet', 'Not yet in force', 'soft', 'clock'],
    ['expired', 'Expired', 'soft', 'clock'],
    ['revoked', 'Revoked', 'bad', 'cross'],
    ['superseded', 'Replaced by a newer version', 'soft', 'bar'],
    ['under-signed', 'Signatures missing', 'warn', 'pen'],
    ['other-charter', 'Made under another charter', 'soft', 'bar'],
    ['not-permitted', 'Not permitted by the charter', 'bad', 'cross'],
    ['of-tomorrow', 'of-tomorrow', 'soft', 'bar'],
  ])('%s is told as %s', (standing, word, tone, sign) => expect(standingTold(standing)).toEqual({ word, tone, sign }))

  test('no two of a tone share a word, and each has a sign', () => {
    const told = ['requested', 'lapsed', 'open', 'over', 'reviewed', 'withdrawn'].map(glassTold)
    expect(new Set(told.map((one) => one.word)).size).toBe(told.length)
    expect(told.every((one) => one.sign !== undefined)).toBe(true)
  })

  test('a register is filtered by what is in it', () =>
    expect(standingsIn([{ standing: 'of-tomorrow' }, { standing: 'expired' }, { standing: 'in-force' }, { standing: 'expired' }])).toEqual(['in-force', 'expired', 'of-tomorrow']))
})

describe('what is left', () => {
  const at = Date.UTC(2026, 0, 1, 12)
  const seconds = (end: string | null) => secondsLeft(end, at)
  test.each([
    ['2026-01-01T13:00:00Z', 3600, '1:00:00', '60 minutes'],
    ['2026-01-01T12:59:59.400Z', 3600, '1:00:00', '60 minutes'],
    ['2026-01-01T12:01:30Z', 90, '1:30', '1 minute'],
    ['2026-01-01T12:00:09Z', 9, '0:09', 'less than a minute'],
    ['2026-01-01T11:00:00Z', 0, '0:00', 'less than a minute'],
  ])('%s', (end, left, shown, heard) => {
    expect(seconds(end)).toBe(left)
    expect(countdown(left)).toBe(shown)
    expect(minutesLeft(left)).toBe(heard)
  })
  test('what has no end has none', () => {
    expect(seconds(null)).toBeNaN()
    expect(seconds('tomorrow')).toBeNaN()
  })
  test.each([['2026-01-01T18:00:00Z', 0], ['2026-01-03T12:00:00Z', 2], ['2026-01-01T01:00:00Z', 0], ['2025-12-31T23:59:59Z', -1]])('days until %s: %i', (end, days) => expect(daysUntil(end, at)).toBe(days))
})

describe('mandates', () => {
  const draft: MandateDraft = {
    id: 'harbour-2026', purpose: 'protect-life', group: 'analyst', classes: ['health', 'ethnicity'], highest: 'official-sensitive',
    not_before: '2026-11-01T00:00:00+01:00', not_after: '2026-12-01T00:00:00Z', grounds: 'one line in words',
  }
  test('the text is the one that is signed', () => {
    expect(mandateText(draft, 2, 'ab'.repeat(32))).toBe(
      `candour-mandate/v1\nid: harbour-2026\nversion: 2\npurpose: protect-life\ngroup: analyst\nclasses: ethnicity, health\nhighest: official-sensitive\nnot-before: 2026-10-31T23:00:00Z\nnot-after: 2026-12-01T00:00:00Z\ncharter: ${'ab'.repeat(32)}\ngrounds: one line in words\n`,
    )
    expect(mandateText({ ...draft, classes: [] }, 1, '')).toContain('\nclasses: none\n')
  })
  test.each<[Partial<MandateDraft>, string | null]>([
    [{}, null],
    [{ id: 'Harbour' }, 'id'],
    [{ id: '2026' }, 'id'],
    [{ id: 'a'.repeat(65) }, 'id'],
    [{ purpose: '' }, 'purpose'],
    [{ group: '' }, 'group'],
    [{ not_before: 'soon' }, 'not_before'],
    [{ not_after: '2026-10-31T23:00:00Z' }, 'not_after'],
    [{ not_after: '' }, 'not_after'],
    [{ grounds: ' ' }, 'grounds'],
    [{ grounds: 'two\nlines' }, 'grounds'],
  ])('%o lacks %s', (change, lacks) => expect(draftLacking({ ...draft, ...change })).toBe(lacks))
  test('whole seconds only', () => expect([wholeSeconds('2026-01-01T10:00:00.900Z'), wholeSeconds('x')]).toEqual(['2026-01-01T10:00:00Z', '']))
  test('versions', () => {
    const one = (id: string, version: number, standing: string) => ({ id, version, standing }) as MandateView
    const list = [one('b', 1, 'expired'), one('a', 3, 'under-signed'), one('a', 2, 'in-force'), one('a', 1, 'superseded')]
    expect(nextVersion(list, 'a')).toBe(4)
    expect(nextVersion(list, 'c')).toBe(1)
    expect(listed(list).map((of) => `${of.id}${of.version}`)).toEqual(['a3', 'a2', 'b1'])
    expect(versionsOf(list, 'a').map((of) => of.version)).toEqual([3, 2, 1])
  })
  test('special categories in words', () => {
    expect(classNames(['health', 'trade-union', 'x'], 'none')).toBe('health, trade union membership, x')
    expect(classNames([], 'none')).toBe('none')
  })
})

describe('emergency accesses', () => {
  test('compartments as typed', () => expect(compartments(' harbour, river;harbour  quay ')).toEqual(['harbour', 'river', 'quay']))
  test('what needs somebody comes first, the newest of a kind before', () => {
    const glass = (id: string, state: string, day: number) => ({ id, state, requested_at: `2026-01-0${day}T00:00:00Z` }) as GlassView
    const list = [glass('a', 'reviewed', 9), glass('b', 'over', 1), glass('c', 'over', 2), glass('d', 'requested', 1), glass('e', 'open', 1)]
    expect(inOrderOfNeed(list).map((one) => one.id).join('')).toBe('edcba')
  })
})

describe('bars', () => {
  const counts = [{ day: '2026-02-27', action: 'b', count: 2 }, { day: '2026-03-01', action: 'a', count: 5 }, { day: '2026-03-01', action: 'b', count: 3 }]
  test('days without anything are there', () =>
    expect(perDay(counts, 30)).toEqual([{ label: '2026-02-27', count: 2 }, { label: '2026-02-28', count: 0 }, { label: '2026-03-01', count: 8 }]))
  test('only the last days', () => expect(perDay(counts, 2).map((row) => row.label)).toEqual(['2026-02-28', '2026-03-01']))
  test('nothing is nothing', () => expect(perDay([], 30)).toEqual([]))
  test('sums', () => expect(summed(counts, (one) => one.action, (one) => one.count)).toEqual([{ label: 'a', count: 5 }, { label: 'b', count: 5 }]))
  test('shares and labels', () => expect([share(1, 3), share(0, 0), steps(24), steps(3)]).toEqual(['33.3 %', '', 4, 1]))
})
