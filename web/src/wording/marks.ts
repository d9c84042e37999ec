// Which parts of a text answer to the words of a search, for showing only.

export interface Part {
  text: string
  hit: boolean
}

function plainWords(query: string): string[] {
  return [...query.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => match[0].toLowerCase())
}

/** Cuts a text into words that begin with a searched word, and the rest. */
export function markWords(value: string, query: string): Part[] {
  const sought = plainWords(query)
  if (sought.length === 0) return [{ text: value, hit: false }]
  const parts: Part[] = []
  let from = 0
  for (const match of value.matchAll(/[\p{L}\p{N}]+/gu)) {
    const word = match[0].toLowerCase()
    if (!sought.some((one) => word.startsWith(one))) continue
    if (match.index > from) parts.push({ text: value.slice(from, match.index), hit: false })
    parts.push({ text: match[0], hit: true })
    from = match.index + match[0].length
  }
  if (from < value.length) parts.push({ text: value.slice(from), hit: false })
  return parts
}
