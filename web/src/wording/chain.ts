// A path as a readable chain: "Ann Lee —lives at→ 12 Mill Lane ←lives at— Bob Ray".
import type { ChartEdge, ChartNode } from '../api/types'

export type Direction = 'forward' | 'backward' | 'none'

export interface Step {
  node: ChartNode
  /** How the node before leads here; `null` for the first. */
  by: { edge: ChartEdge; direction: Direction } | null
}

function placeholder(id: string): ChartNode {
  return { id, schema: '', caption: id }
}

/** `path` is node id, edge id, node id, ...; a name that the answer does not explain stands for itself. */
export function steps(path: readonly string[], nodes: ReadonlyMap<string, ChartNode>, edges: readonly ChartEdge[]): Step[] {
  const chain: Step[] = []
  for (let at = 0; at < path.length; at += 2) {
    const id = path[at] ?? ''
    const node = nodes.get(id) ?? placeholder(id)
    const edgeId = at === 0 ? undefined : path[at - 1]
    if (edgeId === undefined) {
      chain.push({ node, by: null })
      continue
    }
    const before = path[at - 2] ?? ''
    // One record of a link may join several pairs: its id and both ends name the step.
    const joins = (one: ChartEdge) => one.id === edgeId && ((one.source === before && one.target === id) || (one.target === before && one.source === id))
    const edge = edges.find(joins) ?? { id: edgeId, schema: '', label: edgeId, source: before, target: id, directed: false }
    const direction = !edge.directed ? 'none' : edge.target === id ? 'forward' : 'backward'
    chain.push({ node, by: { edge, direction } })
  }
  return chain
}

export function arrow(label: string, direction: Direction): string {
  if (direction === 'forward') return `—${label}→`
  if (direction === 'backward') return `←${label}—`
  return `—${label}—`
}

export function chainText(chain: readonly Step[]): string {
  return chain.map((step) => (step.by ? `${arrow(step.by.edge.label, step.by.direction)} ${step.node.caption}` : step.node.caption)).join(' ')
}
