import { expect, test } from 'vitest'
import { entryFields } from './entry'

const NAMES = ['time', 'actor', 'action', 'purpose', 'case', 'reason', 'mandate', 'charter', 'policies', 'query', 'outcome', 'results', 'previous_epoch']
const field = (name: string) => ({ name, value: `of ${name}`, salt: '' })
const hidden = (position: number) => ({ position, commitment: `c${position}` })

test('withheld fields stand in their places and are named by them', () => {
  const fields = entryFields({ fields: NAMES.filter((name) => name !== 'query' && name !== 'results').map(field), withheld: [hidden(9), hidden(11)] })
  expect(fields.map((one) => one.name)).toEqual(NAMES)
  expect(fields.filter((one) => one.value === null).map((one) => [one.name, one.commitment])).toEqual([['query', 'c9'], ['results', 'c11']])
})

test('a withheld field of an entry of another kind stays without a name', () => {
  const fields = entryFields({ fields: [field('time'), field('counts')], withheld: [hidden(1)] })
  expect(fields.map((one) => [one.name, one.value])).toEqual([['time', 'of time'], ['', null], ['counts', 'of counts']])
})

test('nothing withheld', () => expect(entryFields({ fields: [field('time')] })).toEqual([{ name: 'time', position: 0, value: 'of time', commitment: null }]))
