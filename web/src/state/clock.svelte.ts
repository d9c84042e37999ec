// The time, a second at a time, for as long as something on the page watches it.
import { createSubscriber } from 'svelte/reactivity'

const watch = createSubscriber((update) => {
  const timer = setInterval(update, 1000)
  return () => clearInterval(timer)
})

export const clock = {
  /** Milliseconds since 1970-01-01T00:00Z; reading it in the page reads it again each second. */
  get now(): number {
    watch()
    return Date.now()
  },
}
