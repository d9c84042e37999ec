// Special categories of personal data and classifications, as people read them.

const CLASSES: Record<string, string> = {
  ethnicity: 'racial or ethnic origin',
  politics: 'political opinions',
  belief: 'religious or philosophical beliefs',
  'trade-union': 'trade union membership',
  genetic: 'genetic data',
  biometric: 'biometric data for identification',
  health: 'health',
  'sex-life': 'sex life or sexual orientation',
}

export const ALL_CLASSES: readonly string[] = Object.keys(CLASSES)
export const CLASSIFICATIONS: readonly string[] = ['open', 'official', 'official-sensitive', 'secret', 'top-secret']

export function className(id: string): string {
  return CLASSES[id] ?? id
}

export function classNames(ids: readonly string[], none: string): string {
  return ids.length === 0 ? none : ids.map(className).join(', ')
}
