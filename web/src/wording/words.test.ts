import { expect, test } from 'vitest'
import type { EntityLink } from '../api/types'
import { groupLinks } from './links'
import { markWords } from './marks'

test.each([
  ['Ada Hartwell', 'hart*', 'Ada [Hartwell]'],
  ['12 Mill Lane', '"mill lane"', '12 [Mill Lane]'],
  ['Hartwell', 'well', 'Hartwell'],
  ['Zoë Ångström', 'ångström', 'Zoë [Ångström]'],
  ['anything', '*', 'anything'],
  ['A white van was gone; it was a van', '"white van" gone', 'A [white van] was [gone]; it was a van'],
  ['Theft TH/01791/24', '"TH/01791/24"', 'Theft [TH/01791/24]'],
  ['Mark Marks', 'mark', '[Mark] Marks'],
  ['a black van', '-black van', 'a black [van]'],
  ['Zoë Ångström', 'angstrom', 'Zoë [Ångström]'],
])('%s sought by %s', (value, query, marked) => {
  const parts = markWords(value, query)
  expect(parts.map((part) => part.text).join('')).toBe(value)
  expect(parts.map((part) => (part.hit ? `[${part.text}]` : part.text)).join('')).toBe(marked)
})

test('links are gathered by kind and direction, in an order that does not depend on how they came', () => {
  const link = (label: string, direction: EntityLink['direction'], caption: string): EntityLink => ({
    id: label + caption, schema: label, label, direction, other: { id: caption, schema: 'Person', caption },
  })
  const links = [link('owns', 'out', 'Van 10'), link('lives at', 'out', 'Mill Lane'), link('owns', 'out', 'Van 9'), link('owns', 'in', 'Ann')]
  const shape = (given: EntityLink[]) => groupLinks(given).map((group) => [group.label, group.direction, group.links.map((one) => one.other.caption)])
  expect(shape(links)).toEqual([
    ['lives at', 'out', ['Mill Lane']],
    ['owns', 'in', ['Ann']],
    ['owns', 'out', ['Van 9', 'Van 10']],
  ])
  expect(shape([...links].reverse())).toEqual(shape(links))
})

test('what several records say of one other thing stands once; shared values come last', () => {
  const link = (id: string, label: string, detail: string, other: string, value = false): EntityLink => ({ id, schema: label, label, direction: 'out', detail, other: { id: other, schema: 'S', caption: other, value } })
  const groups = groupLinks([link('1', 'telephone', '', '+44', true), link('2', 'lives at', 'given in custody', 'Mill Lane'), link('3', 'lives at', '', 'Mill Lane'), link('4', 'lives at', '2013', 'Mill Lane')])
  expect(groups.map((group) => [group.label, group.links])).toEqual([
    ['lives at', [{ other: expect.objectContaining({ id: 'Mill Lane' }), details: ['2013', 'given in custody'], count: 3 }]],
    ['', [{ other: expect.objectContaining({ id: '+44' }), details: ['telephone'], count: 1 }]],
  ])
})
