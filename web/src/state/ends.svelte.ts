// The two ends of a path, gathered from wherever the person meets them. Kept for the tab.
import type { Ref } from '../api/types'

const KEY = 'candour.ends'

class Ends {
  from = $state.raw<Ref | null>(null)
  to = $state.raw<Ref | null>(null)

  constructor() {
    try {
      const kept = JSON.parse(globalThis.sessionStorage?.getItem(KEY) ?? '{}') as { from?: Ref; to?: Ref }
      this.from = kept.from ?? null
      this.to = kept.to ?? null
    } catch {
      this.from = this.to = null
    }
  }

  set(end: 'from' | 'to', ref: Ref | null): void {
    this[end] = ref
    this.keep()
  }

  swap(): void {
    ;[this.from, this.to] = [this.to, this.from]
    this.keep()
  }

  clear(): void {
    this.from = this.to = null
    this.keep()
  }

  private keep(): void {
    sessionStorage.setItem(KEY, JSON.stringify({ from: this.from, to: this.to }))
  }
}

export const ends = new Ends()
