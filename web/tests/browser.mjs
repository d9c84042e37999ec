// The browser under test: launched fresh, watched for errors and failed requests, examined with axe-core.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { holds } from './tally.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
export const PATIENCE_MS = 15_000

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS, timeout: 60_000 })
}

/** A page in a context of its own. `complaints` gathers console errors, uncaught errors and failed requests. */
export async function openPage(browser, size, colorScheme = 'light') {
  const context = await browser.newContext({ viewport: size, colorScheme, acceptDownloads: true, reducedMotion: 'reduce', locale: 'en-GB' })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('requestfailed', (request) => {
    // A newer question puts an older one aside; a download ends its own navigation.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`request: ${request.url()} ${request.failure()?.errorText}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`answer: ${response.status()} ${response.url()}`)
  })
  return { context, page, complaints }
}

export async function noComplaints(complaints) {
  holds(complaints.length === 0, complaints.join('\n'))
}

/** No serious or critical violation, and nothing wider than the window. */
export async function sound(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  holds(wide <= 0, `the page is ${wide} px wider than the window`)
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] })
    return violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .map((one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`)
  })
  holds(found.length === 0, found.join('\n'))
}

/** Presses Tab until the wanted element has the focus, and sees that the focus shows. */
export async function tabTo(page, locator, what, most = 120) {
  const wanted = locator.first()
  await wanted.waitFor()
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      const shown = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none')
      holds(shown, `the focus on ${what} cannot be seen`)
      return
    }
  }
  throw new Error(`${most} presses of Tab did not reach ${what}`)
}

/** The chart has come to rest and something is drawn on it. */
export async function chartAtRest(page) {
  await page.locator('[data-layout="still"]').waitFor()
  await page.waitForFunction(() => {
    const canvas = document.querySelector('canvas.sigma-over')
    if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return false
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value) => value !== 0)
  })
}

/** A whole number as a page writes it. */
export function numberIn(text) {
  const match = /[\d,]+/.exec(text ?? '')
  holds(match !== null, `no number in “${text}”`)
  return Number(match[0].replaceAll(',', ''))
}
