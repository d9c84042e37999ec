// The mock's ledger: a small real one, so that receipts from it check. Salted commitments, an RFC 6962 tree, a checkpoint signed with Ed25519.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'

const ORIGIN = 'candour.invalid/mock'
const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest()
// An Ed25519 key from a fixed seed, in PKCS 8 (RFC 8410).
const secret = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), sha('mock key')]), format: 'der', type: 'pkcs8' })
const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)
const keyBytes = Buffer.concat([Buffer.from([0x01]), publicKey])
const keyId = sha(`${ORIGIN}\n`, keyBytes).subarray(0, 4)

const leafHash = (data) => sha([0x00], data)
/** How many entries there are without content. */
export const EARLIER = 9000
const hashes = Array.from({ length: EARLIER }, (_, at) => leafHash(sha(`earlier ${at}`)))

function split(n) {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
const root = (list) => (list.length === 1 ? list[0] : sha([0x01], root(list.slice(0, split(list.length))), root(list.slice(split(list.length)))))

// Whole subtrees never change: their roots are kept.
const known = new Map()
function rootBetween(from, to) {
  if (to - from === 1) return hashes[from]
  const whole = ((to - from) & (to - from - 1)) === 0
  const name = `${from} ${to}`
  if (whole && known.has(name)) return known.get(name)
  const middle = from + split(to - from)
  const hash = sha([0x01], rootBetween(from, middle), rootBetween(middle, to))
  if (whole) known.set(name, hash)
  return hash
}
function path(at, from, to) {
  if (to - from === 1) return []
  const middle = from + split(to - from)
  return at < middle ? [...path(at, from, middle), rootBetween(middle, to)] : [...path(at, middle, to), rootBetween(from, middle)]
}
const newestRoot = () => rootBetween(0, hashes.length)

export function checkpoint() {
  const text = `${ORIGIN}\n${hashes.length}\n${newestRoot().toString('base64')}\n`
  return `${text}\n— ${ORIGIN} ${Buffer.concat([keyId, sign(null, Buffer.from(text), secret)]).toString('base64')}\n`
}

export const status = () => ({
  origin: ORIGIN, size: hashes.length, root: newestRoot().toString('base64'), checkpoint: checkpoint(),
  log_key: `${ORIGIN}+${keyId.toString('hex')}+${keyBytes.toString('base64')}`,
})

/** Root of the tree as it was at a size, base64. */
export const rootOf = (size) => rootBetween(0, size).toString('base64')

const given = new Map()
const commit = ({ name, value, salt }) => sha([0x02], Buffer.from(salt, 'hex'), [name.length >> 8, name.length & 255], name, value)

/** A receipt that opens some of its fields only. */
export function withheld(receipt, names) {
  const open = (field) => names.includes(field.name)
  const hidden = receipt.fields.flatMap((field, position) => (open(field) ? [] : [{ position, commitment: commit(field).toString('hex') }]))
  return { ...receipt, fields: receipt.fields.filter(open), ...(hidden.length ? { withheld: hidden } : {}) }
}

/** Appends an entry of named values; gives its receipt. */
export function append(time, values) {
  const index = hashes.length
  const fields = Object.entries(values).map(([name, value], at) => ({ name, value, salt: sha([0x03], sha(`seed ${index}`), [0, 0, 0, at]).toString('hex') }))
  const commitments = fields.map(commit)
  const leaf = Buffer.concat([Buffer.from([0x01]), root(commitments.map(leafHash))])
  hashes.push(leafHash(leaf))
  given.set(index, { index, time, leaf: leaf.toString('hex'), fields })
  return receipt(index)
}

/** The receipt of an entry in the newest tree. */
export function receipt(index) {
  const entry = given.get(index)
  if (!entry) return null
  const proof = ['c2sp.org/tlog-proof@v1', `index ${index}`, ...path(index, 0, hashes.length).map((hash) => hash.toString('base64')), '', checkpoint()].join('\n')
  return { index, tree_size: hashes.length, time: entry.time, leaf: entry.leaf, proof, fields: entry.fields }
}
