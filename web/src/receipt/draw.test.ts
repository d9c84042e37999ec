import { expect, test } from 'vitest'
import { draw } from './draw'

test.each([
  ['all', 'dice 4 2 6 ü', 'AAAA', 100, 1000, 8, [374, 700, 940, 319, 709, 806, 681, 264]],
  ['all', 'a seed', 'ywPe8MW2O97L7WzYY8jmHtqyPhrHq3AoHGmRg8rCvvY=', 0, 1000, 5, [698, 660, 249, 363, 208]],
  ['unexplained', 's', 'R', 0, 3, 9, [2, 0, 1]],
  ['all', 's', 'R', 0, 0, 9, []],
])('what is drawn of %s with seed %s follows from the description', async (stratum, seed, root, first, span, wanted, drawn) => {
  expect(await draw(stratum, seed, root, first, span, wanted)).toEqual(drawn)
})

test('a longer sample begins as a shorter one, and another seed draws others', async () => {
  const few = await draw('all', 'a', 'R', 0, 1_000_000, 5)
  expect((await draw('all', 'a', 'R', 0, 1_000_000, 9)).slice(0, 5)).toEqual(few)
  expect(await draw('all', 'b', 'R', 0, 1_000_000, 5)).not.toEqual(few)
})
