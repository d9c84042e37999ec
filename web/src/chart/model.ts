// What a chart holds: things and links gathered from answers, and the lines to draw. Pure.
import type { ChartEdge, ChartNode } from '../api/types'
import { KINDS, kindOf, type Kind } from '../parts/kind'

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

export function linksOf(whole: Web, id: string): ChartEdge[] {
  return [...whole.edges.values()].filter((edge) => edge.source === id || edge.target === id)
}
