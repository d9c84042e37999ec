// Emergency accesses: what is typed, and in which order they are listed.
import type { GlassView } from '../api/trust'

/** Compartments out of what was typed: separated by commas, semicolons or white space, each once. */
export function compartments(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).filter(Boolean))]
}

const FIRST: Record<string, number> = { open: 0, requested: 1, over: 2 }

/** What needs somebody first: open, then asked for, then with an open review, then the rest; the newest first in each. */
export function inOrderOfNeed(glasses: readonly GlassView[]): GlassView[] {
  const rank = (one: GlassView) => FIRST[one.state] ?? 3
  return [...glasses].sort((a, b) => rank(a) - rank(b) || Date.parse(b.requested_at) - Date.parse(a.requested_at))
}
