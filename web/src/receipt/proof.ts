// The text of a proof (C2SP tlog-proof, version 1), its signed checkpoint, and the log's signature on it (C2SP signed-note, Ed25519).
import { fromBase64, join, utf8, type Bytes } from './bytes'

export interface Proof {
  index: number
  path: Bytes[]
  checkpoint: Checkpoint
}

export interface Checkpoint {
  origin: string
  size: number
  root: Bytes
  /** What is signed, its last newline included. */
  signed: string
  signatures: { name: string; bytes: Bytes }[]
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : null
}

export function parseProof(text: string): Proof | null {
  const cut = text.indexOf('\n\n')
  if (cut < 0) return null
  const [head, ...rest] = text.slice(0, cut).split('\n')
  if (head !== 'c2sp.org/tlog-proof@v1') return null
  const lines = rest[0]?.startsWith('extra ') ? rest.slice(1) : rest
  const index = lines[0]?.startsWith('index ') ? whole(lines[0].slice('index '.length)) : null
  const path = lines.slice(1).map(fromBase64)
  const checkpoint = parseCheckpoint(text.slice(cut + 2))
  if (index === null || checkpoint === null || path.some((hash) => hash?.length !== 32)) return null
  return { index, path: path.filter((hash) => hash !== null), checkpoint }
}

export function parseCheckpoint(note: string): Checkpoint | null {
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0) return null
  const signed = note.slice(0, cut + 1)
  const [origin = '', sizeText, rootText = ''] = signed.split('\n')
  const size = whole(sizeText)
  const root = fromBase64(rootText)
  if (origin === '' || size === null || root?.length !== 32) return null
  const signatures = note
    .slice(cut + 2)
    .split('\n')
    .flatMap((line) => {
      const match = /^— (\S+) (\S+)$/.exec(line)
      const bytes = match?.[2] === undefined ? null : fromBase64(match[2])
      return match?.[1] !== undefined && bytes ? [{ name: match[1], bytes }] : []
    })
  return { origin, size, root, signed, signatures }
}

/** Whether a verifier key (`name+keyid+base64`) signed the checkpoint; `null` where this browser or key cannot tell. */
export async function isSignedBy(checkpoint: Checkpoint, vkey: string): Promise<boolean | null> {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey.trim())
  const key = fromBase64(match?.[3] ?? '')
  if (!match || key?.length !== 33 || key[0] !== 0x01) return null
  const id = parseInt(match[2] ?? '', 16)
  const own = checkpoint.signatures.find(({ name, bytes }) => name === match[1] && bytes.length === 68 && new DataView(bytes.buffer).getUint32(0) === id)
  if (!own) return false
  try {
    const imported = await crypto.subtle.importKey('raw', join(key.slice(1)), { name: 'Ed25519' }, false, ['verify'])
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, join(own.bytes.slice(4)), utf8(checkpoint.signed))
  } catch {
    return null
  }
}
