// Kinds in the sense of POLE (person, object, location, event), and those that an intelligence desk adds. Each has a word, a colour and an icon.
import type { Schema } from '../api/types'
import { text } from '../text'

export const KINDS = ['person', 'object', 'location', 'event', 'document', 'value', 'link', 'other'] as const
export type Kind = (typeof KINDS)[number]

const KNOWN: ReadonlySet<string> = new Set(KINDS)

export function kindOf(pole: string | null | undefined, value: boolean | null | undefined = false): Kind {
  if (value) return 'value'
  const word = (pole ?? '').toLowerCase()
  return KNOWN.has(word) ? (word as Kind) : 'other'
}

/** The kind of a schema by name, from the ontology. */
export function kindOfSchema(name: string, schemata: ReadonlyMap<string, Schema>, value: boolean | null | undefined = false): Kind {
  return kindOf(schemata.get(name)?.pole, value)
}

/** A schema or type of value in words; `BankAccount` is taken apart where the ontology is not at hand. */
export function schemaWords(name: string, schemata: ReadonlyMap<string, Schema>): string {
  return schemata.get(name)?.label ?? text.valueTypes[name] ?? name.replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
}

/** Outlines on a 24 by 24 grid, drawn with a line of 2, both in the page and on the chart. */
export const ICONS: Record<Kind, string> = {
  person: 'M12 11a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2ZM4.8 20c.5-4 3.4-6 7.2-6s6.7 2 7.2 6',
  object: 'M12 3.5 19.5 8v8L12 20.5 4.5 16V8ZM4.5 8 12 12.3 19.5 8M12 12.3v8.2',
  location: 'M12 21c4.6-4.7 6.6-8 6.6-11A6.6 6.6 0 0 0 5.4 10c0 3 2 6.3 6.6 11ZM12 12.200a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.400Z',
  event: 'M13.5 3 5.5 13.500h5.500L10.5 21l8-10.500H13Z',
  document: 'M6.5 3.500h7.500l4 4v13h-11.500ZM13.5 3.500v4.500h4.500M9.5 12.500h5.500M9.5 16h5.5',
  value: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9.200h15.500M4 14.800h15.5',
  link: 'M9.5 14.500l5-5M11 7l1.5-1.500a4 4 0 0 1 5.7 5.700L16.7 12.700M13 17l-1.5 1.500a4 4 0 0 1-5.7-5.700L7.3 11.3',
  other: 'M12 12h.01M12 19.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15Z',
}
