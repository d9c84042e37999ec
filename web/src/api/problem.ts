// RFC 9457 problem details, and what each means for the person who reads it.

export type ProblemKind = 'signed-out' | 'refused' | 'missing' | 'invalid' | 'unreachable' | 'failed'

export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly title: string,
    readonly detail: string,
    /** HTTP status, 0 where no answer came. */
    readonly status: number,
    /** The journal entry that records it, where there is one. */
    readonly entry: number | null = null,
  ) {
    super(`${title}: ${detail}`)
    this.name = 'Problem'
  }
}

export function kindOf(status: number): ProblemKind {
  if (status === 0) return 'unreachable'
  if (status === 401) return 'signed-out'
  if (status === 403) return 'refused'
  if (status === 404 || status === 410) return 'missing'
  if (status >= 400 && status < 500) return 'invalid'
  return 'failed'
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

/** Reads a problem out of whatever the server sent; a body that is no problem document still gives a usable one. */
export function problemFrom(status: number, statusText: string, body: unknown): Problem {
  const record = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const entry = typeof record['receipt_index'] === 'number' ? record['receipt_index'] : null
  return new Problem(kindOf(status), text(record['title']) || statusText || `Status ${status}`, text(record['detail']), status, entry)
}
