// Serves `dist` and the mock's answers on the loopback: node mock/server.mjs [port]. For development and the isolated walk only.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { own } from './account.mjs'
import * as answers from './answers.mjs'
import * as authority from './authority.mjs'
import * as ledger from './ledger.mjs'
import * as match from './match.mjs'
import * as oversight from './oversight.mjs'
import * as review from './review.mjs'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' }
export const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const PURPOSES = [
  { id: 'demo', label: 'Demonstration', description: 'Learning the system on invented data.', lawful_basis: 'None needed: nobody in it exists.', needs_case: false, needs_reason: false },
  { id: 'investigation', label: 'Investigation of an offence', description: 'Finding out whether an offence was committed, and by whom.', lawful_basis: 'Data Protection Act 2018 s.35', needs_case: true, needs_reason: true },
  { id: 'protection', label: 'Protection of life', description: 'Preventing serious harm to a person.', lawful_basis: 'Data Protection Act 2018 s.35', needs_case: false, needs_reason: true, needs_mandate: true, data_classes: ['ethnicity', 'health'] },
]
const RETENTION = { id: 'retention', label: 'Review what is kept', description: 'Deciding whether records are still needed.', lawful_basis: 'Data Protection Act 2018 s.39', needs_case: false, needs_reason: true }
const OVERSIGHT = { id: 'oversight', label: 'Check how the system is used', description: 'Verifying that what was done was lawful.', lawful_basis: 'Data Protection Act 2018 s.62', needs_case: false, needs_reason: true }
const READS = ['search', 'open_entity', 'neighbours', 'path', 'timeline']
const ALWAYS = ['issue_token', 'charter_show', 'ledger_status', 'mandate_list']
const person = (id, role, compartments = []) => ({ id, name: `Example ${role.replaceAll('-', ' ')}`, roles: [role], clearance: 'official-sensitive', compartments })
const PEOPLE = {
  analyst: { person: person('analyst', 'analyst'), purposes: PURPOSES, actions: [...READS, 'import', 'resolve', ...ALWAYS, 'break_glass_request', 'break_glass_list'] },
  supervisor: { person: person('supervisor', 'supervisor', ['harbour']), purposes: [...PURPOSES, RETENTION], actions: [...READS, 'export', 'explain', 'judge', 'split', ...ALWAYS, 'mandate_draft', 'mandate_sign', 'mandate_revoke', 'break_glass_request', 'break_glass_approve', 'break_glass_list', 'review_list', 'review_decide', 'restrict', 'disclosures'] },
  dpo: { person: person('dpo', 'data-protection-officer', ['harbour']), purposes: [PURPOSES[0], RETENTION, OVERSIGHT], actions: ['search', 'open_entity', 'read_journal', ...ALWAYS, 'mandate_draft', 'mandate_sign', 'mandate_revoke', 'break_glass_review', 'break_glass_list', 'review_list', 'review_decide', 'erase', 'restrict', 'disclosures', 'oversee'] },
  overseer: { person: person('overseer', 'overseer'), purposes: [PURPOSES[0], OVERSIGHT], actions: ['read_journal', ...ALWAYS, 'mandate_sign', 'mandate_revoke', 'break_glass_review', 'break_glass_list', 'oversee'] },
  administrator: { person: { ...person('administrator', 'administrator'), clearance: 'official' }, purposes: [], actions: [...ALWAYS, 'mandate_sign', 'manage_people'] },
}

const decoded = (value) => (value ? decodeURIComponent(String(value)) : '')

function problem(response, status, title, detail, more = {}) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }))
}
function json(response, body, headers = {}) {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers })
  response.end(JSON.stringify(body))
}
async function bodyOf(request) {
  let text = ''
  for await (const piece of request) text += piece
  return text ? JSON.parse(text) : {}
}
const whois = (request) => PEOPLE[/candour_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1]]
const ORGANISATION = 'Saltmere Constabulary (invented)'
const me = (who) => ({ ...who, organisation: ORGANISATION, mandates: authority.mandatesOf(who), glass: authority.glassOf(who) })
const ROLES = ['analyst', 'reviewer', 'supervisor', 'data-protection-officer', 'overseer', 'administrator'].map((id) => ({ id, label: id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' '), description: '' }))

const stated = (request) => ({ purpose: decoded(request.headers['x-candour-purpose']), case: decoded(request.headers['x-candour-case']), reason: decoded(request.headers['x-candour-reason']), mandate: decoded(request.headers['x-candour-mandate']) })

/** Routes that are not about evidence: method and path, the action that they are, and the answer. */
const ROUTES = [
  ['GET', /^charter$/, 'charter_show', (who, said) => ({ organisation: ORGANISATION, hash: authority.CHARTER_HASH, purposes: [...PURPOSES, RETENTION, OVERSIGHT], roles: ROLES, receipt: authority.receipt(who, 'charter_show', said, '') })],
  ['GET', /^mandates$/, 'mandate_list', (who, said) => authority.mandateList(who, said)],
  ['POST', /^mandates$/, 'mandate_draft', (who, said, body) => authority.draftMandate(who, said, body)],
  ['POST', /^mandates\/([^/]+)\/signatures$/, 'mandate_sign', (who, said, body, id) => authority.signMandate(who, said, id, body)],
  ['POST', /^mandates\/([^/]+)\/revoke$/, 'mandate_revoke', (who, said, body, id) => authority.revokeMandate(who, said, id, body)],
  ['GET', /^break-glass$/, 'break_glass_list', (who, said) => authority.glassList(who, said)],
  ['POST', /^break-glass$/, 'break_glass_request', (who, said, body) => authority.requestGlass(who, said, body)],
  ['POST', /^break-glass\/([^/]+)\/approve$/, 'break_glass_approve', (who, said, body, id) => authority.approveGlass(who, said, id)],
  ['GET', /^match$/, 'explain', (who, said, query) => match.queue(who, said, query)],
  ['GET', /^match\/pair$/, 'explain', (who, said, query) => match.explain(who, said, query)],
  ['POST', /^match\/pair$/, 'judge', (who, said, body) => match.judge(who, said, body)],
  ['GET', /^review$/, 'review_list', (who, said, query) => review.list(who, said, query)],
  ['POST', /^review\/([^/]+)$/, 'review_decide', (who, said, body, id) => review.decide(who, said, id, body)],
  ['POST', /^erase\/([^/]+)$/, 'erase', (who, said, body, id) => review.erase(who, said, id)],
  ['POST', /^restrict\/([^/]+)$/, 'restrict', (who, said, body, id) => review.restrict(who, said, id, body)],
  ['GET', /^disclosures\/([^/]+)$/, 'disclosures', (who, said, query, id) => review.disclosures(who, said, id)],
  ['GET', /^oversee\/state$/, 'oversee', (who, said, query) => oversight.state(who, said, query)],
  ['GET', /^oversee\/usage$/, 'oversee', (who, said, query) => oversight.usage(who, said, query)],
  ['GET', /^oversee\/unexplained$/, 'oversee', (who, said, query) => oversight.unexplained(who, said, query)],
  ['POST', /^oversee\/sample$/, 'oversee', (who, said, body) => oversight.sample(who, said, body)],
  ['POST', /^break-glass\/([^/]+)\/review$/, 'break_glass_review', (who, said, body, id) => authority.reviewGlass(who, said, id, body)],
]

async function governed(request, response, url, who) {
  for (const [method, path, action, answer] of ROUTES) {
    const match = path.exec(url.pathname.slice('/api/'.length))
    if (!match || method !== request.method) continue
    if (!who.actions.includes(action)) return problem(response, 403, 'Refused', `\`${action}\` is not allowed to this role`, { receipt_index: 40 }) ?? true
    const needed = ['oversee', 'review_list', 'review_decide', 'erase', 'restrict', 'disclosures'].includes(action) ? ['demo', action === 'oversee' ? 'oversight' : 'retention'] : null
    if (needed && !needed.includes(stated(request).purpose)) return problem(response, 403, 'Refused', `\`${action}\` is not allowed for this purpose; state ${needed.join(' or ')}`, { receipt_index: 40 }) ?? true
    try {
      json(response, await answer(who, stated(request), method === 'POST' ? await bodyOf(request) : url.searchParams, decodeURIComponent(match[1] ?? '')))
    } catch (cause) {
      if (!(cause instanceof authority.Refusal)) throw cause
      problem(response, cause.status, cause.title, cause.detail, { receipt_index: 40 })
    }
    return true
  }
  return false
}

async function evidence(request, response, url, who) {
  const headers = stated(request)
  const id = who.person.id
  const rule = PURPOSES.find((one) => one.id === headers.purpose)
  if (!rule) return problem(response, 400, 'No purpose stated', 'every reading of evidence needs the header `X-Candour-Purpose`')
  if (rule.needs_mandate && !authority.mandatesOf(who).some((one) => one.id === headers.mandate)) return problem(response, 403, 'Refused', 'this purpose opens evidence only under a mandate in force; state one, or ask for break-glass access', { receipt_index: 40 })
  if (id === 'administrator') return problem(response, 403, 'Refused', 'An administrator runs the system and reads no evidence; ask somebody with the role analyst.', { receipt_index: 40 })
  if (url.pathname === '/api/export') {
    if (!who.actions.includes('export')) return problem(response, 403, 'Refused', '`export` is not allowed to this role; ask somebody with the role supervisor', { receipt_index: 40 })
    const { text, index } = answers.exported(id, headers, await bodyOf(request))
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename="candour-${index}.csv"`, 'X-Candour-Receipt': String(index) })
    return response.end(text)
  }
  const [, , kind, key, sub] = url.pathname.split('/')
  const entityId = decodeURIComponent(key ?? '')
  const answer =
    kind === 'search' ? answers.search(id, headers, url.searchParams)
    : kind === 'suggest' ? answers.suggest(id, headers, url.searchParams)
    : kind === 'path' ? answers.path(id, headers, url.searchParams)
    : kind === 'timeline' ? answers.timeline(id, headers, url.searchParams.getAll('id'))
    : kind === 'receipts' ? answers.receiptAgain(Number(key))
    : kind === 'entities' && sub === 'neighbours' ? answers.neighbours(id, headers, entityId, Number(url.searchParams.get('depth') ?? 1))
    : kind === 'entities' && !sub ? answers.entity(id, headers, entityId)
    : null
  if (answer === null) return problem(response, 404, 'Not found', `there is no \`${entityId || url.pathname}\` that you may see`)
  return json(response, answer)
}

async function api(request, response, url) {
  if (url.pathname === '/api/health') return json(response, { status: 'ok' })
  if (url.pathname === '/api/ledger') return json(response, ledger.status())
  if (url.pathname === '/api/ontology') return json(response, answers.ontology())
  if (url.pathname === '/api/public') return json(response, authority.register(ORGANISATION))
  if (url.pathname.startsWith('/api/public/heartbeats/')) return json(response, authority.heartbeats(url.pathname.split('/').at(-1)))
  if (url.pathname === '/api/sign-in') {
    const { token } = await bodyOf(request)
    const name = /^demo-(\w+)$/.exec(String(token))?.[1]
    if (!PEOPLE[name]) return problem(response, 401, 'Unknown token', 'the sign-in link is unknown or has been used up; ask for a new one')
    return json(response, me(PEOPLE[name]), { 'Set-Cookie': `candour_session=${name}; HttpOnly; SameSite=Strict; Path=/` })
  }
  if (url.pathname === '/api/sign-out') return json(response, null, { 'Set-Cookie': 'candour_session=; Max-Age=0; Path=/' })
  if (url.pathname === '/api/sign-in/ways') return json(response, { passkeys_at: 'https://candour.invalid', openid: null })
  const who = whois(request)
  const mine = own(request.method, url.pathname.slice('/api/'.length), who, request.method === 'POST' && url.pathname === '/api/tokens' ? await bodyOf(request) : {})
  if (mine !== undefined) return json(response, mine)
  if (!who) return problem(response, 401, 'Not signed in', 'sign in with the link that you were given')
  if (url.pathname === '/api/me') return json(response, me(who))
  if (url.pathname === '/api/passkeys') return json(response, { passkeys: [] })
  if (url.pathname === '/api/sessions') {
    const now = new Date().toISOString()
    return json(response, { sessions: [{ id: '0f3c9a71d2b4', device: 'Chrome on Linux', how: 'link', begun: now, used: now, this: true }] })
  }
  if (url.pathname === '/api/tokens') return json(response, { tokens: [], receipt: ledger.receipt?.() ?? null })
  if (await governed(request, response, url, who)) return undefined
  return evidence(request, response, url, who)
}

function file(response, url) {
  const path = join(DIST, normalize(decodeURIComponent(url.pathname)).replace(/\/$/, '/index.html'))
  if (!path.startsWith(DIST) || !existsSync(path) || !statSync(path).isFile()) return problem(response, 404, 'Not found', `no file \`${url.pathname}\``)
  response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': CONTENT_POLICY, 'X-Content-Type-Options': 'nosniff' })
  return createReadStream(path).pipe(response)
}

export function start(port) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/log/checkpoint') {
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
      return response.end(ledger.checkpoint())
    }
    if (!url.pathname.startsWith('/api/')) return file(response, url)
    return api(request, response, url).catch((cause) => problem(response, 500, 'Failed', String(cause)))
  })
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await start(Number(process.argv[2] ?? 4180))
  console.log(`http://127.0.0.1:${server.address().port}/#/sign-in/demo-analyst`)
}
