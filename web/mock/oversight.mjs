// The mock's overseer's desk: invented usage, a real drawing of samples with real receipts.
import { createHash } from 'node:crypto'
import { receipt, Refusal } from './authority.mjs'
import { EARLIER, receipt as receiptOf, rootOf, status, withheld } from './ledger.mjs'

const rfc = (at) => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
const spanOf = (query) => ({ ...(query.get('since') ? { since: query.get('since') } : {}), until: rfc(Date.now()), zone: query.get('zone') ?? 'UTC' })
const counted = (key, accesses, unexplained = Math.round(accesses / 12), alerts = Math.round(accesses / 90)) => ({
  key, accesses, refused: Math.round(accesses / 30), unexplained, alerts, alerts_per_thousand: accesses ? (alerts * 1000) / accesses : 0,
})

export function state(who, stated, query) {
  const log = status()
  return {
    ...spanOf(query),
    state: {
      ...log, cosigned: { size: log.size - 1, time: rfc(Date.now() - 40_000), witnesses: ['witness.invalid/one', 'witness.invalid/two'] }, cosigned_seconds_ago: 40,
      witnesses: [{ name: 'witness.invalid/one', size: log.size - 1, asked_at: rfc(Date.now() - 40_000) }, { name: 'witness.invalid/two', size: log.size - 1, asked_at: rfc(Date.now() - 45_000) }, { name: 'witness.invalid/three', size: 12, asked_at: rfc(Date.now() - 42_000), problem: 'it does not answer' }],
      heartbeats: { beats: 10_070, compared: 10_069, last: rfc(Date.now() - 20_000), uncounted: 0, mismatch_count: 0, mismatches: [], silence_count: 1, silences: [{ after: 23, from: rfc(Date.now() - 9e7), until: rfc(Date.now() - 8.98e7), seconds: 200, entries: 0 }] },
    },
    receipt: receipt(who, 'oversee', stated, 'state'),
  }
}

export function usage(who, stated, query) {
  const purposes = [counted('investigation', 2410), counted('protection', 380), counted('', 12, 12, 3)]
  const total = counted('', 2802, 214, 31)
  return {
    ...spanOf(query),
    usage: {
      total, empty: 240, failed: 9, alert_score: 50, by_purpose: purposes, by_role: [counted('analyst', 2300), counted('reviewer', 402), counted('supervisor', 100)],
      by_person: [counted('a.marsh', 900), counted('b.okoro', 700), counted('c.lindqvist', 700), counted('d.price', 502)], by_unit: [counted('', 2802)],
      by_action: [counted('search', 1500), counted('open_entity', 900), counted('neighbours', 300), counted('export', 12, 2, 1)],
      by_hour: Array.from({ length: 24 }, (_, hour) => counted(String(hour).padStart(2, '0'), hour < 6 ? 4 : Math.round(90 + 120 * Math.sin(((hour - 4) / 20) * Math.PI)))),
    },
    receipt: receipt(who, 'oversee', stated, 'usage'),
  }
}

const WEIGHTS = [['no-ground', 30, 'no case, tasking or mandate links the person with the record'], ['own-record', 50, 'the record, or the name looked for, is like the person’s own'], ['family', 40, 'a family link joins the record with one that bears the person’s name'], ['odd-hours', 10, 'at night, when the person has no explained work']].map(([name, weight, words]) => ({ name, weight, words }))
const RANKED = Array.from({ length: 34 }, (_, at) => {
  const reasons = WEIGHTS.filter((_, place) => place === 0 || (at + place) % (place + 2) === 0)
  const score = reasons.reduce((sum, one) => sum + one.weight, 0)
  return { entry: 12 + at, time: rfc(Date.now() - at * 5_000_000), person: ['a.marsh', 'd.price', 'b.okoro'][at % 3], action: ['open_entity', 'search'][at % 2], purpose: 'investigation', case: at % 4 ? `CASE-${at}` : '', reason: 'Enquiry', mandate: '', score, alert: score >= 50, reasons, records: at % 2 ? [] : [`person-${at}`] }
}).sort((a, b) => b.score - a.score)

export function unexplained(who, stated, query) {
  const [limit, offset] = [Number(query.get('limit') ?? 20), Number(query.get('offset') ?? 0)]
  const alerts = RANKED.filter((one) => one.alert).length
  return {
    ...spanOf(query),
    unexplained: { total: RANKED.length - 2, explained_but_related: 2, of_accesses: 2802, alerts, alert_score: 50, alerts_per_thousand: (alerts * 1000) / 2802, weights: WEIGHTS, accesses: RANKED.slice(offset, offset + limit) },
    receipt: receipt(who, 'oversee', stated, `unexplained ${limit} from ${offset}`),
  }
}

function draw(stratum, seed, root, first, span, wanted) {
  const drawn = new Set()
  const least = 2n ** 64n - (span > 0 ? 2n ** 64n % BigInt(span) : 0n)
  for (let number = 0; drawn.size < Math.min(wanted, span); number++) {
    const x = createHash('sha256').update(`candour-sample/v1\n${stratum}\n${seed}\n${root}\n${first} ${span}\n${number}\n`).digest().readBigUInt64BE()
    if (x < least) drawn.add(first + Number(x % BigInt(span)))
  }
  return [...drawn]
}

export function sample(who, stated, { seed, count, unexplained: more, fields, checkpoint }) {
  if (!seed) throw new Refusal(400, 'Not understood', 'a sample needs a seed that you think up: one line of up to 200 bytes')
  const size = Number(checkpoint ? checkpoint.split('\n')[1] : status().size)
  const root = rootOf(size)
  // The mock's first entries have no content to prove.
  const first = EARLIER
  const span = Math.max(0, size - first)
  const entries = draw('all', seed, root, first, span, count).map((index) => ({ stratum: 'all', receipt: withheld(receiptOf(index), ['time', ...fields]) }))
  return { seed, size, root, brought: Boolean(checkpoint), first, span, unexplained: more ? RANKED.length - 2 : 0, fields, entries, receipt: receipt(who, 'oversee', stated, `sample ${count}`) }
}
