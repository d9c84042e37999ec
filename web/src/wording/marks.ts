// Which parts of a text answer to the words of a search, for showing only.

export interface Part {
  text: string
  hit: boolean
}

/** Words that must follow one another; the last may be a beginning only. */
interface Sought {
  words: string[]
  beginning: boolean
}

interface Word {
  word: string
  from: number
  to: number
}

/** As the search sees a word: without case and accents. */
function plain(word: string): string {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function wordsOf(value: string): Word[] {
  return [...value.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({ word: plain(match[0]), from: match.index, to: match.index + match[0].length }))
}

function soughtBy(query: string): Sought[] {
  return [...query.matchAll(/(-?)"([^"]*)"?|(-?)([^\s"]+)/g)].flatMap((match) => {
    const [, without, phrase, withoutWord, word] = match
    const written = phrase ?? word ?? ''
    const words = wordsOf(written).map((one) => one.word)
    if (without || withoutWord || words.length === 0) return []
    return [{ words, beginning: phrase === undefined && written.endsWith('*') }]
  })
}

/** Cuts a text into what was searched for and the rest. */
export function markWords(value: string, query: string): Part[] {
  const sought = soughtBy(query)
  const words = wordsOf(value)
  const parts: Part[] = []
  let from = 0
  for (let at = 0; at < words.length; ) {
    const found = sought.find((one) => meets(words, at, one))
    const [first, last] = [words[at], words[at + (found?.words.length ?? 1) - 1]]
    if (found && first && last) {
      if (first.from > from) parts.push({ text: value.slice(from, first.from), hit: false })
      parts.push({ text: value.slice(first.from, last.to), hit: true })
      from = last.to
    }
    at += found?.words.length ?? 1
  }
  if (from < value.length) parts.push({ text: value.slice(from), hit: false })
  return parts
}

function meets(words: readonly Word[], at: number, { words: sought, beginning }: Sought): boolean {
  return sought.every((one, place) => {
    const word = words[at + place]?.word
    if (word === undefined) return false
    return beginning && place === sought.length - 1 ? word.startsWith(one) : word === one
  })
}
