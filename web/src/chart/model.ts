// What a chart holds: things and links gathered from answers, and the lines to draw. Pure.
import type { ChartEdge, ChartNode } from '../api/types'
import { KINDS, kindOf, type Kind } from '../parts/kind'
import { text } from '../text'
import { withDates } from '../wording/format'

export interface Web {
  nodes: ReadonlyMap<string, ChartNode>
  edges: ReadonlyMap<string, ChartEdge>
}

export const EMPTY: Web = { nodes: new Map(), edges: new Map() }

export function web(nodes: readonly ChartNode[], edges: readonly ChartEdge[]): Web {
  return grow(EMPTY, nodes, edges)
}

/** Adds an answer. A thing that is known keeps its steps from the first centre; a link needs both its ends. */
export function grow(before: Web, nodes: readonly ChartNode[], edges: readonly ChartEdge[], hopFrom = 0): Web {
  const all = new Map(before.nodes)
  for (const node of nodes) {
    const known = all.get(node.id)
    if (known) all.set(node.id, { ...node, hop: known.hop ?? node.hop ?? null })
    else all.set(node.id, { ...node, hop: node.hop === null || node.hop === undefined ? null : node.hop + hopFrom })
  }
  const links = new Map(before.edges)
  for (const edge of edges) if (all.has(edge.source) && all.has(edge.target)) links.set(edgeKey(edge), edge)
  return { nodes: all, edges: links }
}

/** One record of a link may join several pairs in several ways, so its id alone does not name a line. */
export function edgeKey(edge: ChartEdge): string {
  return [edge.id, edge.source, edge.target, edge.schema, edge.label].join(' ')
}

export function kindOfNode(node: ChartNode): Kind {
  return kindOf(node.pole, node.value)
}

export interface KindCount {
  kind: Kind
  count: number
}

export function countKinds(whole: Web): KindCount[] {
  const counts = new Map<Kind, number>()
  for (const node of whole.nodes.values()) counts.set(kindOfNode(node), (counts.get(kindOfNode(node)) ?? 0) + 1)
  return KINDS.flatMap((kind) => (counts.has(kind) ? [{ kind, count: counts.get(kind) ?? 0 }] : []))
}

/** Leaves out kinds; what is in `always` stays. */
export function without(whole: Web, hidden: ReadonlySet<Kind>, always: ReadonlySet<string> = new Set()): Web {
  if (hidden.size === 0) return whole
  const nodes = new Map([...whole.nodes].filter(([id, node]) => always.has(id) || !hidden.has(kindOfNode(node))))
  const edges = new Map([...whole.edges].filter(([, edge]) => nodes.has(edge.source) && nodes.has(edge.target)))
  return { nodes, edges }
}

export interface Line {
  key: string
  source: string
  target: string
  labels: string[]
  /** An arrow is drawn only where every link between the two points the same way. */
  directed: boolean
  weight: number
}

/** Links between the same two things share one line, so that words do not lie on each other. */
export function lines(whole: Web): Line[] {
  const found = new Map<string, Line>()
  for (const edge of whole.edges.values()) {
    if (edge.source === edge.target) continue
    const turned = edge.source > edge.target
    const key = turned ? `${edge.target} ${edge.source}` : `${edge.source} ${edge.target}`
    const line = found.get(key)
    if (!line) {
      found.set(key, { key, source: edge.source, target: edge.target, labels: [edge.label], directed: edge.directed, weight: 1 })
      continue
    }
    line.weight += 1
    if (!line.labels.includes(edge.label)) line.labels.push(edge.label)
    if (!edge.directed || line.source !== edge.source) line.directed = false
  }
  return [...found.values()]
}

/** Something that a thing is linked with, and by what. */
export interface Beside {
  node: ChartNode
  /** Distinct words of the links, with their direction as seen from the thing. */
  words: string[]
  links: number
}

/** What a thing is linked with: each other thing once, kinds together, in order of name. */
export function besides(whole: Web, id: string): Beside[] {
  const found = new Map<string, { node: ChartNode; labels: Map<string, string[]>; links: number }>()
  for (const edge of whole.edges.values()) {
    if (edge.source !== id && edge.target !== id) continue
    const outward = edge.source === id
    const node = whole.nodes.get(outward ? edge.target : edge.source)
    if (!node || node.id === id) continue
    const known = found.get(node.id) ?? { node, labels: new Map<string, string[]>(), links: 0 }
    const way = !edge.directed ? '' : outward ? 'out' : 'in'
    known.labels.set(way, [...(known.labels.get(way) ?? []), edge.label])
    known.links += 1
    found.set(node.id, known)
  }
  const byText = new Intl.Collator('en-GB', { numeric: true }).compare
  const worded = (way: string, labels: string[]) => joinLabels(labels).map((words) => (way === 'out' ? `${words} →` : way === 'in' ? `← ${words}` : words))
  return [...found.values()]
    .map(({ node, labels, links }) => ({ node, links, words: [...labels].flatMap(([way, list]) => worded(way, list)) }))
    .sort((a, b) => KINDS.indexOf(kindOfNode(a.node)) - KINDS.indexOf(kindOfNode(b.node)) || byText(a.node.caption, b.node.caption) || byText(a.node.id, b.node.id))
}

const LISTED = 3

/** A few details in full; of many the first, and how many more. */
export function listed(details: readonly string[]): string {
  const sorted = [...details].sort()
  const shown = (sorted.length > LISTED + 1 ? sorted.slice(0, LISTED) : sorted).map(withDates)
  const rest = sorted.length - shown.length
  return shown.join(shown.some((one) => one.includes(',')) ? '; ' : ', ') + (rest > 0 ? text.andMore(rest) : '')
}

/** Labels with one verb become one: "is involved in (arrested)" and "is involved in (suspect)" are "is involved in (arrested, suspect)". */
export function joinLabels(labels: readonly string[]): string[] {
  const verbs = new Map<string, Set<string>>()
  for (const label of labels) {
    const { verb, detail } = parted(label)
    const details = verbs.get(verb) ?? new Set<string>()
    if (detail) details.add(detail)
    verbs.set(verb, details)
  }
  return [...verbs].map(([verb, details]) => (details.size > 0 ? `${verb} (${listed([...details])})` : verb))
}

/** The words on a line: all labels joined, without their details where that would be long. */
export function lineWords(labels: readonly string[], longest = 38): string {
  const full = joinLabels(labels).join(', ')
  if (full.length <= longest) return full
  const verbs = [...new Set(labels.map((label) => parted(label).verb))].join(', ')
  return verbs.length <= longest ? verbs : `${verbs.slice(0, longest - 1).trimEnd()}…`
}

function parted(label: string): { verb: string; detail: string } {
  const match = /^(.*\S) \((.*)\)$/.exec(label)
  return match ? { verb: match[1] ?? label, detail: match[2] ?? '' } : { verb: label, detail: '' }
}
