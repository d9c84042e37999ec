import { describe, expect, test } from 'vitest'
import { count, counted, initials, instant, markingsInOrder, markingWord, pageRange, partialDate, short, shownValue, withDates, words } from './format'

test('numbers are grouped as in Britain', () => {
  expect(count(1234567)).toBe('1,234,567')
  expect(counted(1, 'record', 'records')).toBe('1 record')
  expect(counted(2500, 'record', 'records')).toBe('2,500 records')
})

test('instants name their zone, and what is none comes back as it is', () => {
  expect(instant('2026-03-04T09:12:44.120Z', 'UTC')).toBe('4 Mar 2026, 09:12:44 UTC')
  expect(instant(0, 'UTC')).toBe('1 Jan 1970, 00:00:00 UTC')
  expect(instant('some day')).toBe('some day')
})

test.each([
  ['2019', '2019'],
  ['2019-03', 'March 2019'],
  ['2019-03-04', '4 March 2019'],
  ['c. 1970', 'c. 1970'],
  ['2019-02-30', '2019-02-30'],
  ['2019-13', '2019-13'],
])('the date %s reads %s', (value, written) => expect(partialDate(value)).toBe(written))

test.each([
  ['2024-08-30T04:24:00', 'date', '30 August 2024, 04:24'],
  ['2024-08-30T04:24:09', 'date', '30 August 2024, 04:24:09'],
  ['2024-08-30T00:00:00', 'date', '30 August 2024'],
  ['1998-03', 'date', 'March 1998'],
  ['gb', 'country', 'United Kingdom'],
  ['xj', 'country', 'xj'],
  ['suhh', 'country', 'suhh'],
  ['gb', 'string', 'gb'],
])('%s of type %s reads %s', (value, type, written) => expect(shownValue(value, type)).toBe(written))

test.each([
  ['was seen at (2024-08-15T04:54:00)', 'was seen at (15 August 2024, 04:54)'],
  ['lives at (2013-11-19, 2019-03)', 'lives at (19 November 2013, March 2019)'],
  ['TH24-000551', 'TH24-000551'],
  ['cou-2024-08', 'cou-2024-08'],
  ['2024-13-45', '2024-13-45'],
])('%s reads %s', (text, written) => expect(withDates(text)).toBe(written))

test('hashes keep their ends', () => {
  expect(short('0123456789abcdef0123456789abcdef')).toBe('01234567…89abcdef')
  expect(short('short')).toBe('short')
})

test('markings, roles and names', () => {
  expect(markingWord('official-sensitive')).toBe('OFFICIAL-SENSITIVE')
  expect(words('data-protection-officer')).toBe('Data protection officer')
  expect(initials('Ann de Lee')).toBe('AL')
  expect(initials('')).toBe('')
  expect(markingsInOrder(['zebra', 'official', 'open', 'official', 'secret'])).toEqual(['open', 'official', 'secret', 'zebra'])
})

describe('pages of results', () => {
  test.each([
    [0, 25, 1, { first: 0, last: 0, page: 1, pages: 1 }],
    [25, 25, 1, { first: 1, last: 25, page: 1, pages: 1 }],
    [26, 25, 2, { first: 26, last: 26, page: 2, pages: 2 }],
    [26, 25, 9, { first: 26, last: 26, page: 2, pages: 2 }],
    [100, 25, Number.NaN, { first: 1, last: 25, page: 1, pages: 4 }],
  ])('%i results by %i, page %i', (total, size, page, range) => expect(pageRange(total, size, page)).toEqual(range))
})
