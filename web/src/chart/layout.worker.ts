// The force layout (ForceAtlas2), beside the page's own thread. A fixed number of rounds, so the same chart comes out the same.
import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import { spread } from './spread'

export interface LayoutRequest {
  ids: string[]
  xs: number[]
  ys: number[]
  /** Pairs of positions in `ids`. */
  lines: [number, number][]
  /** Width over height of the window. */
  aspect: number
}

export interface LayoutFrame {
  xs: number[]
  ys: number[]
  done: boolean
}

const SPREAD_UP_TO = 900

function rounds(order: number): number {
  if (order <= 60) return 400
  if (order <= 400) return 300
  if (order <= 2000) return 160
  return order <= 6000 ? 80 : 40
}

self.onmessage = (event: MessageEvent<LayoutRequest>) => {
  const { ids, xs, ys, lines, aspect } = event.data
  const graph = new Graph({ type: 'undirected' })
  ids.forEach((id, at) => graph.addNode(id, { x: xs[at] ?? 0, y: ys[at] ?? 0 }))
  for (const [a, b] of lines) graph.mergeEdge(ids[a], ids[b])
  const order = ids.length
  const settings = {
    barnesHutOptimize: order > 1200,
    gravity: 0.6,
    scalingRatio: 12,
    slowDown: 1 + Math.log(Math.max(2, order)),
  }
  const total = rounds(order)
  const step = Math.max(5, Math.round(total / 20))
  for (let at = 0; at < total; at += step) {
    forceAtlas2.assign(graph, { iterations: Math.min(step, total - at), settings })
    if (order > 150) send(graph, ids, false)
  }
  if (order > 1 && order <= SPREAD_UP_TO) {
    const points = ids.map((id) => ({ x: Number(graph.getNodeAttribute(id, 'x')), y: Number(graph.getNodeAttribute(id, 'y')) }))
    const degrees = ids.map((id) => graph.degree(id))
    spread(points, aspect, degrees).forEach((point, at) => graph.mergeNodeAttributes(ids[at], { x: point.x, y: point.y }))
  }
  send(graph, ids, true)
}

function send(graph: Graph, ids: string[], done: boolean): void {
  const frame: LayoutFrame = {
    xs: ids.map((id) => Number(graph.getNodeAttribute(id, 'x'))),
    ys: ids.map((id) => Number(graph.getNodeAttribute(id, 'y'))),
    done,
  }
  self.postMessage(frame)
}
