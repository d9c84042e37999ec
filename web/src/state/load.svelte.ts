// One answer on its way: waiting, here, or refused. A newer question puts an older one aside.
import { Problem } from '../api/problem'
import { text } from '../text'

export class Load<T> {
  answer = $state.raw<T | null>(null)
  problem = $state.raw<Problem | null>(null)
  waiting = $state(false)
  private abort: AbortController | null = null

  async ask(question: (signal: AbortSignal) => Promise<T>, keep = false): Promise<T | null> {
    this.abort?.abort()
    const mine = new AbortController()
    this.abort = mine
    this.waiting = true
    this.problem = null
    if (!keep) this.answer = null
    try {
      const answer = await question(mine.signal)
      if (this.abort !== mine) return null
      this.answer = answer
      this.waiting = false
      return answer
    } catch (cause) {
      if (this.abort !== mine) return null
      this.answer = null
      this.waiting = false
      this.problem = asProblem(cause)
      return null
    }
  }

  clear(): void {
    this.abort?.abort()
    this.abort = null
    this.answer = null
    this.problem = null
    this.waiting = false
  }
}

export function asProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause
  return new Problem('failed', text.problem.unexpected, cause instanceof Error ? cause.message : String(cause), 0)
}
