// The mock's retention: a few things that are due, decided on and erased in memory only.
import { receipt, Refusal } from './authority.mjs'

const DAY = 86_400_000
const rfc = (at) => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
const now = Date.now()
const thing = (id, caption, schema, group, held, due) => ({ id, caption, schema, group, group_label: ['', 'public protection matters', 'other sexual, violent or serious offences', 'all other offences', 'undetected crime'][group], held_since: rfc(now - held * DAY), due: rfc(now - due * DAY), merged_with: [], restricted_since: null, has_returned: false, decided: null })
const due = [thing('person-1', 'Ann Marlow', 'Person', 3, 6 * 365 + 40, 40), thing('person-2', 'Bob Harcourt', 'Person', 2, 10 * 365 + 3, 3), thing('car-1', 'ZX99 ABC', 'Vehicle', 3, 6 * 365 + 1, 0), thing('car-2', 'ZX99 DEF', 'Vehicle', 3, 200, -1990)]
due[0].merged_with = ['person-7']
due[1].decided = { decision: 'erase', rationale: 'No link with any offence was found in ten years.', by: 'reviewer', at: rfc(now - DAY) }
const handed = { 'person-1': [{ recipient: 'Crown Prosecution Service, J. Marlow', at: rfc(now - 200 * DAY), actor: 'supervisor', what: 'csv' }] }

export function list(who, stated, query) {
  const [limit, offset] = [Number(query.get('limit') ?? 25), Number(query.get('offset') ?? 0)]
  return { due: due.slice(offset, offset + limit), total: due.length, overdue: due.filter((one) => Date.parse(one.due) <= Date.now()).length, receipt: receipt(who, 'review_list', stated, '', due.map((one) => one.id)) }
}

export function decide(who, stated, id, { decision, rationale, next, whole }) {
  if (!rationale) throw new Refusal(400, 'Not understood', 'a decision needs its rationale')
  const decided = { decision, rationale, by: who.person.id, at: rfc(Date.now()), next: next ?? null }
  const one = due.find((known) => known.id === id)
  if (one) one.decided = decided
  return { id, records: [id, ...(whole ? (one?.merged_with ?? []) : [])], decided, receipt: receipt(who, 'review_decide', stated, `${id} ${decision}`) }
}

export function erase(who, stated, id) {
  const at = due.findIndex((known) => known.id === id)
  const decided = due[at]?.decided
  if (decided?.decision !== 'erase') throw new Refusal(409, 'Nothing decided', `nobody has decided to erase \`${id}\``)
  if (decided.by === who.person.id) throw new Refusal(403, 'Refused', `you decided to erase \`${id}\`; somebody else has to carry it out`)
  due.splice(at, 1)
  return { tombstone: 'erased-1', others: [], stay: [], statements: 14, links: 3, sources: 2, entries: 5, rejects: 0, notify: handed[id] ?? [], receipt: receipt(who, 'erase', stated, 'erased-1') }
}

export function restrict(who, stated, id, { rationale, lift }) {
  if (!rationale) throw new Refusal(400, 'Not understood', 'a restriction needs its rationale, and so does lifting it; say why in a few words')
  const one = due.find((known) => known.id === id)
  if (one) one.restricted_since = lift ? null : rfc(Date.now())
  return { id, restricted: !lift, statements: 14, merged_with: one?.merged_with ?? [], receipt: receipt(who, 'restrict', stated, id) }
}
export const disclosures = (who, stated, id) => ({ disclosures: handed[id] ?? [], receipt: receipt(who, 'disclosures', stated, id) })
