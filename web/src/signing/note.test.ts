// Keys and signatures as the program itself writes them (`candour_ledger::SigningKey` with seeds of 32 equal bytes).
import { expect, test } from 'vitest'
import { isSignedBy } from '../receipt/proof'
import { canSign, signNote, SigningFault, type KeyFault } from './note'

const TEXT = 'candour-mandate/v1\nid: fixture\ngrounds: ein Grund, größer als keiner\n'
const KEY = 'PRIVATE+KEY+authority.example/1+ad0b6d21+AQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH'
const VKEY = 'authority.example/1+ad0b6d21+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs'

test.each([
  [KEY, 'authority.example/1', '— authority.example/1 rQttIX2dwX9H1pAKJ0OAcC3V6ZvE5VIcUh/wjZidTWi7MVpnYmxkKgxsBkBXA2PmGD+8vIg9yNE69DiDq6wvyow+6gQ=\n'],
  [`${KEY}\n`, 'authority.example/1', '— authority.example/1 rQttIX2dwX9H1pAKJ0OAcC3V6ZvE5VIcUh/wjZidTWi7MVpnYmxkKgxsBkBXA2PmGD+8vIg9yNE69DiDq6wvyow+6gQ=\n'],
  ['PRIVATE+KEY+prüfstelle+24bd193e+AQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ', 'prüfstelle', '— prüfstelle JL0ZPlyFG0BZlI0kUCO+t5Y6q3GfGK5ZUfx+cQxzQOTnJkBjhV/1JXDVKrwg6flAPCmCcqProDw6TEfEkVG9ylRQ5Qs=\n'],
])('the signature is, to the byte, that of the program', async (key, name, line) => {
  expect(await canSign()).toBe(true)
  expect(await signNote(TEXT, key)).toEqual({ name, line, note: `${TEXT}\n${line}` })
})

test('the key that made it verifies it, and no other', async () => {
  const { line } = await signNote(TEXT, KEY)
  const [, name = '', encoded = ''] = /^— (\S+) (\S+)\n$/.exec(line) ?? []
  const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))
  const note = { origin: '', size: 0, root: new Uint8Array(32), signed: TEXT, signatures: [{ name, bytes }] }
  expect(await isSignedBy(note, VKEY)).toBe(true)
  expect(await isSignedBy({ ...note, signed: `${TEXT} ` }, VKEY)).toBe(false)
})

test.each<[string, KeyFault]>([
  ['', 'not-a-key'],
  ['-----BEGIN PRIVATE KEY-----', 'not-a-key'],
  [VKEY, 'not-a-key'],
  [KEY.slice(0, -4), 'not-a-key'],
  [KEY.replace('authority', 'authority two'), 'not-a-key'],
  [KEY.replace('ad0b6d21', 'ad0b6d22'), 'wrong-id'],
  [KEY.replace('authority.example/1', 'authority.example/2'), 'wrong-id'],
  ['PRIVATE+KEY+witness.example+e6557821+BAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI', 'other-kind'],
])('%s cannot sign: %s', async (key, fault) => {
  const cause = await signNote(TEXT, key).catch((one: unknown) => one)
  expect(cause).toBeInstanceOf(SigningFault)
  expect((cause as SigningFault).fault).toBe(fault)
  // What is said of a key never holds the key.
  expect(String(cause)).not.toContain('BwcHBwcH')
})
