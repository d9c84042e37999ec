// Draws a sample again, from the description of how it is drawn, so that a home that picked other entries shows.
import { sha256, utf8 } from './bytes'

/** Numbers from `first` to `first + span - 1` in the order drawn: `wanted` of them, or all where there are no more. */
export async function draw(stratum: string, seed: string, root: string, first: number, span: number, wanted: number): Promise<number[]> {
  const drawn = new Set<number>()
  const many = Math.min(wanted, span)
  const wide = 2n ** 64n
  const least = wide - (span > 0 ? wide % BigInt(span) : 0n)
  for (let number = 0; drawn.size < many; number++) {
    const digest = await sha256(utf8(`candour-sample/v1\n${stratum}\n${seed}\n${root}\n${first} ${span}\n${number}\n`))
    const x = new DataView(digest.buffer).getBigUint64(0)
    if (x < least) drawn.add(first + Number(x % BigInt(span)))
  }
  return [...drawn]
}
