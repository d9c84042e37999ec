// Numbers with their nouns.

const numbers = new Intl.NumberFormat('en-GB')

export const number = (n: number): string => numbers.format(n)
export const plural = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`
