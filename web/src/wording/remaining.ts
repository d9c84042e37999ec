// How long something still lasts, as a countdown and in words.

/** Whole seconds left, none below zero; `NaN` where the end is no instant. */
export function secondsLeft(end: string | null | undefined, now: number): number {
  const at = Date.parse(end ?? '')
  return Number.isNaN(at) ? NaN : Math.max(0, Math.ceil((at - now) / 1000))
}

/** `3599` as `59:59`, `3600` as `1:00:00`. */
export function countdown(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** `3599` as “59 minutes”, `45` as “less than a minute”: for those who hear it, once a minute and not each second. */
export function minutesLeft(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? 'less than a minute' : minutes === 1 ? '1 minute' : `${minutes} minutes`
}

const DAY = 86_400_000

/** Days of the calendar, in universal time, from today until an instant; below 0 when it is past. `NaN` where there is no instant. */
export function daysUntil(end: string, now: number): number {
  return Math.floor(Date.parse(end) / DAY) - Math.floor(now / DAY)
}
