// Checks a receipt where it is read: its fields lead to its leaf, its leaf to the root of a tree, and the log has signed that tree.
// Written from the description of the formats, apart from the server, so that a slip on either side shows.
import type { Receipt } from '../api/types'
import { equal, fromHex, join, sha256, toHex, utf8, type Bytes } from './bytes'
import { isSignedBy, parseProof } from './proof'
import { leafHash, rootFromPath, rootOf } from './tree'

export type Flaw = 'fields' | 'time' | 'proof' | 'index' | 'size' | 'path' | 'signature'

export interface Checked {
  /** What is wrong; empty where all that could be checked holds. */
  flaws: Flaw[]
  /** Whether the signature could be checked. */
  signature: 'good' | 'bad' | 'unchecked'
}

/** Commitment to a field: SHA-256(0x02 ‖ salt ‖ length of the name as two bytes ‖ name ‖ value). */
async function commitment(name: string, value: string, salt: Bytes): Promise<Bytes> {
  const named = utf8(name)
  return sha256(join([0x02], salt, [named.length >> 8, named.length & 0xff], named, utf8(value)))
}

/** The leaf over the fields, shown or withheld, in their order: 0x01 ‖ root of the tree over the commitments. */
export async function leafOf(receipt: Receipt): Promise<Bytes | null> {
  const shown = [...receipt.fields]
  const withheld = new Map((receipt.withheld ?? []).map((one) => [one.position, one.commitment]))
  const commitments: Bytes[] = []
  for (let at = 0; at < receipt.fields.length + withheld.size; at++) {
    const hidden = withheld.get(at)
    const field = hidden === undefined ? shown.shift() : undefined
    const salt = fromHex(field?.salt ?? '')
    const known = hidden !== undefined ? fromHex(hidden) : field && salt?.length === 32 ? await commitment(field.name, field.value, salt) : null
    if (known?.length !== 32) return null
    commitments.push(known)
  }
  if (commitments.length === 0) return null
  return join([0x01], await rootOf(await Promise.all(commitments.map(leafHash))))
}

export function canCheck(): boolean {
  return globalThis.crypto?.subtle !== undefined
}

export async function checkReceipt(receipt: Receipt, vkey: string | null): Promise<Checked> {
  const flaws: Flaw[] = []
  const leaf = await leafOf(receipt)
  if (!leaf || toHex(leaf) !== receipt.leaf) flaws.push('fields')
  const time = receipt.fields.find((field) => field.name === 'time')
  if (!time || time.value !== new Date(receipt.time).toISOString()) flaws.push('time')
  const proof = parseProof(receipt.proof)
  const stated = fromHex(receipt.leaf)
  if (!proof || !stated) return { flaws: [...flaws, 'proof'], signature: 'unchecked' }
  if (proof.index !== receipt.index) flaws.push('index')
  if (proof.checkpoint.size !== receipt.tree_size) flaws.push('size')
  const root = await rootFromPath(await leafHash(stated), proof.index, proof.checkpoint.size, proof.path)
  if (!root || !equal(root, proof.checkpoint.root)) flaws.push('path')
  const signed = vkey === null ? null : await isSignedBy(proof.checkpoint, vkey)
  if (signed === false) flaws.push('signature')
  return { flaws, signature: signed === null ? 'unchecked' : signed ? 'good' : 'bad' }
}
