// Events of a timeline, gathered by year for reading.
import type { TimelineEvent } from '../api/types'
import { dateAndTime } from './format'

export interface Year {
  year: string
  events: TimelineEvent[]
}

/** Years in the order in which the events come, which is the earliest first. */
export function byYear(events: readonly TimelineEvent[]): Year[] {
  const years: Year[] = []
  for (const event of events) {
    const year = /^\d{4}/.exec(event.date)?.[0] ?? ''
    const last = years.at(-1)
    if (last?.year === year) last.events.push(event)
    else years.push({ year, events: [event] })
  }
  return years
}

/** When: without the year, which stands above; `2019` alone is left empty. A span that ends in another year names it. */
export function whenInYear(event: TimelineEvent): string {
  const year = event.date.slice(0, 4)
  const without = (date: string) => dateAndTime(date).replace(new RegExp(`(^| )${year}(?=,|$)`), '').trim()
  const start = without(event.date)
  if (!event.end) return start
  const end = event.end.startsWith(year) ? without(event.end) : dateAndTime(event.end)
  return `${start} – ${end}`.trim()
}
