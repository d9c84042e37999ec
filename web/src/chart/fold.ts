// Things alike are drawn as one: sixty calls between the same two telephones are one disc that says so. Pure.
import type { ChartEdge, ChartNode } from '../api/types'
import { edgeKey, kindOfNode, type Web } from './model'

/** What a folded web shows, and which things each folded disc stands for. */
export interface Folded {
  web: Web
  bundles: ReadonlyMap<string, ChartNode[]>
}

/** From how many on things are folded. Events and documents come in heaps; people and places are worth their names longer. */
const FEW = 4
const MANY = 12
const HEAPS: ReadonlySet<string> = new Set(['event', 'document', 'link'])

/**
 * Folds things of one schema that are linked with the very same others. `unfolded` holds bundles that were opened by hand, `always`
 * what stays as it is; `name` words a bundle.
 */
export function fold(
  whole: Web,
  unfolded: ReadonlySet<string>,
  always: ReadonlySet<string>,
  name: (schema: string, count: number) => string,
): Folded {
  const groups = new Map<string, ChartNode[]>()
  const beside = neighbours(whole)
  for (const node of whole.nodes.values()) {
    const others = beside.get(node.id)
    if (!others || always.has(node.id) || node.value) continue
    const key = `alike ${node.schema} ${[...others].sort().join(' ')}`
    const group = groups.get(key)
    if (group) group.push(node)
    else groups.set(key, [node])
  }
  const bundles = new Map<string, ChartNode[]>()
  const home = new Map<string, string>()
  for (const [key, members] of groups) {
    const first = members[0]
    if (!first || unfolded.has(key) || members.length < (HEAPS.has(kindOfNode(first)) ? FEW : MANY)) continue
    bundles.set(key, members)
    for (const member of members) home.set(member.id, key)
  }
  if (bundles.size === 0) return { web: whole, bundles }

  const nodes = new Map([...whole.nodes].filter(([id]) => !home.has(id)))
  for (const [id, members] of bundles) {
    const [first] = members
    if (first) nodes.set(id, { ...first, id, caption: name(first.schema, members.length), degree: members.length, hop: Math.min(...members.map((one) => one.hop ?? 0)) })
  }
  const edges = new Map<string, ChartEdge>()
  for (const edge of whole.edges.values()) {
    const moved = { ...edge, source: home.get(edge.source) ?? edge.source, target: home.get(edge.target) ?? edge.target }
    edges.set(edgeKey(moved), moved)
  }
  return { web: { nodes, edges }, bundles }
}

function neighbours(whole: Web): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const add = (id: string, other: string) => {
    const known = found.get(id)
    if (known) known.add(other)
    else found.set(id, new Set([other]))
  }
  for (const { source, target } of whole.edges.values()) {
    if (source === target) continue
    add(source, target)
    add(target, source)
  }
  return found
}
