// Addresses after the `#`: read into a page and its parameters, and written back. Pure.

export type Page =
  | 'home'
  | 'sign-in'
  | 'account'
  | 'search'
  | 'entity'
  | 'chart'
  | 'path'
  | 'mandates'
  | 'break-glass'
  | 'match'
  | 'review'
  | 'oversight'
  | 'public'
  | 'ledger'
  | 'missing'

export interface Route {
  page: Page
  /** The id or token in the address, decoded; empty where the page has none. */
  id: string
  query: URLSearchParams
}

const WITH_ID: ReadonlySet<string> = new Set(['entity', 'chart', 'sign-in', 'mandates', 'break-glass', 'review'])
const PLAIN: ReadonlySet<string> = new Set(['sign-in', 'account', 'search', 'path', 'mandates', 'break-glass', 'match', 'review', 'oversight', 'public', 'ledger'])

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function parseRoute(hash: string): Route {
  const address = hash.replace(/^#\/?/, '')
  const cut = address.indexOf('?')
  const path = cut < 0 ? address : address.slice(0, cut)
  const query = new URLSearchParams(cut < 0 ? '' : address.slice(cut + 1))
  const [head = '', ...rest] = path.split('/')
  const id = decode(rest.join('/'))
  if (head === '') return { page: 'home', id: '', query }
  if (id !== '' && WITH_ID.has(head)) return { page: head as Page, id, query }
  if (id === '' && PLAIN.has(head)) return { page: head as Page, id: '', query }
  return { page: 'missing', id: path, query }
}

type Parameter = string | number | boolean | null | undefined

/** Where a thing is shown: an entity has a page, a shared value only its neighbourhood. */
export function hrefOf(thing: { id: string; value?: boolean | null }): string {
  return href(thing.value ? 'chart' : 'entity', thing.id)
}

/** Writes an address; empty, false and absent parameters are left out, lists are repeated. */
export function href(page: Exclude<Page, 'missing'>, id = '', query: Record<string, Parameter | readonly string[]> = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const one of value as readonly string[]) parameters.append(name, one)
    else if (value !== '' && value !== false && value !== null && value !== undefined) parameters.append(name, String(value))
  }
  const path = page === 'home' ? '' : id === '' ? page : `${page}/${encodeURIComponent(id)}`
  const written = parameters.toString()
  return `#/${path}${written ? `?${written}` : ''}`
}
