// Binds a web to sigma (WebGL discs and lines), the layout worker, and the canvas of names above. Knows nothing of pages.
import Graph from 'graphology'
import Sigma from 'sigma'
import { EdgeArrowProgram, EdgeRectangleProgram } from 'sigma/rendering'
import type { CameraState } from 'sigma/types'
import { drawOver, type Disc, type Word } from './draw'
import type { LayoutFrame, LayoutRequest } from './layout.worker'
import { kindOfNode, lines, lineWords, type Line, type Web } from './model'
import type { Palette } from './palette'
import { seed, towards, type Point } from './place'

export interface Events {
  select: (id: string | null) => void
  expand: (id: string) => void
}

const WORDS_UP_TO = 30
/** Room for names around the outermost discs, in pixels. */
const BESIDE = 96
const ABOVE = 26
const BELOW = 40
/** A chart of a few things is not blown up to the whole window. */
const CLOSEST = 0.55
const CLOSEST_OF_FEW = 1.6
const FEW = 3

export class Engine {
  private readonly graph = new Graph({ type: 'undirected', multi: false })
  private readonly sigma: Sigma
  private worker: Worker | null = null
  private web: Web = { nodes: new Map(), edges: new Map() }
  private drawn: Line[] = []
  private beside = new Map<string, Set<string>>()
  private origins: ReadonlySet<string> = new Set()
  private many: ReadonlySet<string> = new Set()
  private selected: string | null = null
  private hovered: string | null = null
  private dragged: string | null = null

  constructor(
    private readonly container: HTMLElement,
    private palette: Palette,
    events: Events,
  ) {
    this.sigma = new Sigma(this.graph, container, {
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: false,
      allowInvalidContainer: true,
      stagePadding: 56,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      zIndex: true,
      defaultDrawNodeHover: () => undefined,
      edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram },
      nodeReducer: (id, data) => this.nodeLook(id, data),
      edgeReducer: (key, data) => this.edgeLook(key, data),
    })
    this.sigma.createCanvasContext('over', { style: { pointerEvents: 'none' } })
    this.sigma.resize(true)
    this.sigma.on('afterRender', () => this.over())
    this.sigma.on('clickNode', ({ node }) => events.select(node))
    this.sigma.on('clickStage', () => events.select(null))
    this.sigma.on('doubleClickNode', (event) => {
      event.preventSigmaDefault()
      events.expand(event.node)
    })
    this.sigma.on('enterNode', ({ node }) => this.hover(node))
    this.sigma.on('leaveNode', () => this.hover(null))
    this.bindDragging()
  }

  /** Draws a web; `many` are discs that stand for several things; `fixed` says where things stand, else the force layout does. */
  show(web: Web, origins: ReadonlySet<string>, many: ReadonlySet<string>, fixed: ReadonlyMap<string, Point> | null): void {
    this.stopLayout()
    this.web = web
    this.origins = origins
    this.many = many
    this.drawn = lines(web)
    this.sigma.setCustomBBox(null)
    const standing = new Map<string, Point>()
    this.graph.forEachNode((id, data) => standing.set(id, { x: Number(data['x']), y: Number(data['y']) }))
    const points = fixed ?? seed(web, this.drawn, standing)
    this.graph.clear()
    this.beside = new Map()
    for (const [id, node] of web.nodes) {
      const point = points.get(id) ?? { x: 0, y: 0 }
      this.graph.addNode(id, { x: point.x, y: point.y, size: this.radius(id, node.degree ?? 0), kind: kindOfNode(node) })
      this.beside.set(id, new Set())
    }
    for (const line of this.drawn) {
      this.graph.addEdgeWithKey(line.key, line.source, line.target, { type: line.directed ? 'arrow' : 'line', size: Math.min(2 + Math.log2(line.weight), 5) })
      this.beside.get(line.source)?.add(line.target)
      this.beside.get(line.target)?.add(line.source)
    }
    if (!fixed && web.nodes.size > 1) this.arrange()
    else {
      this.sigma.refresh()
      this.fit(0)
    }
  }

  /** Runs the force layout anew from where things stand. */
  arrange(): void {
    this.stopLayout()
    this.sigma.setCustomBBox(null)
    const ids = [...this.web.nodes.keys()]
    const place = new Map(ids.map((id, at) => [id, at]))
    const request: LayoutRequest = {
      ids,
      xs: ids.map((id) => Number(this.graph.getNodeAttribute(id, 'x'))),
      ys: ids.map((id) => Number(this.graph.getNodeAttribute(id, 'y'))),
      lines: this.drawn.map((line) => [place.get(line.source) ?? 0, place.get(line.target) ?? 0]),
      aspect: Math.max(0.5, Math.min(2.2, this.container.clientWidth / Math.max(1, this.container.clientHeight))),
    }
    this.container.dataset['layout'] = 'running'
    this.worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = (event: MessageEvent<LayoutFrame>) => {
      const { xs, ys, done } = event.data
      this.graph.updateEachNodeAttributes((id, data) => {
        const at = place.get(id) ?? 0
        return { ...data, x: xs[at] ?? 0, y: ys[at] ?? 0 }
      })
      if (!done) return
      this.sigma.refresh()
      this.fit(this.duration())
      this.stopLayout()
    }
    this.worker.postMessage(request)
  }

  select(id: string | null): void {
    this.selected = id
    this.sigma.refresh({ skipIndexation: true })
  }

  recolour(palette: Palette): void {
    this.palette = palette
    this.sigma.refresh({ skipIndexation: true })
  }

  zoom(direction: 'in' | 'out' | 'fit'): void {
    const { ratio } = this.sigma.getCamera()
    if (direction === 'fit') this.fit(this.duration())
    else this.move({ ratio: direction === 'in' ? ratio / 1.5 : ratio * 1.5 }, this.duration())
  }

  /** The thing that lies in a direction from the selected one, or any thing where none is selected. */
  next(dx: number, dy: number): string | null {
    const points = new Map<string, Point>()
    for (const id of this.web.nodes.keys()) points.set(id, this.onScreen(id))
    const from = this.selected ? points.get(this.selected) : undefined
    if (!from || !this.selected) return [...this.origins][0] ?? [...points.keys()][0] ?? null
    return towards(points, from, dx, dy, this.selected)
  }

  /** Moves the window so that a thing is in sight. */
  reveal(id: string): void {
    const { x, y } = this.onScreen(id)
    const { width, height } = this.sigma.getDimensions()
    if (x > 30 && y > 30 && x < width - 30 && y < height - 30) return
    const data = this.sigma.getNodeDisplayData(id)
    if (data) this.move({ x: data.x, y: data.y }, this.duration())
  }

  destroy(): void {
    this.stopLayout()
    this.sigma.kill()
  }

  private duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180
  }

  private stopLayout(): void {
    this.worker?.terminate()
    this.worker = null
    this.container.dataset['layout'] = 'still'
  }

  /** Moves the camera so that all discs are in sight, with room for their names. */
  private fit(duration: number): void {
    const cameraState = { x: 0.5, y: 0.5, ratio: 1, angle: 0 }
    const { width, height } = this.sigma.getDimensions()
    const spots = [...this.web.nodes.keys()].flatMap((id) => {
      const data = this.sigma.getNodeDisplayData(id)
      return data ? [this.sigma.framedGraphToViewport({ x: data.x, y: data.y }, { cameraState })] : []
    })
    if (spots.length === 0) return
    const extent = (of: (spot: Point) => number) => spots.reduce(([low, high], spot) => [Math.min(low, of(spot)), Math.max(high, of(spot))] as [number, number], [Infinity, -Infinity] as [number, number])
    const [left, right] = extent((spot) => spot.x)
    const [top, bottom] = extent((spot) => spot.y)
    const beside = Math.min(BESIDE, width / 6)
    const ratio = Math.max(this.web.nodes.size <= FEW ? CLOSEST_OF_FEW : CLOSEST, (right - left) / Math.max(1, width - 2 * beside), (bottom - top) / Math.max(1, height - ABOVE - BELOW))
    // Names stand below their discs, so the middle lies a little lower.
    const middle = this.sigma.viewportToFramedGraph({ x: (left + right) / 2, y: (top + bottom) / 2 + ((BELOW - ABOVE) / 2) * ratio }, { cameraState })
    this.move({ x: middle.x, y: middle.y, ratio, angle: 0 }, duration)
  }

  private move(state: Partial<CameraState>, duration: number): void {
    const camera = this.sigma.getCamera()
    if (duration > 0) void camera.animate(state, { duration })
    else camera.setState(state)
  }

  private radius(id: string, degree: number): number {
    const many = this.web.nodes.size
    const base = many <= 30 ? 12 : many <= 80 ? 10.5 : many <= 250 ? 9 : many <= 1000 ? 7 : 4.5
    return (this.origins.has(id) ? base * 1.35 : base) + Math.min(4, Math.log2(1 + degree) * 0.6)
  }

  private onScreen(id: string): Point {
    const data = this.sigma.getNodeDisplayData(id)
    return data ? this.sigma.framedGraphToViewport({ x: data.x, y: data.y }) : { x: 0, y: 0 }
  }

  private focus(): string | null {
    return this.hovered ?? this.selected
  }

  private faded(id: string): boolean {
    const focus = this.hovered
    return focus !== null && id !== focus && !this.beside.get(focus)?.has(id)
  }

  private nodeLook(id: string, data: Record<string, unknown>) {
    const kind = data['kind'] as keyof Palette['kinds']
    const faded = this.faded(id)
    return {
      x: Number(data['x']),
      y: Number(data['y']),
      size: Number(data['size']),
      color: faded ? this.palette.faded : this.palette.kinds[kind],
      zIndex: faded ? 0 : 1,
    }
  }

  private edgeLook(key: string, data: Record<string, unknown>) {
    const focus = this.focus()
    const touches = focus !== null && this.graph.hasEdge(key) && this.graph.extremities(key).includes(focus)
    const faded = this.hovered !== null && !touches
    return {
      type: String(data['type']),
      size: touches ? Number(data['size']) + 0.75 : Number(data['size']),
      color: touches ? this.palette.edgeStrong : faded ? this.palette.faded : this.palette.edge,
      zIndex: touches ? 1 : 0,
    }
  }

  private hover(id: string | null): void {
    if (this.dragged) return
    this.hovered = id
    this.container.classList.toggle('pointing', id !== null)
    this.sigma.refresh({ skipIndexation: true })
  }

  private over(): void {
    const context = this.sigma.getCanvases()['over']?.getContext('2d')
    if (!context) return
    const discs: Disc[] = []
    for (const [id, node] of this.web.nodes) {
      const data = this.sigma.getNodeDisplayData(id)
      if (!data) continue
      const isSelected = id === this.selected
      const isOrigin = this.origins.has(id)
      discs.push({
        id,
        ...this.sigma.framedGraphToViewport({ x: data.x, y: data.y }),
        radius: this.sigma.scaleSize(data.size),
        kind: kindOfNode(node),
        caption: node.caption,
        rank: (isSelected ? 1e9 : 0) + (id === this.hovered ? 1e8 : 0) + (isOrigin ? 1e7 : 0) + (this.faded(id) ? 0 : 1e5) + (node.degree ?? 0),
        ring: isSelected ? 'selected' : isOrigin ? 'origin' : 'none',
        many: this.many.has(id),
        faded: this.faded(id),
      })
    }
    drawOver(context, this.sigma.getDimensions(), discs, this.words(), this.palette)
  }

  /** Words of links: all of them on a small chart, else those of the thing in focus. */
  private words(): Word[] {
    const focus = this.focus()
    const few = this.drawn.length <= WORDS_UP_TO
    return this.drawn.flatMap((line) => {
      const touches = line.source === focus || line.target === focus
      if (!(touches || (few && this.hovered === null))) return []
      return [{ from: this.onScreen(line.source), to: this.onScreen(line.target), text: lineWords(line.labels), strong: touches }]
    })
  }

  private bindDragging(): void {
    let moved = false
    this.sigma.on('downNode', ({ node }) => {
      this.dragged = node
      moved = false
      if (!this.sigma.getCustomBBox()) this.sigma.setCustomBBox(this.sigma.getBBox())
    })
    this.sigma.on('moveBody', ({ event }) => {
      if (!this.dragged) return
      moved = true
      const point = this.sigma.viewportToGraph(event)
      this.graph.mergeNodeAttributes(this.dragged, { x: point.x, y: point.y })
      event.preventSigmaDefault()
      event.original.preventDefault()
      event.original.stopPropagation()
    })
    const release = () => {
      this.dragged = null
      if (!moved) this.sigma.setCustomBBox(null)
    }
    this.sigma.on('upNode', release)
    this.sigma.on('upStage', release)
  }
}
