// The 3x5x2 grade of a statement, in words (College of Policing, intelligence report).
import { text } from '../text'

export interface GradeWords {
  code: string
  source: string
  information: string
  /** One phrase: "untested source, not known". */
  phrase: string
}

/** `null` where the text is no grade, so that the page shows it as it came. */
export function gradeWords(grade: string): GradeWords | null {
  const match = /^([1-3])([A-E])$/i.exec(grade.trim())
  if (!match) return null
  const [, one = '', letter = ''] = match
  const source = text.grade.source[one as '1' | '2' | '3']
  const information = text.grade.information[letter.toUpperCase() as 'A' | 'B' | 'C' | 'D' | 'E']
  return { code: one + letter.toUpperCase(), source, information, phrase: `${source}, ${information}` }
}

export function gradeSentence(grade: string): string {
  const words = gradeWords(grade)
  return words ? `${words.code}: ${words.phrase}` : text.grade.unknown(grade)
}
