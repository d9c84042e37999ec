// The page's colours as the chart's canvases need them: read from the style sheet, so both change together.
import { KINDS, type Kind } from '../parts/kind'

export interface Palette {
  kinds: Record<Kind, string>
  kindInk: string
  ink: string
  soft: string
  sheet: string
  edge: string
  edgeStrong: string
  accent: string
  faded: string
  font: string
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return {
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, colour(`--kind-${kind}`)])) as Record<Kind, string>,
    kindInk: colour('--kind-ink'),
    ink: colour('--ink'),
    soft: colour('--ink-soft'),
    sheet: colour('--sheet'),
    edge: colour('--edge'),
    edgeStrong: colour('--edge-strong'),
    accent: colour('--accent'),
    faded: colour('--rule'),
    font: style.fontFamily,
  }
}
