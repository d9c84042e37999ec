// The text of a mandate as it is signed, for showing before the server writes it; and what a draft still lacks.
import type { MandateDraft, MandateView } from '../api/trust'
import { ALL_CLASSES } from './classes'

/** A moment as the text states it: whole seconds of universal time. Empty where it is none. */
export function wholeSeconds(when: string): string {
  const at = Date.parse(when)
  return Number.isNaN(at) ? '' : `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** Special categories in the order in which texts name them. */
export function inOrder(classes: readonly string[]): string[] {
  return ALL_CLASSES.filter((one) => classes.includes(one))
}

export function mandateText(draft: MandateDraft, version: number, charter: string): string {
  const lines: [string, string][] = [
    ['id', draft.id],
    ['version', String(version)],
    ['purpose', draft.purpose],
    ['group', draft.group],
    ['classes', inOrder(draft.classes).join(', ') || 'none'],
    ['highest', draft.highest],
    ['not-before', wholeSeconds(draft.not_before)],
    ['not-after', wholeSeconds(draft.not_after)],
    ['charter', charter],
    ['grounds', draft.grounds],
  ]
  return `candour-mandate/v1\n${lines.map(([key, value]) => `${key}: ${value}\n`).join('')}`
}

/** The version that a draft of this name gets. */
export function nextVersion(mandates: readonly Pick<MandateView, 'id' | 'version'>[], id: string): number {
  return Math.max(0, ...mandates.filter((one) => one.id === id).map((one) => one.version)) + 1
}

export type DraftLacking = 'id' | 'purpose' | 'group' | 'not_before' | 'not_after' | 'grounds'

/** The first thing that is wrong with a draft. The charter's own rules are the server's to say. */
export function draftLacking(draft: MandateDraft): DraftLacking | null {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(draft.id)) return 'id'
  if (draft.purpose === '') return 'purpose'
  if (draft.group === '') return 'group'
  if (wholeSeconds(draft.not_before) === '') return 'not_before'
  if (!(Date.parse(draft.not_after) > Date.parse(draft.not_before))) return 'not_after'
  if (draft.grounds.trim() === '' || draft.grounds !== draft.grounds.trim() || /\p{Cc}/u.test(draft.grounds)) return 'grounds'
  return null
}

const inNames = (a: MandateView, b: MandateView) => a.id.localeCompare(b.id, 'en-GB', { numeric: true }) || b.version - a.version

/** What the register lists: the newest version of each mandate, and older ones as long as nothing has taken their place. */
export function listed(mandates: readonly MandateView[]): MandateView[] {
  const newest = (one: MandateView) => mandates.every((other) => other.id !== one.id || other.version <= one.version)
  return mandates.filter((one) => newest(one) || one.standing === 'in-force' || one.standing === 'not-yet').sort(inNames)
}

/** All versions of one mandate, the newest first. */
export function versionsOf(mandates: readonly MandateView[], id: string): MandateView[] {
  return mandates.filter((one) => one.id === id).sort(inNames)
}
