// The fields of an entry in their order, shown or withheld, for reading.
import type { Receipt } from '../api/types'

export interface EntryField {
  /** Name of the field; empty where it is withheld and not to be told. */
  name: string
  position: number
  /** `null` where it is withheld or was erased. */
  value: string | null
  /** Commitment of a withheld one, hex. */
  commitment: string | null
}

/** The order in which entries hold their fields. */
const ORDER = ['time', 'actor', 'action', 'purpose', 'case', 'reason', 'mandate', 'charter', 'policies', 'query', 'outcome', 'results', 'previous_epoch']

export function entryFields(receipt: Pick<Receipt, 'fields' | 'withheld'>): EntryField[] {
  const withheld = new Map((receipt.withheld ?? []).map((one) => [one.position, one.commitment]))
  const shown = [...receipt.fields]
  const fields: EntryField[] = []
  for (let position = 0; position < receipt.fields.length + withheld.size; position++) {
    const commitment = withheld.get(position)
    const field = commitment === undefined ? shown.shift() : undefined
    if (commitment !== undefined) fields.push({ name: '', position, value: null, commitment })
    else if (field) fields.push({ name: field.name, position, value: field.value, commitment: null })
  }
  // A withheld field can be named only where all the others stand where such entries have them.
  const usual = fields.length === ORDER.length && fields.every((field) => field.name === '' || field.name === ORDER[field.position])
  return usual ? fields.map((field) => ({ ...field, name: ORDER[field.position] ?? field.name })) : fields
}
