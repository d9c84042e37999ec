import { expect, test } from 'vitest'
import type { TimelineEvent } from '../api/types'
import { byYear, whenInYear } from './timeline'

const event = (date: string, end: string | null = null): TimelineEvent => ({ date, end, entity: 'a', id: 'e', schema: 'Offence', caption: 'Theft', prop: 'date' })

test('events are gathered by year', () => {
  const years = byYear([event('1971-06-01'), event('2024'), event('2024-08-30T04:24:00'), event('2025-01')])
  expect(years.map(({ year, events }) => [year, events.length])).toEqual([['1971', 1], ['2024', 2], ['2025', 1]])
  expect(byYear([event('undated')])).toMatchObject([{ year: '' }])
})

test.each([
  ['1971-06-01', null, '1 June'],
  ['2024', null, ''],
  ['2024-08', null, 'August'],
  ['2024-08-30T04:24:00', null, '30 August, 04:24'],
  ['2024-08-30', '2024-09-02', '30 August – 2 September'],
  ['2019', '2024-09', '– September 2024'],
])('%s until %s reads %s', (date, end, written) => expect(whenInYear(event(date, end))).toBe(written))
