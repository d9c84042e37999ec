// The pages that a person may go to, in their order; from what the server says that they may do.
import type { Page } from '../state/route'
import { text } from '../text'

export interface PageLink {
  page: Exclude<Page, 'missing'>
  name: string
  /** Also the current page there. */
  also?: Page[]
  /** In sight without opening the menu, where there is room. */
  first: boolean
}

interface Rule extends PageLink {
  /** Any of these actions. Without one the page is for everybody. */
  actions: readonly string[]
  /** Reads evidence, for which a purpose is stated first. */
  purpose: boolean
}

const RULES: readonly Rule[] = [
  { page: 'search', also: ['home', 'entity', 'chart'], name: text.nav.search, first: true, actions: ['search'], purpose: true },
  { page: 'path', name: text.nav.path, first: true, actions: ['path'], purpose: true },
  { page: 'match', name: text.nav.match, first: false, actions: ['judge'], purpose: true },
  { page: 'review', name: text.nav.review, first: true, actions: ['review_list'], purpose: true },
  { page: 'oversight', name: text.nav.oversight, first: true, actions: ['oversee'], purpose: true },
  { page: 'mandates', name: text.nav.mandates, first: false, actions: ['mandate_list'], purpose: false },
  { page: 'break-glass', name: text.nav.glass, first: false, actions: ['break_glass_list', 'break_glass_request'], purpose: false },
  { page: 'public', name: text.nav.register, first: false, actions: [], purpose: false },
  { page: 'ledger', name: text.nav.ledger, first: false, actions: [], purpose: false },
]

/** Pages for somebody who may do these things; `null` for a stranger. */
export function pagesFor(actions: readonly string[] | null, purposeStated: boolean): PageLink[] {
  return RULES.filter((rule) => (actions === null ? rule.actions.length === 0 : rule.actions.length === 0 || rule.actions.some((one) => actions.includes(one))))
    .filter((rule) => !rule.purpose || purposeStated)
    .map(({ page, name, also, first }) => ({ page, name, first, ...(also ? { also } : {}) }))
}
