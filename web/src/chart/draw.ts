// What lies over the discs and lines: icons, rings, names and the words of links. Names never lie on one another; those that find no room wait until one zooms in.
import { ICONS, type Kind } from '../parts/kind'
import type { Palette } from './palette'

export interface Disc {
  id: string
  x: number
  y: number
  radius: number
  kind: Kind
  caption: string
  /** Larger first in line for room. */
  rank: number
  ring: 'none' | 'selected' | 'origin'
  /** It stands for several things. */
  many: boolean
  faded: boolean
}

/** The words of a line between two points. */
export interface Word {
  from: { x: number; y: number }
  to: { x: number; y: number }
  text: string
  strong: boolean
}

interface Size {
  width: number
  height: number
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const ICON_FROM = 7
const NAME_SIZE = 13
const MOST_NAMES = 500
const WORD_SIZE = 11.5
/** Where along its line a word may stand, the best first. */
const WORD_PLACES = [0.5, 0.6, 0.4, 0.7, 0.3]
/** Letters of a name, and of one that finds no room in full. */
const LONGEST = 30
const SHORTEST = 15
const paths = new Map<Kind, Path2D>()

function icon(kind: Kind): Path2D {
  const known = paths.get(kind)
  if (known) return known
  const path = new Path2D(ICONS[kind])
  paths.set(kind, path)
  return path
}

function shorten(caption: string, longest: number): string {
  return caption.length <= longest ? caption : `${caption.slice(0, longest - 1).trimEnd()}…`
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** Boxes found by the cells that they touch, so that thousands of names stay quick. */
class Room {
  private readonly cells = new Map<string, Box[]>()

  private keys(box: Box): string[] {
    const keys = []
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x++)
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y++) keys.push(`${x},${y}`)
    return keys
  }

  free(box: Box): boolean {
    return this.keys(box).every((key) => !this.cells.get(key)?.some((other) => overlaps(box, other)))
  }

  take(box: Box): void {
    for (const key of this.keys(box)) this.cells.set(key, [...(this.cells.get(key) ?? []), box])
  }
}

export function drawOver(context: CanvasRenderingContext2D, size: Size, discs: Disc[], words: Word[], palette: Palette): void {
  context.clearRect(0, 0, size.width, size.height)
  const seen = discs.filter((disc) => disc.x > -80 && disc.y > -40 && disc.x < size.width + 80 && disc.y < size.height + 40)
  const room = new Room()
  for (const disc of seen) {
    drawDisc(context, disc, palette)
    const r = disc.radius * 0.8
    room.take({ left: disc.x - r, top: disc.y - r, right: disc.x + r, bottom: disc.y + r })
  }
  // Those that come later would find no room anyway.
  for (const disc of [...seen].sort((a, b) => b.rank - a.rank).slice(0, MOST_NAMES)) drawName(context, disc, room, size, palette)
  for (const word of words) drawWord(context, word, room, palette)
}

function drawDisc(context: CanvasRenderingContext2D, disc: Disc, palette: Palette): void {
  context.globalAlpha = disc.faded ? 0.35 : 1
  if (disc.many) {
    context.strokeStyle = palette.kinds[disc.kind]
    context.lineWidth = 1.5
    for (const away of [2.5, 5.5]) {
      context.beginPath()
      context.arc(disc.x, disc.y, disc.radius + away, 0, 2 * Math.PI)
      context.stroke()
    }
  }
  if (disc.ring !== 'none') {
    context.strokeStyle = disc.ring === 'selected' ? palette.accent : palette.ink
    context.lineWidth = disc.ring === 'selected' ? 3 : 1.5
    context.beginPath()
    context.arc(disc.x, disc.y, disc.radius + (disc.many ? 8.5 : 3.5), 0, 2 * Math.PI)
    context.stroke()
  }
  if (disc.radius >= ICON_FROM) {
    const scale = (disc.radius * 1.24) / 24
    context.save()
    context.translate(disc.x - 12 * scale, disc.y - 12 * scale)
    context.scale(scale, scale)
    context.strokeStyle = palette.kindInk
    context.lineWidth = 2.2
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.stroke(icon(disc.kind))
    context.restore()
  }
  context.globalAlpha = 1
}

function drawName(context: CanvasRenderingContext2D, disc: Disc, room: Room, size: Size, palette: Palette): void {
  const strong = disc.ring !== 'none'
  context.font = `${strong ? 650 : 500} ${NAME_SIZE}px ${palette.font}`
  const tries = strong ? [disc.caption] : [...new Set([shorten(disc.caption, LONGEST), shorten(disc.caption, SHORTEST)])]
  for (const [at, name] of tries.entries()) {
    const boxes = namePlaces(disc, context.measureText(name).width, strong)
    const free = boxes.filter((box) => room.free(box))
    const inside = (box: Box) => box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height
    const last = at === tries.length - 1
    const box = free.find(inside) ?? (last ? (free[0] ?? (strong ? boxes[0] : undefined)) : undefined)
    if (!box) continue
    room.take(box)
    halo(context, name, box.left + 2, (box.top + box.bottom) / 2, disc.faded ? palette.soft : palette.ink, palette.sheet, disc.faded ? 0.45 : 1)
    return
  }
}

/** Where a name may stand. Straight below and beside look best; then above; then aslant, further aside each time. */
function namePlaces(disc: Disc, width: number, strong: boolean): Box[] {
  const half = NAME_SIZE / 2 + 1
  const away = disc.radius + (strong ? 7 : 4) + (disc.many ? 5 : 0)
  const r = disc.radius * 0.75 + 2
  const [below, above] = [disc.y + away + half, disc.y - away - half]
  const places: [number, number][] = [
    [disc.x - width / 2, below],
    [disc.x + away + 1, disc.y],
    [disc.x - away - 1 - width, disc.y],
    [disc.x - width / 2, above],
    [disc.x + r, disc.y + r + half],
    [disc.x - r - width, disc.y + r + half],
    [disc.x + r, disc.y - r - half],
    [disc.x - r - width, disc.y - r - half],
    [disc.x - width * 0.25, below],
    [disc.x - width * 0.75, below],
    [disc.x - width * 0.25, above],
    [disc.x - width * 0.75, above],
  ]
  return places.map(([x, y]) => ({ left: x - 2, top: y - half, right: x + width + 2, bottom: y + half }))
}

function drawWord(context: CanvasRenderingContext2D, word: Word, room: Room, palette: Palette): void {
  context.font = `italic 500 ${WORD_SIZE}px ${palette.font}`
  const width = context.measureText(word.text).width
  const half = WORD_SIZE / 2 + 1
  for (const share of WORD_PLACES) {
    const x = word.from.x + (word.to.x - word.from.x) * share
    const y = word.from.y + (word.to.y - word.from.y) * share
    const box = { left: x - width / 2, top: y - half, right: x + width / 2, bottom: y + half }
    if (!room.free(box)) continue
    room.take(box)
    halo(context, word.text, box.left, y, word.strong ? palette.ink : palette.soft, palette.sheet, 1)
    return
  }
}

function halo(context: CanvasRenderingContext2D, text: string, x: number, y: number, ink: string, ground: string, alpha: number): void {
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.globalAlpha = 0.9
  context.strokeStyle = ground
  context.strokeText(text, x, y)
  context.globalAlpha = alpha
  context.fillStyle = ink
  context.fillText(text, x, y)
  context.globalAlpha = 1
}
