// Why somebody looks: what a purpose needs, and how the stated ones are kept in the browser, one for each case. Pure.
import type { StatedPurpose } from '../api/client'
import type { Me, PurposeRule } from '../api/types'

/** As many cases are kept as there are digits to choose them by. */
export const KEPT = 9

export type Lacking = 'purpose' | 'case' | 'reason' | 'mandate'
export type MandateInForce = NonNullable<Me['mandates']>[number]

/**
 * What is lacking. `offered` says how many mandates could be stated: where a purpose needs one and there is none, it can be
 * stated all the same, for emergency access is asked for under it.
 */
export function lacking(rule: PurposeRule | undefined, stated: StatedPurpose, offered: number): Lacking | null {
  if (!rule) return 'purpose'
  if (rule.needs_case && stated.case.trim() === '') return 'case'
  if (rule.needs_reason && stated.reason.trim() === '') return 'reason'
  if (rule.needs_mandate && offered > 0 && stated.mandate === '') return 'mandate'
  return null
}

/** Whether a mandate can make a difference: the purpose needs one, or one may open special categories for it. */
export function takesMandate(rule: PurposeRule | undefined): boolean {
  return rule !== undefined && (rule.needs_mandate === true || (rule.data_classes ?? []).length > 0)
}

export function mandatesFor(rule: PurposeRule | undefined, mandates: readonly MandateInForce[]): MandateInForce[] {
  return rule && takesMandate(rule) ? mandates.filter((one) => one.purpose === rule.id) : []
}

/** A stated purpose as it holds now: a mandate that is no longer in force is left out. */
export function asOfNow(stated: StatedPurpose, rule: PurposeRule | undefined, mandates: readonly MandateInForce[]): StatedPurpose {
  const held = mandatesFor(rule, mandates).some((one) => one.id === stated.mandate)
  return held || stated.mandate === '' ? stated : { ...stated, mandate: '' }
}

/** The same case; without a case, the same purpose. */
export function sameCase(a: StatedPurpose, b: StatedPurpose): boolean {
  return a.case === b.case && (a.case !== '' || a.purpose === b.purpose)
}

/** Puts the newest first, one for each case with all that was stated for it, and forgets the oldest beyond `KEPT`. */
export function remember(kept: readonly StatedPurpose[], stated: StatedPurpose): StatedPurpose[] {
  return [stated, ...kept.filter((one) => !sameCase(one, stated))].slice(0, KEPT)
}

/** What was stated for a case before, its reference typed in whatever case of letters. */
export function recalled(kept: readonly StatedPurpose[], caseRef: string): StatedPurpose | undefined {
  const wanted = caseRef.trim().toLowerCase()
  return wanted === '' ? undefined : kept.find((one) => one.case.toLowerCase() === wanted)
}

/** The case worked on before the present one. */
export function before(kept: readonly StatedPurpose[], now: StatedPurpose | null): StatedPurpose | undefined {
  return now === null ? kept[0] : kept.find((one) => !sameCase(one, now))
}

/** Reads what was kept; anything that is not ours is dropped. What was kept before there were mandates has none. */
export function readKept(written: string | null): StatedPurpose[] {
  if (!written) return []
  try {
    const value: unknown = JSON.parse(written)
    return Array.isArray(value) ? value.flatMap(readOne) : []
  } catch {
    return []
  }
}

function readOne(value: unknown): StatedPurpose[] {
  if (typeof value !== 'object' || value === null) return []
  const { purpose, case: caseRef, reason, mandate = '' } = value as Record<string, unknown>
  if (typeof purpose !== 'string' || typeof caseRef !== 'string' || typeof reason !== 'string' || typeof mandate !== 'string') return []
  return [{ purpose, case: caseRef, reason, mandate }]
}
