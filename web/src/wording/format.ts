// Numbers, times, hashes and markings as people read them. British English; times in the reader's own zone, with the zone named.

const LOCALE = 'en-GB'
const numbers = new Intl.NumberFormat(LOCALE)

export function count(n: number): string {
  return numbers.format(n)
}

/** "1 record", "2 records". */
export function counted(n: number, one: string, many: string): string {
  return `${count(n)} ${n === 1 ? one : many}`
}

/** An instant given as milliseconds or RFC 3339; a text that is no instant comes back as it is. */
export function instant(value: number | string, timeZone?: string): string {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return String(value)
  return new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(date)
}

/** A date or its prefix (`2019`, `2019-03`, `2019-03-04`), spelt out. */
export function partialDate(value: string): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value)
  if (!match) return value
  const [, year = '', month, day] = match
  if (month === undefined) return year
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? '1')))
  // A month or day that no calendar has rolls over: such a value stands as it came.
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day ?? '1')) return value
  return new Intl.DateTimeFormat(LOCALE, {
    year: 'numeric',
    month: 'long',
    ...(day === undefined ? {} : { day: 'numeric' }),
    timeZone: 'UTC',
  }).format(date)
}

/** A date or instant as records give it: `2019-03`, `2024-08-30T04:24:00`. Times of day are the source's own and stand as they are. */
export function dateAndTime(value: string): string {
  const [date = '', time] = value.split('T')
  const clock = /^(\d{2}:\d{2})(?::00)?$/.exec(time ?? '')?.[1] ?? time
  return clock && clock !== '00:00' ? `${partialDate(date)}, ${clock}` : partialDate(date)
}

/** A text in which dates stand as records give them, with the dates spelt out. */
export function withDates(text: string): string {
  return text.replaceAll(/(?<![\w/-])\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)?(?![\w-])/g, dateAndTime)
}

const countries = new Intl.DisplayNames(LOCALE, { type: 'region', fallback: 'none' })

/** A value as people read it, by its type in the ontology; anything unknown stands as it is. */
export function shownValue(value: string, type: string): string {
  if (type === 'date') return dateAndTime(value)
  if (type === 'country' && /^[a-z]{2}$/i.test(value)) return countries.of(value.toUpperCase()) ?? value
  return value
}

/** The first and last characters of a long hash or key. */
export function short(hash: string, keep = 8): string {
  return hash.length <= keep * 2 + 1 ? hash : `${hash.slice(0, keep)}…${hash.slice(-keep)}`
}

/** `official-sensitive` as it is written on paper: OFFICIAL-SENSITIVE. */
export function markingWord(id: string): string {
  return id.toUpperCase().replaceAll('_', '-')
}

/** "Ann de Lee" as "AL". */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : ''].map((part) => part?.charAt(0) ?? '')
  return letters.join('').toUpperCase()
}

const PROTECTION = ['open', 'official', 'official-sensitive', 'secret', 'top-secret']

/** Distinct markings, the least protected first; those that are not known by name come last, in order of their names. */
export function markingsInOrder(ids: readonly string[]): string[] {
  const rank = (id: string) => (PROTECTION.includes(id) ? PROTECTION.indexOf(id) : PROTECTION.length)
  return [...new Set(ids)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en-GB'))
}

/** `data-protection-officer` as words. */
export function words(id: string): string {
  const spaced = id.replaceAll(/[-_]+/g, ' ').trim()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

export interface PageRange {
  first: number
  last: number
  page: number
  pages: number
}

/** Which of `total` rows page `page` (from 1) shows; a page beyond the end is the last one. */
export function pageRange(total: number, size: number, page: number): PageRange {
  const pages = Math.max(1, Math.ceil(total / size))
  const at = Math.min(Math.max(1, Math.trunc(page) || 1), pages)
  return { first: total === 0 ? 0 : (at - 1) * size + 1, last: Math.min(at * size, total), page: at, pages }
}
