// Who is signed in, and for what purpose. The purpose in use belongs to the tab; a new tab starts with the one stated last.
// Both are forgotten at sign-out.
import { Client, type StatedPurpose } from '../api/client'
import { Problem } from '../api/problem'
import type { Me, PurposeRule, Schema } from '../api/types'
import { asOfNow, before, lacking, mandatesFor, readKept, remember, type Lacking } from './purpose'

const SIGNED_IN = 'candour.signed-in'
const kept = (person: string) => `candour.purposes.${person}`
const inUse = (person: string) => `candour.purpose.${person}`

class Session {
  me = $state.raw<Me | null>(null)
  purpose = $state.raw<StatedPurpose | null>(null)
  recent = $state.raw<StatedPurpose[]>([])
  schemata = $state.raw<Map<string, Schema>>(new Map())
  /** `starting` until it is known whether somebody is signed in. */
  phase = $state<'starting' | 'out' | 'in'>('starting')
  /** Set when the server says that the session has ended. */
  ended = $state(false)
  /** The person asked to state another purpose. */
  restating = $state(false)

  readonly client = new Client(
    () => this.purpose,
    () => {
      this.ended = this.phase === 'in'
      this.forget()
    },
  )

  get rule(): PurposeRule | undefined {
    return this.me?.purposes.find((rule) => rule.id === this.purpose?.purpose)
  }

  /** The case worked on before this one. */
  get before(): StatedPurpose | undefined {
    return before(this.recent, this.purpose)
  }

  may(action: string): boolean {
    return this.me?.actions.includes(action) ?? false
  }

  /** Asks who is signed in, only where this browser has signed in before: a stranger's visit makes no failing request. */
  async start(): Promise<void> {
    if (localStorage.getItem(SIGNED_IN) === null) {
      this.phase = 'out'
      return
    }
    try {
      this.enter(await this.client.me())
    } catch (cause) {
      if (!(cause instanceof Problem && cause.kind === 'unreachable')) localStorage.removeItem(SIGNED_IN)
      this.phase = 'out'
    }
  }

  async signIn(token: string): Promise<void> {
    this.enter(await this.client.signIn(token.trim()))
  }

  /** The server has begun a session by another way than a token. */
  entered(me: Me): void {
    this.enter(me)
  }

  async signOut(): Promise<void> {
    const person = this.me?.person.id
    try {
      await this.client.signOut()
    } finally {
      if (person) {
        localStorage.removeItem(kept(person))
        sessionStorage.removeItem(inUse(person))
      }
      this.ended = false
      this.forget()
    }
  }

  /** What is lacking of a purpose as things stand now. */
  lacks(stated: StatedPurpose): Lacking | null {
    const rule = this.me?.purposes.find((one) => one.id === stated.purpose)
    return lacking(rule, stated, mandatesFor(rule, this.me?.mandates ?? []).length)
  }

  /** Asks again what this person may do: a mandate or an emergency access may have begun or ended. */
  async renew(): Promise<void> {
    if (this.phase !== 'in') return
    const me = await this.client.me().catch((cause: unknown) => cause as Problem)
    if (this.phase !== 'in') return
    if (!(me instanceof Error)) this.take(me)
    else if (me instanceof Problem && me.kind === 'signed-out') {
      this.ended = true
      this.forget()
    }
  }

  state(stated: StatedPurpose): void {
    const person = this.me?.person.id
    if (!person) return
    this.purpose = stated
    this.recent = remember(this.recent, stated)
    this.restating = false
    sessionStorage.setItem(inUse(person), JSON.stringify([stated]))
    localStorage.setItem(kept(person), JSON.stringify(this.recent))
  }

  /** Back to the case before this one, where all that it needs still holds; else the form opens. */
  back(): void {
    const to = this.before
    if (!to) return
    if (this.lacks(to)) this.restating = true
    else this.state(to)
  }

  private enter(me: Me): void {
    const allowed = (stated: StatedPurpose) => me.purposes.some((rule) => rule.id === stated.purpose)
    this.recent = readKept(localStorage.getItem(kept(me.person.id))).filter(allowed)
    this.purpose = readKept(sessionStorage.getItem(inUse(me.person.id))).filter(allowed)[0] ?? this.recent[0] ?? null
    this.take(me)
    this.phase = 'in'
    this.ended = false
    localStorage.setItem(SIGNED_IN, '1')
    void this.learnSchemata()
  }

  /** What was stated stays as far as it still holds. */
  private take(me: Me): void {
    const held = (stated: StatedPurpose) => asOfNow(stated, me.purposes.find((rule) => rule.id === stated.purpose), me.mandates ?? [])
    this.me = me
    this.recent = this.recent.map(held)
    if (this.purpose) {
      const now = held(this.purpose)
      if (now !== this.purpose) this.purpose = now
    }
  }

  /** The ontology only makes labels nicer: without it the pages work. */
  private async learnSchemata(): Promise<void> {
    try {
      const { schemata } = await this.client.ontology()
      this.schemata = new Map(schemata.map((schema) => [schema.name, schema]))
    } catch {
      this.schemata = new Map()
    }
  }

  private forget(): void {
    localStorage.removeItem(SIGNED_IN)
    this.me = null
    this.purpose = null
    this.recent = []
    this.restating = false
    this.phase = 'out'
  }
}

export const session = new Session()
