import { expect, test } from 'vitest'
import type { Receipt } from '../api/types'
import { fromBase64, fromHex, sha256, toHex, utf8, type Bytes } from './bytes'
import { checkReceipt, leafOf, type Flaw } from './check'
import { isSignedBy, parseProof } from './proof'
import { leafHash, rootFromPath, rootOf } from './tree'
// @ts-expect-error the mock is plain JavaScript
import { append, receipt as receiptOf, status } from '../../mock/ledger.mjs'

const bytes = (base64: string): Bytes => fromBase64(base64) ?? utf8('')

// The worked example of the ledger's format page: seed 0x11 thirty-two times, three fields.
test('the leaf of the worked example', async () => {
  const salts = await Promise.all([0, 1, 2].map(async (at) => toHex(await sha256(new Uint8Array([0x03, ...Array<number>(32).fill(0x11), 0, 0, 0, at])))))
  expect(salts[1]).toBe('9c2d4f22f9c1fe3137e8245e734259ff201cf7642b22e9dfdf21ecc76b190d05')
  const fields = [['actor', 'ana'], ['action', 'search'], ['purpose', 'demo']].map(([name = '', value = ''], at) => ({ name, value, salt: salts[at] ?? '' }))
  const leaf = await leafOf({ index: 0, tree_size: 1, time: 0, leaf: '', proof: '', fields })
  expect(leaf && toHex(leaf)).toBe('01e68d9fa1230b0af6af10243a7b85072e6d66dc380f985daac7fcc9825661e196')
})

// Leaf n of that log holds n as eight big-endian bytes.
test('a published proof leads to its root', async () => {
  const proof = parseProof(`c2sp.org/tlog-proof@v1
index 2
/uvxhjvR/O7f7/JpOCnVD/vKwQDQ++dFSC4DL5P2uvs=
p9kYlLYfv0Y3jYjj4bH3rvOVMsUEtIS9MVUdFeCgnf8=
mJkwf510d0YSJXXt7rOWPHyDwCkkH4Kj0XuZlyh42w4=

log.example
5
ywPe8MW2O97L7WzYY8jmHtqyPhrHq3AoHGmRg8rCvvY=

— log.example goSZ9sm/IqU1kGw/h8jiTnBtrWqJWOzR7PJFD3K823ltynitAHNJdFQBc3QxgeMFrVzcxJ41vVwJb8WQrltpSLkRKg8=
`)
  expect(proof?.checkpoint).toMatchObject({ origin: 'log.example', size: 5 })
  const leaf = await leafHash(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 2]))
  expect(await rootFromPath(leaf, 2, 5, proof?.path ?? [])).toEqual(bytes('ywPe8MW2O97L7WzYY8jmHtqyPhrHq3AoHGmRg8rCvvY='))
  expect(await rootFromPath(leaf, 1, 5, proof?.path ?? [])).not.toEqual(bytes('ywPe8MW2O97L7WzYY8jmHtqyPhrHq3AoHGmRg8rCvvY='))
  expect(await rootFromPath(leaf, 5, 5, proof?.path ?? [])).toBeNull()
})

test('the root of the RFC’s single leaves and pairs', async () => {
  const one = await leafHash(utf8(''))
  expect(toHex(one)).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  expect(await rootOf([one])).toEqual(one)
})

test.each(['', 'c2sp.org/tlog-proof@v2\nindex 1\n\nx\n1\nAA==\n\n', 'c2sp.org/tlog-proof@v1\nindex 01\n\n'])('what is no proof is refused: %s', (text) => expect(parseProof(text)).toBeNull())

async function receiptAmong(others: number): Promise<Receipt> {
  const time = Date.UTC(2026, 0, 31, 8, 15, 0, 250)
  const made = append(time, { time: new Date(time).toISOString(), actor: 'ana', purpose: 'demo', reason: 'ä' }) as Receipt
  for (let at = 0; at < others; at++) append(time, { time: 'later' })
  return receiptOf(made.index) as Receipt
}

test.each([0, 1, 2, 3, 6])('an honest receipt checks in a tree with %i later entries', async (others) => {
  expect(await checkReceipt(await receiptAmong(others), status().log_key as string)).toEqual({ flaws: [], signature: 'good' })
})

test.each<[string, (receipt: Receipt) => Receipt, Flaw]>([
  ['a value', (r) => ({ ...r, fields: r.fields.map((f) => (f.name === 'actor' ? { ...f, value: 'bob' } : f)) }), 'fields'],
  ['a salt', (r) => ({ ...r, fields: r.fields.map((f) => ({ ...f, salt: f.salt.replace(/^./, (c) => (c === '0' ? '1' : '0')) })) }), 'fields'],
  ['a field left out', (r) => ({ ...r, fields: r.fields.slice(0, -1) }), 'fields'],
  ['the time', (r) => ({ ...r, time: r.time + 1 }), 'time'],
  ['the index', (r) => ({ ...r, index: r.index + 1 }), 'index'],
  ['the tree’s size', (r) => ({ ...r, tree_size: r.tree_size + 1 }), 'size'],
  ['the leaf', (r) => ({ ...r, leaf: r.leaf.slice(0, -2) + (r.leaf.endsWith('00') ? '01' : '00') }), 'path'],
  ['the proof', (r) => ({ ...r, proof: r.proof.replace('tlog-proof', 'other') }), 'proof'],
  ['the checkpoint', (r) => ({ ...r, proof: r.proof.replaceAll('candour.invalid/mock\n', 'candour.invalid/fake\n') }), 'signature'],
])('changing %s shows', async (_, change, flaw) => {
  const { flaws } = await checkReceipt(change(await receiptAmong(3)), status().log_key as string)
  expect(flaws).toContain(flaw)
})

test('a withheld field still leads to the leaf', async () => {
  const receipt = await receiptAmong(1)
  const hidden = receipt.fields[1]
  const salt = fromHex(hidden?.salt ?? '')
  const named = utf8(hidden?.name ?? '')
  const commitment = toHex(await sha256(new Uint8Array([0x02, ...(salt ?? []), 0, named.length, ...named, ...utf8(hidden?.value ?? '')])))
  const shown = { ...receipt, fields: receipt.fields.filter((field) => field !== hidden), withheld: [{ position: 1, commitment }] }
  expect((await checkReceipt(shown, null)).flaws).toEqual([])
})

test('another key has not signed, and a key that is none cannot tell', async () => {
  const proof = parseProof((await receiptAmong(0)).proof)
  if (!proof) throw new Error('no proof')
  expect(await isSignedBy(proof.checkpoint, 'other.example+00000000+' + btoa('\x01' + 'k'.repeat(32)))).toBe(false)
  expect(await isSignedBy(proof.checkpoint, 'nonsense')).toBeNull()
})
