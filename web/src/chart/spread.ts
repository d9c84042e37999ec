// After the forces: stretches the picture to the window and pushes apart what would lie on one another, names included. Pure.
import type { Point } from './place'

const AREA_PER_THING = 9000
/** Room that a thing and its name below want, in the units of the area: a wide and flat ellipse. */
const WIDE = 92
const HIGH = 58
const ROUNDS = 80

/** `degrees`, where given, gives things with many links more room, so that their names are seen. */
export function spread(points: readonly Point[], aspect: number, degrees: readonly number[] = []): Point[] {
  const n = points.length
  if (n < 2) return points.map((point) => ({ ...point }))
  const height = Math.sqrt((n * AREA_PER_THING) / aspect)
  const width = height * aspect
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  // Stretched unevenly at most by a third, so that shapes stay what they are.
  const scaleX = width / Math.max(right - left, 1e-6)
  const scaleY = height / Math.max(high - low, 1e-6)
  const even = Math.min(scaleX, scaleY)
  const placed = points.map((point) => ({
    x: (point.x - (left + right) / 2) * Math.min(scaleX, even * 1.5),
    y: (point.y - (low + high) / 2) * Math.min(scaleY, even * 1.5),
  }))
  const wants = points.map((_, at) => 1 + Math.min(0.7, (degrees[at] ?? 0) / 14))
  for (let round = 0; round < ROUNDS; round++) if (!push(placed, wants)) break
  return fill(placed, aspect)
}

/** Stretches (never shrinks) the shorter side towards the window's shape, by at most a half. */
function fill(points: Point[], aspect: number): Point[] {
  const side = (of: (point: Point) => number) => Math.max(...points.map(of)) - Math.min(...points.map(of))
  const shape = side((point) => point.x) / Math.max(side((point) => point.y), 1e-6)
  const wider = Math.min(1.5, Math.max(1, aspect / shape))
  const higher = Math.min(1.5, Math.max(1, shape / aspect))
  return points.map(({ x, y }) => ({ x: x * wider, y: y * higher }))
}

/** One round of pushing pairs apart; tells whether anything moved. */
function push(points: Point[], wants: readonly number[]): boolean {
  let moved = false
  points.forEach((a, i) => {
    for (let j = i + 1; j < points.length; j++) {
      const b = points[j]
      if (!b) continue
      const want = ((wants[i] ?? 1) + (wants[j] ?? 1)) / 2
      let dx = (b.x - a.x) / (WIDE * want)
      let dy = (b.y - a.y) / (HIGH * want)
      const far = Math.hypot(dx, dy)
      if (far >= 1) continue
      if (far < 1e-6) {
        // On the very same spot: part them by their order.
        dx = Math.cos(i + j)
        dy = Math.sin(i + j)
      } else {
        dx /= far
        dy /= far
      }
      const half = ((1 - far) / 2) * want
      a.x -= dx * half * WIDE
      a.y -= dy * half * HIGH
      b.x += dx * half * WIDE
      b.y += dy * half * HIGH
      moved = true
    }
  })
  return moved
}
