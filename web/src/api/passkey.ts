// Passkeys in the browser: challenges out of the interface's JSON, answers back into it.

interface Json {
  toJSON(): unknown
}

interface Parsing {
  parseCreationOptionsFromJSON(options: unknown): PublicKeyCredentialCreationOptions
  parseRequestOptionsFromJSON(options: unknown): PublicKeyCredentialRequestOptions
}

function parsing(): Parsing | null {
  const known = globalThis.PublicKeyCredential as unknown as Partial<Parsing> | undefined
  return known?.parseCreationOptionsFromJSON && known.parseRequestOptionsFromJSON ? (known as Parsing) : null
}

/** Whether this browser can use passkeys at this address, which is the one they belong to. */
export function passkeysWork(at: string): boolean {
  return parsing() !== null && at === location.origin
}

/** Asks the person's device for a new passkey. */
export async function createPasskey(publicKey: unknown): Promise<unknown> {
  const made = await navigator.credentials.create({ publicKey: parsing()!.parseCreationOptionsFromJSON(publicKey) })
  return (made as unknown as Json).toJSON()
}

/** Asks the person's device to sign with a passkey. */
export async function usePasskey(publicKey: unknown): Promise<unknown> {
  const used = await navigator.credentials.get({ publicKey: parsing()!.parseRequestOptionsFromJSON(publicKey) })
  return (used as unknown as Json).toJSON()
}
