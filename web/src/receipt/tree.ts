// The Merkle tree of RFC 6962: hashes of leaves and nodes, the root of a few leaves, and the path from a leaf to a root (RFC 9162, 2.1.3.2).
import { join, sha256, type Bytes } from './bytes'

export function leafHash(data: Bytes): Promise<Bytes> {
  return sha256(join([0x00], data))
}

function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(join([0x01], left, right))
}

/** The root over hashed leaves, of which there is at least one. */
export async function rootOf(hashes: readonly Bytes[]): Promise<Bytes> {
  const [only] = hashes
  if (only === undefined) throw new Error('a tree without leaves')
  if (hashes.length === 1) return only
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(await rootOf(hashes.slice(0, split)), await rootOf(hashes.slice(split)))
}

/** The root to which a leaf and its path lead, or `null` where the path does not fit the tree. */
export async function rootFromPath(leaf: Bytes, index: number, size: number, path: readonly Bytes[]): Promise<Bytes | null> {
  if (index < 0 || index >= size) return null
  let at = index
  let last = size - 1
  let hash = leaf
  for (const beside of path) {
    if (last === 0) return null
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(beside, hash)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else hash = await nodeHash(hash, beside)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : null
}
