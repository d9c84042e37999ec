// Where things stand before and without the force layout. Pure and repeatable: the same web is drawn the same way.
import type { Line, Web } from './model'

export interface Point {
  x: number
  y: number
}

/** A number in 0..1 that depends on the text alone (FNV-1a). */
export function fraction(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0) / 2 ** 32
}

/** Keeps what stands; a new thing starts near the first neighbour that stands, else on a ring by its steps from the centre. */
export function seed(whole: Web, drawn: readonly Line[], standing: ReadonlyMap<string, Point>): Map<string, Point> {
  const points = new Map<string, Point>()
  for (const id of whole.nodes.keys()) {
    const point = standing.get(id)
    if (point) points.set(id, point)
  }
  const beside = new Map<string, string[]>()
  const note = (id: string, other: string) => {
    const known = beside.get(id)
    if (known) known.push(other)
    else beside.set(id, [other])
  }
  for (const line of drawn) {
    note(line.source, line.target)
    note(line.target, line.source)
  }
  for (const [id, node] of whole.nodes) {
    if (points.has(id)) continue
    const angle = fraction(id) * 2 * Math.PI
    const near = beside.get(id)?.map((other) => standing.get(other)).find((point) => point !== undefined)
    const centre = near ?? { x: 0, y: 0 }
    const far = near ? 40 : (node.hop ?? 1) * 200
    points.set(id, { x: centre.x + far * Math.cos(angle), y: centre.y + far * Math.sin(angle) })
  }
  return points
}

/** Columns by the step at which a thing comes in the paths, from the start on the left (at the top of a narrow window) to the end, filling the window. */
export function layers(paths: readonly string[][], size: { width: number; height: number }): Map<string, Point> {
  const upright = size.width < size.height * 1.3
  const step = new Map<string, number>()
  for (const path of paths) for (let at = 0; at < path.length; at += 2) step.set(path[at] ?? '', Math.max(at / 2, step.get(path[at] ?? '') ?? 0))
  const columns = new Map<number, string[]>()
  for (const [id, at] of step) columns.set(at, [...(columns.get(at) ?? []), id])
  const rows = Math.max(1, ...[...columns.values()].map((ids) => ids.length))
  const shape = upright ? size.width / size.height : size.height / size.width
  const gap = rows > 1 ? Math.min(1.4, (Math.max(1, columns.size - 1) * shape) / (rows - 1)) : 1
  const points = new Map<string, Point>()
  for (const [at, ids] of columns) {
    ids.forEach((id, row) => {
      const along = at
      const across = (row - (ids.length - 1) / 2) * gap
      points.set(id, upright ? { x: across, y: -along } : { x: along, y: -across })
    })
  }
  return points
}

/** The nearest thing in a direction as seen on the screen (y downwards); those straight ahead are preferred. */
export function towards(points: ReadonlyMap<string, Point>, from: Point, dx: number, dy: number, except: string): string | null {
  let best: string | null = null
  let least = Infinity
  for (const [id, point] of points) {
    if (id === except) continue
    const along = (point.x - from.x) * dx + (point.y - from.y) * dy
    if (along <= 0) continue
    const aside = Math.abs((point.x - from.x) * dy) + Math.abs((point.y - from.y) * dx)
    if (aside > along * 2.5) continue
    const cost = along + aside * 1.6
    if (cost < least) {
      least = cost
      best = id
    }
  }
  return best
}
