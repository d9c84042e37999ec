// What the interface says of one's account: ways to sign in, passkeys, devices, tokens.
import type { Answer } from './types'

export interface Ways {
  /** The address at which passkeys work. */
  passkeys_at: string
  /** What the button of the OpenID provider says. */
  openid: string | null
}

/** `options` in the JSON form of Web Authentication. */
export interface Challenge {
  ceremony: string
  options: { publicKey: Record<string, unknown> }
}

export interface PasskeyView {
  id: string
  label: string
  made: string
  used: string | null
}

export interface SessionView {
  id: string
  device: string
  how: string
  begun: string
  used: string
  /** The session that asks. */
  this: boolean
}

export interface TokenView {
  id: string
  label: string
  purpose: string
  mandate: string | null
  issued: string
  expires: string
  revoked: string | null
  open: boolean
}

export type TokensAnswer = Answer & { tokens: TokenView[] }
export type IssuedAnswer = Answer & { token: string; about: TokenView }

export interface NewToken {
  label: string
  purpose: string
  mandate?: string
  days: number
}
