// Counts what holds and what does not, and says so in one plain last line.

export class Tally {
  passed = 0
  failed = 0

  /** Runs one check; tells whether it held. */
  async check(name, work) {
    const from = Date.now()
    try {
      await work()
      this.passed += 1
      console.log(`ok    ${name} (${Date.now() - from} ms)`)
      return true
    } catch (cause) {
      this.failed += 1
      console.log(`FAIL  ${name}\n      ${String(cause?.message ?? cause).split('\n').slice(0, 12).join('\n      ')}`)
      return false
    }
  }

  finish() {
    console.log(`${this.passed} passed, ${this.failed} failed`)
    return this.failed === 0 && this.passed > 0
  }
}

export function holds(condition, message) {
  if (!condition) throw new Error(message)
}
