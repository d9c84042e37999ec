// The mock's answers, shaped as the HTTP interface says. Small and slow-witted: it stands in for the server while pages are made.
import { append, receipt as receiptOf } from './ledger.mjs'
import { DATASETS, makeWorld, SCHEMATA } from './world.mjs'

const world = makeWorld()
const schemata = new Map(SCHEMATA.map((schema) => [schema.name, schema]))

function receipt(actor, action, headers, query, results) {
  const time = Date.now()
  return append(time, {
    time: new Date(time).toISOString(), actor, action, purpose: headers.purpose, case: headers.case, reason: headers.reason, mandate: headers.mandate ?? '', charter: '',
    policies: `analyst-may-${action}`, query, outcome: 'released', results: results.join(' '), previous_epoch: '1',
  })
}

export const ontology = () => ({ schemata: SCHEMATA })

const words = (q) => q.toLowerCase().replaceAll('"', '').split(/\s+/).filter((word) => word && word !== '*')
const valuesOf = (entity) => entity.statements.map((s) => s.value).join(' ').toLowerCase()

function matches(entity, q) {
  const text = valuesOf(entity)
  return words(q).every((word) => (word.endsWith('*') ? text.split(/[^\p{L}\p{N}]+/u).some((w) => w.startsWith(word.slice(0, -1))) : text.includes(word)))
}
const datasetsOf = (entity) => [...new Set(entity.statements.map((s) => s.dataset))].sort()

function counts(list, of, label) {
  const found = new Map()
  for (const one of list) for (const value of of(one)) found.set(value, (found.get(value) ?? 0) + 1)
  return [...found].map(([value, count]) => ({ value, label: label(value), count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}

export function search(actor, headers, query) {
  const q = query.get('q') ?? ''
  const schemas = query.getAll('schema')
  const datasets = query.getAll('dataset')
  const found = [...world.entities.values()].filter((entity) => matches(entity, q))
  const inSchema = (entity) => schemas.length === 0 || schemas.includes(entity.schema)
  const inDataset = (entity) => datasets.length === 0 || datasetsOf(entity).some((dataset) => datasets.includes(dataset))
  const kept = found.filter((entity) => inSchema(entity) && inDataset(entity))
  const offset = Number(query.get('offset') ?? 0)
  const hits = kept.slice(offset, offset + Number(query.get('limit') ?? 25)).map((entity, at) => ({
    id: entity.id, schema: entity.schema, label: schemata.get(entity.schema)?.label ?? entity.schema, caption: entity.caption, score: 9 - at / 10, datasets: datasetsOf(entity),
    highlights: entity.statements.filter((s) => words(q).some((word) => s.value.toLowerCase().includes(word.replace('*', '')))).slice(0, 3).map((s) => ({ prop: s.prop, label: world.labels[s.prop]?.[0] ?? s.prop, text: s.value })),
  }))
  return {
    total: kept.length, hits,
    facets: { schema: counts(found.filter(inDataset), (e) => [e.schema], (v) => schemata.get(v)?.plural ?? v), dataset: counts(found.filter(inSchema), datasetsOf, (v) => DATASETS[v] ?? v) },
    receipt: receipt(actor, 'search', headers, `q=${q}`, hits.map((hit) => hit.id)),
  }
}

export function suggest(actor, headers, query) {
  const q = query.get('q') ?? ''
  const suggestions = [...world.entities.values()].filter((entity) => matches(entity, `${q}*`.replace('**', '*'))).slice(0, 8).map(({ id, schema, caption }) => ({ id, schema, caption }))
  return { suggestions, receipt: receipt(actor, 'search', headers, `suggest=${q}`, suggestions.map((s) => s.id)) }
}

const refOf = (id) => {
  const entity = world.entities.get(id)
  return entity ? { id, schema: entity.schema, caption: entity.caption } : { id, schema: id.split(':')[0], caption: id.slice(id.indexOf(':') + 1), value: true }
}
const exists = (id) => world.entities.has(id) || world.links.some((link) => link.target === id)

export function entity(actor, headers, id) {
  const found = world.entities.get(id)
  if (!found) return null
  const properties = []
  for (const prop of new Set(found.statements.map((s) => s.prop))) {
    const [label, type] = world.labels[prop] ?? [prop, 'string']
    const values = [...new Set(found.statements.filter((s) => s.prop === prop).map((s) => s.value))].map((value) => ({
      value, display: value === 'gb' ? 'United Kingdom' : value, statements: found.statements.flatMap((s, at) => (s.prop === prop && s.value === value ? [at] : [])),
    }))
    properties.push({ name: prop, label, type, values })
  }
  const links = world.links.filter((l) => l.source === id || l.target === id).map((l) => ({
    id: l.id, schema: l.schema, label: l.label, direction: !l.directed ? 'none' : l.source === id ? 'out' : 'in', detail: l.detail || null, other: refOf(l.source === id ? l.target : l.source),
  }))
  const schema = schemata.get(found.schema)
  return { id, schema: found.schema, label: schema.label, pole: schema.pole, caption: found.caption, members: found.members, properties, statements: found.statements, links, receipt: receipt(actor, 'open_entity', headers, `id=${id}`, [id]) }
}

const besides = (id) => world.links.filter((link) => link.source === id || link.target === id)
const across = (link, id) => (link.source === id ? link.target : link.source)

function nodeOf(id, hop) {
  const ref = refOf(id)
  return { ...ref, pole: schemata.get(ref.schema)?.pole ?? null, hop, degree: besides(id).length }
}
const edgeOf = ({ id, schema, label, source, target, directed }) => ({ id, schema, label, source, target, directed })

export function neighbours(actor, headers, id, depth) {
  if (!exists(id)) return null
  const hops = new Map([[id, 0]])
  for (const [at, hop] of hops) if (hop < depth) for (const link of besides(at)) if (!hops.has(across(link, at))) hops.set(across(link, at), hop + 1)
  const edges = world.links.filter((link) => hops.has(link.source) && hops.has(link.target)).map(edgeOf)
  return { nodes: [...hops].map(([node, hop]) => nodeOf(node, hop)), edges, receipt: receipt(actor, 'neighbours', headers, `id=${id} depth=${depth}`, [...hops.keys()]) }
}

export function path(actor, headers, query) {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  const max = Number(query.get('max') ?? 6)
  if (!exists(from) || !exists(to)) return null
  const hops = new Map([[from, 0]])
  for (const [at, hop] of hops) for (const link of besides(at)) if (!hops.has(across(link, at))) hops.set(across(link, at), hop + 1)
  const length = hops.get(to)
  let paths = []
  if (length !== undefined && length <= max) {
    const back = (at) => (at === from ? [[from]] : besides(at).flatMap((link) => (hops.get(across(link, at)) === hops.get(at) - 1 ? back(across(link, at)).map((way) => [...way, link.id, at]) : [])))
    paths = back(to)
    if (query.get('all') !== 'true') paths = paths.slice(0, 1)
  }
  const ids = new Set(paths.flatMap((way) => way.filter((_, at) => at % 2 === 0)))
  const edges = world.links.filter((link) => paths.some((way) => way.includes(link.id))).map(edgeOf)
  return { length: paths.length ? length : null, truncated: false, paths, nodes: [...ids].map((id) => nodeOf(id, hops.get(id))), edges, receipt: receipt(actor, 'path', headers, `from=${from} to=${to}`, [...ids]) }
}

export function timeline(actor, headers, ids) {
  if (ids.length === 0 || ids.some((id) => !world.entities.has(id))) return null
  const dates = (id) => world.entities.get(id).statements.filter((s) => world.labels[s.prop]?.[1] === 'date')
  const events = ids.flatMap((entity) => {
    const others = besides(entity).map((link) => across(link, entity)).filter((id) => schemata.get(refOf(id).schema)?.pole === 'event')
    return [entity, ...others].flatMap((id) => dates(id).map((s) => ({ date: s.value, end: null, entity, id, schema: refOf(id).schema, caption: refOf(id).caption, prop: s.prop })))
  })
  events.sort((a, b) => a.date.localeCompare(b.date))
  return { events, receipt: receipt(actor, 'timeline', headers, ids.join(' '), events.map((event) => event.id)) }
}

export function exported(actor, headers, { format, query, to }) {
  const found = [...world.entities.values()].filter((entity) => matches(entity, query ?? ''))
  const text = ['id,schema,caption', ...found.map((entity) => [entity.id, entity.schema, JSON.stringify(entity.caption)].join(','))].join('\n')
  return { text, index: receipt(actor, 'export', headers, `${format} to ${to} query ${query}`, [`${found.length} entities`]).index }
}

export function receiptAgain(index) {
  const again = receiptOf(index)
  return again && { receipt: again }
}
