// Signing a note where it is read (C2SP signed-note, Ed25519): the private key is read from its text, used once, and not kept.
import { fromBase64, join, sha256, toHex, utf8, type Bytes } from '../receipt/bytes'

export type KeyFault = 'not-a-key' | 'other-kind' | 'wrong-id' | 'unable'

/** Why a key cannot sign. It never holds the key. */
export class SigningFault extends Error {
  constructor(readonly fault: KeyFault) {
    super(fault)
    this.name = 'SigningFault'
  }
}

export interface Signed {
  /** Name of the key. */
  name: string
  /** The signature line, `— NAME BASE64`, with its line break. */
  line: string
  /** The whole note: the text, an empty line, the signature line. */
  note: string
}

const ED25519 = 0x01
/** An Ed25519 private key in PKCS 8 (RFC 8410) up to its 32 bytes of seed. */
const PKCS8_HEAD = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

/** Whether this browser can sign: only in a secure context, and only where it knows Ed25519. */
export async function canSign(): Promise<boolean> {
  if (globalThis.crypto?.subtle === undefined) return false
  return crypto.subtle.importKey('pkcs8', join(PKCS8_HEAD, new Uint8Array(32)), { name: 'Ed25519' }, false, ['sign']).then(
    () => true,
    () => false,
  )
}

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
export async function keyIdOf(name: string, publicKey: Bytes): Promise<Bytes> {
  return (await sha256(join(utf8(name), [0x0a, ED25519], publicKey))).slice(0, 4)
}

/** Signs a text with the key that `PRIVATE+KEY+NAME+ID+base64(0x01 ‖ seed)` states. The text ends with a line break. */
export async function signNote(text: string, privateKey: string): Promise<Signed> {
  const match = /^PRIVATE\+KEY\+([^+\s\p{Cc}]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(privateKey.trim())
  const keyed = fromBase64(match?.[3] ?? '')
  if (!match || !keyed || keyed.length === 0) throw new SigningFault('not-a-key')
  if (keyed[0] !== ED25519) throw new SigningFault('other-kind')
  if (keyed.length !== 33) throw new SigningFault('not-a-key')
  const name = match[1] ?? ''
  const { key, publicKey } = await imported(keyed.slice(1))
  keyed.fill(0)
  const id = await keyIdOf(name, publicKey)
  if (toHex(id) !== match[2]) throw new SigningFault('wrong-id')
  const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, key, utf8(text)))
  const line = `— ${name} ${toBase64(join(id, signature))}\n`
  return { name, line, note: `${text}\n${line}` }
}

async function imported(seed: Bytes): Promise<{ key: CryptoKey; publicKey: Bytes }> {
  const pkcs8 = join(PKCS8_HEAD, seed)
  try {
    // Extractable, since the public half is only to be had by taking the key out again; it lives for this one call.
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, true, ['sign'])
    const { x } = await crypto.subtle.exportKey('jwk', key)
    const publicKey = fromBase64((x ?? '').replaceAll('-', '+').replaceAll('_', '/'))
    if (publicKey?.length !== 32) throw new SigningFault('unable')
    return { key, publicKey }
  } catch {
    throw new SigningFault('unable')
  } finally {
    pkcs8.fill(0)
    seed.fill(0)
  }
}

function toBase64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes))
}
