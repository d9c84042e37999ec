// Links of an entity, gathered by kind and direction for reading.
import type { EntityLink } from '../api/types'

export interface LinkGroup {
  key: string
  label: string
  direction: EntityLink['direction']
  links: EntityLink[]
}

/** Groups in order of label, links in order of the other end: the same thing always stands in the same place. */
export function groupLinks(links: readonly EntityLink[]): LinkGroup[] {
  const groups = new Map<string, LinkGroup>()
  for (const link of links) {
    const key = `${link.schema} ${link.label} ${link.direction}`
    const group = groups.get(key) ?? { key, label: link.label, direction: link.direction, links: [] }
    group.links.push(link)
    groups.set(key, group)
  }
  const byText = new Intl.Collator('en-GB', { numeric: true }).compare
  for (const group of groups.values()) group.links.sort((a, b) => byText(a.other.caption, b.other.caption))
  return [...groups.values()].sort((a, b) => byText(a.label, b.label) || byText(a.direction, b.direction))
}
