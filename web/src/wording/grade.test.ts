import { describe, expect, test } from 'vitest'
import { gradeSentence, gradeWords } from './grade'

describe('a grade in words', () => {
  test.each([
    ['1A', '1A: reliable source, known directly'],
    ['2D', '2D: untested source, not known'],
    ['3e', '3E: source not reliable, suspected to be false'],
    [' 1B ', '1B: reliable source, known indirectly but corroborated'],
    ['2c', '2C: untested source, known indirectly'],
  ])('%s', (grade, sentence) => expect(gradeSentence(grade)).toBe(sentence))

  test.each(['', '4A', '1F', '1AA', 'B2', '1'])('`%s` is no grade and is shown as it came', (grade) => {
    expect(gradeWords(grade)).toBeNull()
    expect(gradeSentence(grade)).toContain(grade)
  })
})
