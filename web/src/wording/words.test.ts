import { expect, test } from 'vitest'
import type { EntityLink } from '../api/types'
import { groupLinks } from './links'
import { markWords } from './marks'

test.each([
  ['Ada Hartwell', 'hart*', 'Ada [Hartwell]'],
  ['12 Mill Lane', '"mill lane"', '12 [Mill] [Lane]'],
  ['Hartwell', 'well', 'Hartwell'],
  ['Zoë Ångström', 'ångström', 'Zoë [Ångström]'],
  ['anything', '*', 'anything'],
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
