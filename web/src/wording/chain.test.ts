import { expect, test } from 'vitest'
import type { ChartEdge, ChartNode } from '../api/types'
import { chainText, steps } from './chain'

const node = (id: string, caption: string): ChartNode => ({ id, schema: 'Person', caption })
const edge = (id: string, label: string, source: string, target: string, directed = true): ChartEdge => ({ id, schema: 'Residence', label, source, target, directed })
const byId = <T extends { id: string }>(list: T[]) => new Map(list.map((one) => [one.id, one]))

const nodes = byId([node('a', 'Ann Lee'), node('m', '12 Mill Lane'), node('b', 'Bob Ray'), node('p', '+441632960001'), node('c', 'Cy Orme')])
const edges = [edge('1', 'lives at', 'a', 'm'), edge('2', 'lives at', 'b', 'm'), edge('3', 'phone', 'b', 'p', false), edge('4', 'phone', 'c', 'p', false), edge('2', 'lives at', 'c', 'm')]

test('arrows point as the links do', () => {
  const chain = steps(['a', '1', 'm', '2', 'b', '3', 'p', '4', 'c'], nodes, edges)
  expect(chainText(chain)).toBe('Ann Lee —lives at→ 12 Mill Lane ←lives at— Bob Ray —phone— +441632960001 —phone— Cy Orme')
})

test('a path of one thing is its name', () => {
  expect(chainText(steps(['a'], nodes, edges))).toBe('Ann Lee')
  expect(steps([], nodes, edges)).toEqual([])
})

test('what the answer does not explain stands for itself', () => {
  expect(chainText(steps(['a', '9', 'z'], nodes, edges))).toBe('Ann Lee —9— z')
})
