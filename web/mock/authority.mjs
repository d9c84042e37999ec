// The mock's mandates and emergency accesses: enough of their rules that the pages can be walked through. Signatures are real.
import { createHash, createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { append, receipt as receiptOf, status } from './ledger.mjs'

const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest()
const NEEDED = 2
const HOUR = 3_600_000
const DAY = 24 * HOUR
export const CHARTER_HASH = sha('mock charter').toString('hex')

function makeKey(name, seed) {
  const secret = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' })
  const keyBytes = Buffer.concat([Buffer.from([0x01]), createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)])
  const id = sha(`${name}\n`, keyBytes).subarray(0, 4)
  return { name, id, publicKey: createPublicKey(secret), privateText: `PRIVATE+KEY+${name}+${id.toString('hex')}+${Buffer.concat([Buffer.from([0x01]), seed]).toString('base64')}` }
}
/** Keys of the mock's authority; two of them have to sign. */
export const KEYS = ['authority.invalid/a', 'authority.invalid/b', 'authority.invalid/c'].map((name) => makeKey(name, sha(`mock ${name}`)))

const rfc = (at) => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
export class Refusal extends Error {
  constructor(status, title, detail) {
    super(detail)
    Object.assign(this, { status, title, detail })
  }
}
const wrong = (detail) => new Refusal(422, 'Not understood', detail)
const refused = (detail) => new Refusal(403, 'Refused', detail)

export function receipt(who, action, stated, query, results = []) {
  const time = Date.now()
  return append(time, {
    time: new Date(time).toISOString(), actor: who.person.id, action, purpose: stated.purpose, case: stated.case, reason: stated.reason, mandate: stated.mandate, charter: CHARTER_HASH,
    policies: `may-${action}`, query, outcome: 'released', results: results.join(' '), previous_epoch: '1',
  })
}

const textOf = (one) =>
  `candour-mandate/v1\nid: ${one.id}\nversion: ${one.version}\npurpose: ${one.purpose}\ngroup: ${one.group}\nclasses: ${one.classes.join(', ') || 'none'}\nhighest: ${one.highest}\nnot-before: ${one.not_before}\nnot-after: ${one.not_after}\ncharter: ${one.charter}\ngrounds: ${one.grounds}\n`

const mandates = []
function draft(by, one, at = Date.now()) {
  const version = 1 + Math.max(0, ...mandates.filter((known) => known.id === one.id).map((known) => known.version))
  const mandate = { ...one, version, charter: CHARTER_HASH, signers: [], drafted_by: by, drafted_at: rfc(at), revoked: null }
  mandates.push({ ...mandate, text: textOf(mandate) })
  return mandates.at(-1)
}

function standing(one) {
  if (one.revoked) return ['revoked', 'the mandate was revoked; ask whoever revoked it why, or for another one']
  const newest = Math.max(...mandates.filter((known) => known.id === one.id && (known === one || known.signers.length >= NEEDED)).map((known) => known.version))
  if (newest > one.version) return ['superseded', `version ${newest} has taken the place of this version of the mandate; state that one`]
  if (one.signers.length < NEEDED) return ['under-signed', `${one.signers.length} of the authority's keys have signed the mandate and it takes ${NEEDED}; ask for the missing signatures`]
  if (Date.now() < Date.parse(one.not_before)) return ['not-yet', `the mandate is not in force before ${one.not_before}; wait until then`]
  if (Date.now() >= Date.parse(one.not_after)) return ['expired', `the mandate ran out at ${one.not_after}; ask for a new version of it`]
  return ['in-force', 'the mandate is in force']
}
function mandateView(one) {
  const [word, words] = standing(one)
  const { revoked, ...rest } = one
  return { ...rest, standing: word, standing_words: words, needed: NEEDED, ...(revoked ? { revoked } : {}) }
}

const now = Date.now()
const example = (id, purpose, from, to, classes, signers) => Object.assign(draft('supervisor', { id, purpose, group: 'analyst', classes, highest: 'official-sensitive', not_before: rfc(now + from * DAY), not_after: rfc(now + to * DAY), grounds: 'Set up with the mock, for looking at.' }, now - 20 * DAY), { signers })
example('harbour-2026', 'protection', -10, 20, ['health'], ['authority.invalid/a', 'authority.invalid/b'])
example('winter-2025', 'protection', -300, -200, [], ['authority.invalid/a', 'authority.invalid/c'])
example('estuary', 'protection', -1, 29, ['ethnicity', 'health'], ['authority.invalid/b'])

export const mandateList = (who, stated) => ({ mandates: mandates.map(mandateView), receipt: receipt(who, 'mandate_list', stated, '', mandates.map((one) => one.id)) })

export function draftMandate(who, stated, body) {
  if (body.purpose !== 'protection') throw wrong(`the purpose \`${body.purpose}\` neither needs a mandate nor may name special categories; name one that does`)
  const { id, purpose, group, classes, highest, not_before, not_after, grounds } = body
  const one = draft(who.person.id, { id, purpose, group, classes, highest, not_before, not_after, grounds })
  return { mandate: mandateView(one), receipt: receipt(who, 'mandate_draft', stated, id) }
}

export function signMandate(who, stated, id, { note }) {
  const one = mandates.filter((known) => known.id === id).at(-1)
  if (!one) throw wrong(`there is no mandate \`${id}\``)
  const found = [...note.matchAll(/^— (\S+) (\S+)$/gm)].flatMap(([, name, encoded]) => {
    const bytes = Buffer.from(encoded, 'base64')
    return KEYS.filter((key) => key.name === name && key.id.equals(bytes.subarray(0, 4)) && verify(null, Buffer.from(one.text), key.publicKey, bytes.subarray(4))).map((key) => key.name)
  })
  if (found.length === 0) throw wrong('none of the signatures is one of the authority on this text')
  one.signers = [...new Set([...one.signers, ...found])]
  return { mandate: mandateView(one), receipt: receipt(who, 'mandate_sign', stated, id) }
}

export function revokeMandate(who, stated, id, { why }) {
  const all = mandates.filter((known) => known.id === id)
  for (const one of all) one.revoked = { by: who.person.id, at: rfc(Date.now()), why }
  return { mandate: mandateView(all.at(-1)), receipt: receipt(who, 'mandate_revoke', stated, id) }
}

export const mandatesOf = (who) => mandates.filter((one) => standing(one)[0] === 'in-force' && who.person.roles.some((role) => role === one.group || role === 'supervisor')).map(({ id, purpose, not_after }) => ({ id, purpose, not_after }))

const glasses = [
  { id: 'BG-1', requester: 'reviewer', purpose: 'protection', case: 'CALL-77', reason: 'A child is missing; the last car seen stands in the compartment.', opens: ['harbour'], requested_at: rfc(now - 5 * DAY), approver: 'supervisor', approved_at: rfc(now - 5 * DAY + HOUR / 6), ends_at: rfc(now - 5 * DAY + 1.2 * HOUR) },
]
function glassView(one) {
  const state = !one.approved_at ? 'requested' : Date.now() < Date.parse(one.ends_at) ? 'open' : one.finding ? 'reviewed' : 'over'
  return { ...one, state }
}
export const glassList = (who, stated) => ({ glasses: glasses.map(glassView).reverse(), receipt: receipt(who, 'break_glass_list', stated, '', glasses.map((one) => one.id)) })
export function requestGlass(who, stated, { opens, reason }) {
  const unknown = opens.find((one) => !['harbour', 'river'].includes(one))
  if (unknown) throw wrong(`the charter declares no compartment \`${unknown}\`; it declares harbour, river`)
  const one = { id: `BG-${glasses.length + 1}`, requester: who.person.id, purpose: stated.purpose, ...(stated.case ? { case: stated.case } : {}), reason, opens, requested_at: rfc(Date.now()) }
  glasses.push(one)
  return { glass: glassView(one), receipt: receipt(who, 'break_glass_request', stated, opens.join(' ')) }
}
export function approveGlass(who, stated, id) {
  const one = glasses.find((known) => known.id === id)
  if (!one) throw wrong(`there is no emergency access \`${id}\``)
  if (one.requester === who.person.id) throw refused(`\`${id}\` is your own request; ask a second person to approve it`)
  if (one.purpose !== stated.purpose) throw wrong(`\`${id}\` was requested for the purpose \`${one.purpose}\`; state that one`)
  Object.assign(one, { approver: who.person.id, approved_at: rfc(Date.now()), ends_at: rfc(Date.now() + HOUR) })
  return { glass: glassView(one), receipt: receipt(who, 'break_glass_approve', stated, id) }
}
export function reviewGlass(who, stated, id, { finding }) {
  const one = glasses.find((known) => known.id === id)
  if (!one?.approved_at) throw wrong(`there is no emergency access \`${id}\` to review`)
  Object.assign(one, { reviewer: who.person.id, reviewed_at: rfc(Date.now()), finding })
  return { glass: glassView(one), receipt: receipt(who, 'break_glass_review', stated, id) }
}
export function glassOf(who) {
  const open = glasses.map(glassView).find((one) => one.requester === who.person.id && one.state === 'open')
  return open ? { id: open.id, opens: open.opens, ends_at: open.ends_at } : undefined
}

const ACTIONS = [['search', 140], ['open_entity', 90], ['neighbours', 40], ['export', 2], ['mandate_list', 5]]
const counts = []
const beats = new Map()
let counted = 0
// One sign of life a day, so that the counts can be counted again. The entries that they count are invented.
for (let back = 24; back >= 0; back--) {
  const time = now - back * DAY
  const day = rfc(time).slice(0, 10)
  const told = ACTIONS.map(([action, many], at) => ({ day, action, purpose_class: ['investigation', 'protection', '-'][(back + at) % 3], count: Math.round(many * (0.4 + ((back * 7 + at * 3) % 11) / 11) * (back % 7 > 4 ? 0.3 : 1)) })).filter((one) => one.count > 0)
  counts.push(...told)
  const end = counted + told.reduce((sum, one) => sum + one.count, 0)
  beats.set(day, append(time, { time: new Date(time).toISOString(), actor: 'candour', action: 'heartbeat', purpose: '', case: '', reason: '', mandate: '', charter: CHARTER_HASH, policies: '', query: `${counted}..${end}`, outcome: 'alive', results: told.map((one) => `${one.action}/${one.purpose_class}=${one.count}`).join(' '), previous_epoch: '1' }).index)
  counted = end
}
export const heartbeats = (day) => ({ receipts: beats.has(day) ? [receiptOf(beats.get(day))] : [] })

export function register(organisation) {
  const approved = glasses.filter((one) => one.approved_at)
  const log = status()
  return {
    organisation, log: { ...log, cosigned: { size: log.size - 1, time: rfc(Date.now() - 40_000), witnesses: ['witness.invalid/one', 'witness.invalid/two'] } },
    charter: { version: 2, hash: CHARTER_HASH, expires: rfc(now + 200 * DAY), signers: ['authority.invalid/a', 'authority.invalid/b'], needed: NEEDED, versions: [{ version: '1', hash: sha('older charter').toString('hex'), adopted_at: rfc(now - 90 * DAY) }, { version: '2', hash: CHARTER_HASH, adopted_at: rfc(now - 30 * DAY) }] },
    mandates: mandates.map((one) => {
      const { id, version, purpose, group, classes, highest, not_before, not_after, standing: word, charter } = mandateView(one)
      return { id, version, purpose, group, classes, highest, not_before, not_after, standing: word, charter }
    }),
    break_glass: { total: approved.length, open_reviews: approved.filter((one) => !one.finding).length, last_30_days: approved.length },
    counts, heartbeat: { last: rfc(Date.now() - 20_000), silent_minutes_7_days: 3 },
    how_to_verify: ['# compare the key with the one published elsewhere', `candour verify https://THIS-SITE/log --key '${log.log_key}'`],
  }
}
