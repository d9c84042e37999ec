// Why somebody looks: what a purpose needs, and how the stated ones are kept in the browser. Pure.
import type { StatedPurpose } from '../api/client'
import type { PurposeRule } from '../api/types'

export const KEPT = 8

export function lacking(rule: PurposeRule | undefined, stated: StatedPurpose): 'purpose' | 'case' | 'reason' | null {
  if (!rule) return 'purpose'
  if (rule.needs_case && stated.case.trim() === '') return 'case'
  if (rule.needs_reason && stated.reason.trim() === '') return 'reason'
  return null
}

export function samePurpose(a: StatedPurpose, b: StatedPurpose): boolean {
  return a.purpose === b.purpose && a.case === b.case
}

/** Puts the newest first, one for each purpose and case, and forgets the oldest beyond `KEPT`. */
export function remember(kept: readonly StatedPurpose[], stated: StatedPurpose): StatedPurpose[] {
  return [stated, ...kept.filter((one) => !samePurpose(one, stated))].slice(0, KEPT)
}

function isStated(value: unknown): value is StatedPurpose {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Record<string, unknown>
  return ['purpose', 'case', 'reason'].every((name) => typeof record[name] === 'string')
}

/** Reads what was kept; anything that is not ours is dropped. */
export function readKept(written: string | null): StatedPurpose[] {
  if (!written) return []
  try {
    const value: unknown = JSON.parse(written)
    return Array.isArray(value) ? value.filter(isStated) : []
  } catch {
    return []
  }
}
