// The one place that speaks HTTP. Every evidence request states its purpose in headers.
import { text } from '../text'
import { Problem, problemFrom } from './problem'
import type * as own from './account'
import type * as match from './match'
import type * as desk from './oversight'
import type * as keeping from './review'
import type * as trust from './trust'
import type * as wire from './types'

export interface StatedPurpose {
  purpose: string
  case: string
  reason: string
  /** Id of the mandate looked under; empty without one. */
  mandate: string
}

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>

/** Purpose headers; values percent-encoded UTF-8, empty ones left out. */
export function purposeHeaders(stated: StatedPurpose | null): Record<string, string> {
  if (!stated) return {}
  const headers: Record<string, string> = { 'X-Candour-Purpose': encodeURIComponent(stated.purpose) }
  if (stated.case) headers['X-Candour-Case'] = encodeURIComponent(stated.case)
  if (stated.reason) headers['X-Candour-Reason'] = encodeURIComponent(stated.reason)
  if (stated.mandate) headers['X-Candour-Mandate'] = encodeURIComponent(stated.mandate)
  return headers
}

/** A query string without empty values, in the order given. */
export function queryString(pairs: ReadonlyArray<readonly [string, string | number | boolean | null | undefined]>): string {
  const query = new URLSearchParams()
  for (const [name, value] of pairs) {
    if (value === null || value === undefined || value === '' || value === false) continue
    query.append(name, String(value))
  }
  const written = query.toString()
  return written ? `?${written}` : ''
}

export interface SearchQuery {
  q: string
  schemas: string[]
  datasets: string[]
  limit: number
  offset: number
}

export interface PathQuery {
  from: string
  to: string
  all: boolean
  max: number
}

/** Which time an overseer asks about; RFC 3339, and the name of a time zone. */
export interface SpanQuery {
  since: string
  zone: string
}

const pairsOf = (span: SpanQuery) => [['since', span.since], ['zone', span.zone]] as const

export interface Handed {
  file: Blob
  name: string
  /** `NaN` where the server does not say. */
  entry: number
}

interface Options {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** Not being signed in is no news. */
  quiet?: boolean
}

export class Client {
  constructor(
    private readonly purpose: () => StatedPurpose | null,
    private readonly signedOut: () => void,
    private readonly fetcher: Fetch = (input, init) => fetch(input, init),
  ) {}

  signIn = (token: string) => this.send<wire.Me>('POST', 'api/sign-in', { body: { token }, quiet: true })
  signOut = () => this.send<unknown>('POST', 'api/sign-out', {})
  ways = () => this.send<own.Ways>('GET', 'api/sign-in/ways', { quiet: true })
  signInChallenge = () => this.send<own.Challenge>('POST', 'api/sign-in/passkey/challenge', { quiet: true })
  signInByPasskey = (ceremony: string, credential: unknown) => this.send<wire.Me>('POST', 'api/sign-in/passkey', { body: { ceremony, credential }, quiet: true })
  me = () => this.send<wire.Me>('GET', 'api/me', { quiet: true })
  ontology = () => this.send<wire.OntologyAnswer>('GET', 'api/ontology', {})
  ledger = (signal?: AbortSignal) => this.send<wire.LedgerAnswer>('GET', 'api/ledger', { signal })

  search = (query: SearchQuery, signal?: AbortSignal) =>
    this.evidence<wire.SearchAnswer>(
      'api/search' +
        queryString([
          ['q', query.q],
          ...query.schemas.map((s) => ['schema', s] as const),
          ...query.datasets.map((d) => ['dataset', d] as const),
          ['limit', query.limit],
          ['offset', query.offset],
        ]),
      signal,
    )

  suggest = (q: string, signal?: AbortSignal) => this.evidence<wire.SuggestAnswer>('api/suggest' + queryString([['q', q]]), signal)

  entity = (id: string, signal?: AbortSignal) => this.evidence<wire.EntityAnswer>(`api/entities/${encodeURIComponent(id)}`, signal)

  neighbours = (id: string, depth: number, signal?: AbortSignal) =>
    this.evidence<wire.NeighboursAnswer>(`api/entities/${encodeURIComponent(id)}/neighbours` + queryString([['depth', depth]]), signal)

  path = (query: PathQuery, signal?: AbortSignal) =>
    this.evidence<wire.PathAnswer>(
      'api/path' +
        queryString([
          ['from', query.from],
          ['to', query.to],
          ['all', query.all],
          ['max', query.max],
        ]),
      signal,
    )

  timeline = (ids: readonly string[], signal?: AbortSignal) =>
    this.evidence<wire.TimelineAnswer>('api/timeline' + queryString(ids.map((id) => ['id', id] as const)), signal)

  /** Hands evidence to somebody outside: the file, its name, and the number of the ledger entry. */
  export = async (body: wire.ExportRequest): Promise<Handed> => {
    const response = await this.ask('POST', 'api/export', { body, headers: purposeHeaders(this.purpose()) })
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? `candour.${body.format}`
    return { file: await response.blob(), name, entry: Number(response.headers.get('X-Candour-Receipt') ?? NaN) }
  }

  receipt = (index: number) => this.evidence<wire.Answer>(`api/receipts/${index}`)

  charter = (signal?: AbortSignal) => this.evidence<trust.CharterAnswer>('api/charter', signal)
  register = (signal?: AbortSignal) => this.send<trust.PublicAnswer>('GET', 'api/public', { signal })

  heartbeats = (day: string) => this.send<{ receipts: wire.Receipt[] }>('GET', `api/public/heartbeats/${encodeURIComponent(day)}`, {})

  mandates = (signal?: AbortSignal) => this.evidence<trust.MandatesAnswer>('api/mandates', signal)
  draftMandate = (draft: trust.MandateDraft) => this.change<trust.MandateAnswer>('api/mandates', draft)
  signMandate = (id: string, note: string) => this.change<trust.MandateAnswer>(`api/mandates/${encodeURIComponent(id)}/signatures`, { note })
  revokeMandate = (id: string, why: string) => this.change<trust.MandateAnswer>(`api/mandates/${encodeURIComponent(id)}/revoke`, { why })

  glasses = (signal?: AbortSignal) => this.evidence<trust.GlassesAnswer>('api/break-glass', signal)
  requestGlass = (opens: readonly string[], reason: string) => this.change<trust.GlassAnswer>('api/break-glass', { opens, reason })
  approveGlass = (id: string) => this.change<trust.GlassAnswer>(`api/break-glass/${encodeURIComponent(id)}/approve`, {})
  reviewGlass = (id: string, finding: string) => this.change<trust.GlassAnswer>(`api/break-glass/${encodeURIComponent(id)}/review`, { finding })

  logState = (span: SpanQuery, signal?: AbortSignal) => this.evidence<desk.StateAnswer>('api/oversee/state' + queryString(pairsOf(span)), signal)
  usage = (span: SpanQuery, signal?: AbortSignal) => this.evidence<desk.UsageAnswer>('api/oversee/usage' + queryString(pairsOf(span)), signal)
  unexplained = (span: SpanQuery, limit: number, offset: number, signal?: AbortSignal) =>
    this.evidence<desk.RankingAnswer>('api/oversee/unexplained' + queryString([...pairsOf(span), ['limit', limit], ['offset', offset]]), signal)
  sample = (request: desk.SampleRequest) => this.change<desk.SampleAnswer>('api/oversee/sample', request)

  matchQueue = (limit: number, offset: number, signal?: AbortSignal) => this.evidence<match.QueueAnswer>('api/match' + queryString([['limit', limit], ['offset', offset]]), signal)
  explain = (a: string, b: string, signal?: AbortSignal) => this.evidence<match.ExplainAnswer>('api/match/pair' + queryString([['a', a], ['b', b]]), signal)
  judge = (a: string, b: string, verdict: match.Verdict, why: string) => this.change<match.JudgeAnswer>('api/match/pair', { a, b, verdict, why })

  due = (limit: number, offset: number, signal?: AbortSignal) => this.evidence<keeping.ReviewAnswer>('api/review' + queryString([['limit', limit], ['offset', offset]]), signal)
  decide = (id: string, request: keeping.DecideRequest) => this.change<keeping.DecideAnswer>(`api/review/${encodeURIComponent(id)}`, request)
  erase = (id: string, whole: boolean) => this.change<keeping.ErasedAnswer>(`api/erase/${encodeURIComponent(id)}`, { whole })
  restrict = (id: string, rationale: string, lift: boolean) => this.change<keeping.RestrictedAnswer>(`api/restrict/${encodeURIComponent(id)}`, { rationale, lift })
  disclosures = (id: string, signal?: AbortSignal) => this.evidence<keeping.RecipientsAnswer>(`api/disclosures/${encodeURIComponent(id)}`, signal)

  passkeys = () => this.send<{ passkeys: own.PasskeyView[] }>('GET', 'api/passkeys', {})
  passkeyChallenge = () => this.send<own.Challenge>('POST', 'api/passkeys/challenge', {})
  addPasskey = (ceremony: string, label: string, credential: unknown) => this.send<own.PasskeyView>('POST', 'api/passkeys', { body: { ceremony, label, credential } })
  removePasskey = (id: string) => this.send<unknown>('DELETE', `api/passkeys/${encodeURIComponent(id)}`, {})
  sessions = () => this.send<{ sessions: own.SessionView[] }>('GET', 'api/sessions', {})
  endSession = (id: string) => this.send<unknown>('DELETE', `api/sessions/${encodeURIComponent(id)}`, {})
  endOtherSessions = () => this.send<unknown>('DELETE', 'api/sessions', {})
  tokens = () => this.send<own.TokensAnswer>('GET', 'api/tokens', {})
  issueToken = (token: own.NewToken) => this.send<own.IssuedAnswer>('POST', 'api/tokens', { body: token })
  revokeToken = (id: string) => this.send<unknown>('DELETE', `api/tokens/${encodeURIComponent(id)}`, {})

  private evidence<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.send<T>('GET', path, { headers: purposeHeaders(this.purpose()), signal })
  }

  private change<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('POST', path, { body, headers: purposeHeaders(this.purpose()) })
  }

  private async send<T>(method: string, path: string, options: Options): Promise<T> {
    const response = await this.ask(method, path, options)
    return (await response.json().catch(() => null)) as T
  }

  private async ask(method: string, path: string, options: Options): Promise<Response> {
    const init: RequestInit = {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json, application/problem+json',
        // Marks a request as the workspace's own for browsers that say nothing of where it comes from.
        ...(method === 'GET' ? {} : { 'X-Candour-Request': '1' }),
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...options.headers,
      },
    }
    if (options.body !== undefined) init.body = JSON.stringify(options.body)
    if (options.signal) init.signal = options.signal
    let response: Response
    try {
      response = await this.fetcher(path, init)
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
      throw new Problem('unreachable', text.problem.unreachable, text.problem.unreachableDetail, 0)
    }
    if (!response.ok) {
      if (response.status === 401 && !options.quiet) this.signedOut()
      throw problemFrom(response.status, response.statusText, await response.json().catch(() => null))
    }
    return response
  }
}
