// Counts, gathered and shared out, for bars and the tables behind them.

export interface Row {
  label: string
  count: number
}

/** Sums of a list by a name, the greatest first. */
export function summed<T>(list: readonly T[], name: (one: T) => string, amount: (one: T) => number): Row[] {
  const sums = new Map<string, number>()
  for (const one of list) sums.set(name(one), (sums.get(name(one)) ?? 0) + amount(one))
  return [...sums].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, 'en-GB'))
}

const DAY = 86_400_000

/** The last `days` days up to the newest on which anything was counted, days with nothing among them. */
export function perDay(list: readonly { day: string; count: number }[], days: number): Row[] {
  const sums = new Map<string, number>()
  for (const { day, count } of list) sums.set(day, (sums.get(day) ?? 0) + count)
  const last = Math.max(...[...sums.keys()].map((day) => Date.parse(day)))
  if (!Number.isFinite(last)) return []
  const first = Math.max(Math.min(...[...sums.keys()].map((day) => Date.parse(day))), last - (days - 1) * DAY)
  const rows: Row[] = []
  for (let at = first; at <= last; at += DAY) {
    const label = new Date(at).toISOString().slice(0, 10)
    rows.push({ label, count: sums.get(label) ?? 0 })
  }
  return rows
}

/** `1` of `3` as `33.3 %`. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${((part / whole) * 100).toFixed(1)} %`
}

/** Every how many columns a label is written, so that about six are. */
export function steps(columns: number): number {
  return Math.max(1, Math.ceil(columns / 6))
}
