import { describe, expect, test } from 'vitest'
import type { ChartEdge, ChartNode } from '../api/types'
import { fold } from './fold'
import { besides, countKinds, grow, joinLabels, lines, lineWords, web, without } from './model'
import { fraction, layers, seed, towards } from './place'
import { spread } from './spread'

const node = (id: string, pole: string | null = 'person', more: Partial<ChartNode> = {}): ChartNode => ({ id, schema: 'S', pole, caption: id, hop: 1, ...more })
const edge = (id: string, source: string, target: string, label = 'owns', directed = true): ChartEdge => ({ id, schema: 'S', label, source, target, directed })

describe('a web of things', () => {
  const start = web([node('a', 'person', { hop: 0 }), node('b'), node('p', null, { value: true })], [edge('1', 'a', 'b'), edge('2', 'a', 'p', 'phone', false), edge('3', 'a', 'nowhere')])

  test('keeps only links with both ends', () => expect(start.edges.size).toBe(2))

  test('grows without losing the steps that are known', () => {
    const grown = grow(start, [node('b', 'person', { hop: 0 }), node('c')], [edge('4', 'b', 'c')], 1)
    expect(grown.nodes.get('b')?.hop).toBe(1)
    expect(grown.nodes.get('c')?.hop).toBe(2)
    expect(start.nodes.size).toBe(3)
  })

  test('counts kinds in their own order and hides them', () => {
    expect(countKinds(start)).toEqual([{ kind: 'person', count: 2 }, { kind: 'value', count: 1 }])
    expect([...without(start, new Set(['person']), new Set(['a'])).nodes.keys()]).toEqual(['a', 'p'])
    expect(without(start, new Set(['value'])).edges.size).toBe(1)
  })

  test('draws one line between two things, with an arrow only if all agree', () => {
    const agreeing = lines(web([node('a'), node('b')], [edge('1', 'a', 'b', 'owns'), edge('2', 'a', 'b', 'directs'), edge('3', 'a', 'b', 'owns')]))
    expect(agreeing).toMatchObject([{ labels: ['owns', 'directs'], directed: true, weight: 3 }])
    const opposed = lines(web([node('a'), node('b')], [edge('1', 'a', 'b'), edge('2', 'b', 'a')]))
    expect(opposed).toMatchObject([{ directed: false, weight: 2 }])
  })

  test('says once what a thing is linked with, and how', () => {
    expect(besides(start, 'p').map((one) => [one.node.id, one.words])).toEqual([['a', ['phone']]])
    const several = web([node('a'), node('b'), node('c', 'event')], [edge('1', 'a', 'b', 'owns (40)'), edge('2', 'a', 'b', 'owns (60)'), edge('3', 'b', 'a', 'knows'), edge('4', 'c', 'a', 'saw')])
    expect(besides(several, 'a').map((one) => [one.node.id, one.words, one.links])).toEqual([['b', ['owns (40, 60) →', '← knows'], 3], ['c', ['← saw'], 1]])
  })
})

test('labels with one verb are joined, and shortened on a line', () => {
  expect(joinLabels(['is in (arrested)', 'is in (suspect)', 'is in (arrested)', 'saw'])).toEqual(['is in (arrested, suspect)', 'saw'])
  expect(joinLabels(['seen (2024-09-01T03:30:00)', 'seen (2024-08-15)'])).toEqual(['seen (15 August 2024; 1 September 2024, 03:30)'])
  expect(joinLabels(['2024-08-15', '2024-09', '2025', '2026', '2027'].map((date) => `seen (${date})`))).toEqual(['seen (15 August 2024, September 2024, 2025 and 2 more)'])
  expect(lineWords(['owns (40)', 'directs'])).toBe('owns (40), directs')
  expect(lineWords(['lives at (address given in custody)', 'lives at (2013-11-19)'])).toBe('lives at')
  expect(lineWords(['x'.repeat(50)], 10)).toBe(`${'x'.repeat(9)}…`)
})

describe('folding', () => {
  const calls = Array.from({ length: 6 }, (_, at) => node(`c${at}`, 'event'))
  const ends = calls.flatMap((call) => [edge(`${call.id}-1`, call.id, 'p', 'from'), edge(`${call.id}-2`, call.id, 'q', 'to')])
  const whole = web([node('a'), node('p', null, { value: true }), node('q', null, { value: true }), ...calls], [edge('1', 'a', 'p', 'phone'), ...ends])
  const name = (schema: string, count: number) => `${count} ${schema}`

  test('draws things alike as one, with all their links', () => {
    const { web: drawn, bundles } = fold(whole, new Set(), new Set(['a']), name)
    expect([...bundles.values()].map((members) => members.length)).toEqual([6])
    expect([...drawn.nodes.values()].map((one) => one.caption)).toEqual(['a', 'p', 'q', '6 S'])
    expect(lines(drawn).map((line) => line.weight)).toEqual([1, 6, 6])
    const [key = ''] = bundles.keys()
    expect(fold(whole, new Set([key]), new Set(), name)).toEqual({ web: whole, bundles: new Map() })
  })

  test('leaves a few, the centre, and those that differ', () => {
    expect(fold(web([...whole.nodes.values()].filter((one) => !/c[3-5]/.test(one.id)), ends), new Set(), new Set(), name).bundles.size).toBe(0)
    const other = grow(whole, [node('z')], [edge('9', 'c0', 'z')])
    const [members] = fold(other, new Set(), new Set(['c1']), name).bundles.values()
    expect(members?.map((one) => one.id)).toEqual(['c2', 'c3', 'c4', 'c5'])
  })
})

describe('places', () => {
  test('depend on nothing but the web', () => {
    const whole = web([node('a', 'person', { hop: 0 }), node('b')], [edge('1', 'a', 'b')])
    expect(seed(whole, lines(whole), new Map())).toEqual(seed(whole, lines(whole), new Map()))
    expect(seed(whole, lines(whole), new Map([['a', { x: 5, y: 6 }]])).get('a')).toEqual({ x: 5, y: 6 })
    expect(fraction('a')).not.toBe(fraction('b'))
  })

  test('paths run from the start to the end, downwards in a narrow window', () => {
    const paths = [['a', '1', 'm', '2', 'b'], ['a', '3', 'n', '4', 'b']]
    const wide = layers(paths, { width: 900, height: 300 })
    expect([wide.get('a')?.x, wide.get('m')?.x, wide.get('b')?.x]).toEqual([0, 1, 2])
    expect(wide.get('m')?.y).not.toBe(wide.get('n')?.y)
    const narrow = layers(paths, { width: 300, height: 500 })
    expect([narrow.get('a')?.y, narrow.get('b')?.y]).toEqual([-0, -2])
  })

  test('arrow keys go to what lies that way', () => {
    const points = new Map([['here', { x: 0, y: 0 }], ['right', { x: 10, y: 1 }], ['far', { x: 30, y: 0 }], ['up', { x: 1, y: -10 }]])
    expect(towards(points, { x: 0, y: 0 }, 1, 0, 'here')).toBe('right')
    expect(towards(points, { x: 0, y: 0 }, 0, -1, 'here')).toBe('up')
    expect(towards(points, { x: 0, y: 0 }, -1, 0, 'here')).toBeNull()
  })

  test('spreading parts what lay on one spot', () => {
    const spots = spread(Array.from({ length: 30 }, () => ({ x: 1, y: 1 })), 1.5)
    const apart = spots.every((a, i) => spots.every((b, j) => i === j || Math.hypot(a.x - b.x, a.y - b.y) > 20))
    expect(apart).toBe(true)
    expect(spread([{ x: 3, y: 4 }], 1)).toEqual([{ x: 3, y: 4 }])
  })
})
