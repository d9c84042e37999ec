// The mock's match review: a few pairs that wait, judged in memory only.
import { receipt, Refusal } from './authority.mjs'

const record = (id, caption) => ({ id, schema: 'Person', caption })
const waiting = [
  { a: record('person-1', 'Ann Marlow'), b: record('person-7', 'Anne Marlowe'), probability: 0.53, why: 'likely, but below the threshold: name close +7.1; date the same day +12.0', by: 'resolve/2', by_person: false, records: 2 },
  { a: record('person-2', 'Bob Harcourt'), b: record('person-3', 'Robert Harcourt'), probability: 0.98, why: 'above the threshold, but on one sign alone: name nickname +12.2', by: 'resolve/2', by_person: false, records: 3 },
  { a: record('person-4', 'Cara Quill'), b: record('person-5', 'Kara Quill'), probability: 0.71, why: 'likely, but below the threshold: name close +9.0', by: 'reviewer', by_person: true, records: 2 },
]

export function queue(who, stated, query) {
  const [limit, offset] = [Number(query.get('limit') ?? 50), Number(query.get('offset') ?? 0)]
  return { total: waiting.length, pairs: waiting.slice(offset, offset + limit), receipt: receipt(who, 'explain', stated, 'queue') }
}

export function explain(who, stated, query) {
  const [a, b] = [query.get('a'), query.get('b')]
  const features = [
    { name: 'name', left: 'Ann Marlow', right: 'Anne Marlowe', level: 'forename close, surname close', weight: 7.1 },
    { name: 'date', left: '1980-02-03', right: '', level: 'not known', weight: 0 },
    { name: 'location', left: '2 Quay Street', right: '9 Mill Lane', level: 'different', weight: -1.3 },
  ]
  const weight = -9 + 7.1 - 1.3
  return { probability: 1 / (1 + 2 ** -weight), weight, prior: -9, features, would_change: ['if name were: the same (not: close), the probability would be 0.97, not 0.11'], path: [], receipt: receipt(who, 'explain', stated, `${a} ${b}`) }
}

export function judge(who, stated, { a, b, verdict, why }) {
  if (!why) throw new Refusal(400, 'Not understood', 'a judgement needs a reason; say why in a few words')
  const at = waiting.findIndex((one) => one.a.id === a && one.b.id === b)
  if (at >= 0) waiting.splice(at, 1)
  return { a, b, verdict, receipt: receipt(who, 'judge', stated, `${a} ${b} ${verdict}`) }
}
