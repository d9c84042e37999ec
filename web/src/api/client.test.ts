import { describe, expect, test } from 'vitest'
import { Client, purposeHeaders, queryString, type Fetch } from './client'
import { kindOf, Problem } from './problem'

const STATED = { purpose: 'demo', case: 'Fall 12/ä', reason: 'für die Übung', mandate: 'M/1' }

function client(fetcher: Fetch) {
  const left = { times: 0 }
  return { left, client: new Client(() => STATED, () => void left.times++, fetcher) }
}
const answering = (status: number, body: unknown): Fetch => async () => new Response(JSON.stringify(body), { status, statusText: 'Status text' })

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const cause = await work.then(() => null, (one: unknown) => one)
  expect(cause).toBeInstanceOf(Problem)
  return cause as Problem
}

test('purpose headers are ASCII and leave out what was not stated', () => {
  expect(purposeHeaders(STATED)).toEqual({ 'X-Candour-Purpose': 'demo', 'X-Candour-Case': 'Fall%2012%2F%C3%A4', 'X-Candour-Reason': 'f%C3%BCr%20die%20%C3%9Cbung', 'X-Candour-Mandate': 'M%2F1' })
  expect(purposeHeaders({ purpose: 'demo', case: '', reason: '', mandate: '' })).toEqual({ 'X-Candour-Purpose': 'demo' })
  expect(purposeHeaders(null)).toEqual({})
})

test('query strings repeat lists and leave out the empty', () => {
  expect(queryString([['q', 'a b'], ['schema', 'Person'], ['schema', 'Company'], ['dataset', ''], ['all', false], ['offset', 0]])).toBe('?q=a+b&schema=Person&schema=Company&offset=0')
  expect(queryString([])).toBe('')
})

test('ids are encoded in the path, evidence carries the purpose', async () => {
  const seen: { path: string; headers: Record<string, string> }[] = []
  const { client: api } = client(async (path, init) => {
    seen.push({ path, headers: init?.headers as Record<string, string> })
    return new Response('{}')
  })
  await api.neighbours('phone:+44 1/2', 2)
  await api.ledger()
  expect(seen[0]?.path).toBe('api/entities/phone%3A%2B44%201%2F2/neighbours?depth=2')
  expect(seen[0]?.headers['X-Candour-Purpose']).toBe('demo')
  expect(seen[1]?.headers['X-Candour-Purpose']).toBeUndefined()
})

describe('what the server says becomes a problem', () => {
  test.each([
    [401, 'signed-out'],
    [403, 'refused'],
    [404, 'missing'],
    [410, 'missing'],
    [400, 'invalid'],
    [422, 'invalid'],
    [500, 'failed'],
    [503, 'failed'],
    [0, 'unreachable'],
  ] as const)('status %i is %s', (status, kind) => expect(kindOf(status)).toBe(kind))

  test('title, detail and entry are the server’s own', async () => {
    const problem = await problemOf(client(answering(403, { title: 'Refused', detail: 'no purpose', receipt_index: 17 })).client.entity('x'))
    expect([problem.kind, problem.title, problem.detail, problem.status, problem.entry]).toEqual(['refused', 'Refused', 'no purpose', 403, 17])
  })

  test('a body that is no problem document still gives a title', async () => {
    const problem = await problemOf(client(async () => new Response('<html>', { status: 502, statusText: 'Bad Gateway' })).client.entity('x'))
    expect([problem.kind, problem.title]).toEqual(['failed', 'Bad Gateway'])
  })

  test('an ended session is told of, a failed sign-in is not one', async () => {
    const ended = client(answering(401, { title: 'Not signed in' }))
    await problemOf(ended.client.entity('x'))
    expect(ended.left.times).toBe(1)
    const wrong = client(answering(401, { title: 'Unknown token' }))
    await problemOf(wrong.client.signIn('x'))
    expect(wrong.left.times).toBe(0)
  })

  test('no answer at all is unreachable; an aborted question stays an abort', async () => {
    const none = await problemOf(client(async () => Promise.reject(new TypeError('fetch failed'))).client.entity('x'))
    expect(none.kind).toBe('unreachable')
    const aborted = client(async () => Promise.reject(new DOMException('gone', 'AbortError'))).client.entity('x')
    await expect(aborted).rejects.toThrow(DOMException)
  })
})

test('a disclosure is a file with its name and entry', async () => {
  const headers = { 'Content-Disposition': 'attachment; filename="candour-7.csv"', 'X-Candour-Receipt': '7' }
  const { client: api } = client(async (path, init) => {
    expect([path, init?.method, init?.body]).toEqual(['api/export', 'POST', '{"format":"csv","query":"van","to":"Prosecutor"}'])
    return new Response('id,name', { headers })
  })
  const handed = await api.export({ format: 'csv', query: 'van', to: 'Prosecutor' })
  expect([await handed.file.text(), handed.name, handed.entry]).toEqual(['id,name', 'candour-7.csv', 7])
  const { client: refusing } = client(answering(403, { title: 'Refused', detail: 'ask a supervisor', receipt_index: 9 }))
  expect((await problemOf(refusing.export({ format: 'csv', query: 'van', to: 'x' }))).entry).toBe(9)
})

test('a timeline asks for all its things', async () => {
  const { client: api } = client(async (path) => {
    expect(path).toBe('api/timeline?id=a+b&id=c')
    return new Response('{"events": []}')
  })
  expect((await api.timeline(['a b', 'c'])).events).toEqual([])
})
