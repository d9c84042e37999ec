// Links of an entity, gathered by kind and direction for reading.
import type { EntityLink, Ref } from '../api/types'

export interface LinkGroup {
  key: string
  /** What the links say; empty for the values that are shared with others. */
  label: string
  direction: EntityLink['direction']
  links: GroupedLink[]
}

/** Everything that joins the thing with one other in one way: several records may say the same. */
export interface GroupedLink {
  other: Ref
  /** Distinct details, such as roles. */
  details: string[]
  /** How many links say so. */
  count: number
}

const VALUES = 'values'

/**
 * Groups in order of label, links in order of the other end: the same thing always stands in the same place. Shared values (telephone
 * numbers, addresses as written) make one group, the last, and their property stands as the detail.
 */
export function groupLinks(links: readonly EntityLink[]): LinkGroup[] {
  const groups = new Map<string, LinkGroup>()
  for (const link of links) {
    const shared = link.other.value === true
    const key = shared ? VALUES : `${link.schema} ${link.label} ${link.direction}`
    const group = groups.get(key) ?? { key, label: shared ? '' : link.label, direction: shared ? ('none' as const) : link.direction, links: [] }
    groups.set(key, group)
    const known = group.links.find((one) => one.other.id === link.other.id)
    const grouped = known ?? { other: link.other, details: [], count: 0 }
    if (!known) group.links.push(grouped)
    grouped.count += 1
    const detail = shared ? link.label : link.detail
    if (detail && !grouped.details.includes(detail)) grouped.details.push(detail)
  }
  const byText = new Intl.Collator('en-GB', { numeric: true }).compare
  for (const group of groups.values()) {
    for (const link of group.links) link.details.sort(byText)
    group.links.sort((a, b) => (group.key === VALUES ? byText(a.details.join(), b.details.join()) : 0) || byText(a.other.caption, b.other.caption) || byText(a.other.id, b.other.id))
  }
  return [...groups.values()].sort((a, b) => Number(a.key === VALUES) - Number(b.key === VALUES) || byText(a.label, b.label) || byText(a.direction, b.direction))
}
