// Match review against the mock, wide and narrow: by mouse and by keys, without complaints of the browser.
import { start } from '../mock/server.mjs'
import { launch, noComplaints, openPage, sound } from './browser.mjs'
import { holds } from './tally.mjs'

const SIZES = [{ width: 1280, height: 800 }, { width: 390, height: 844 }]
for (const size of SIZES) {
  const server = await start(0)
  const base = `http://127.0.0.1:${server.address().port}/`
  const browser = await launch()
  try {
    const { page, complaints } = await openPage(browser, size)
    await page.goto(`${base}#/sign-in/demo-supervisor`)
    await page.getByRole('heading', { name: 'State your purpose' }).waitFor()
    await page.locator('input[type="radio"][value="demo"]').check()
    await page.getByRole('button', { name: 'Work for this purpose' }).click()
    await page.getByRole('heading', { name: 'Search' }).or(page.locator('#search-box')).first().waitFor()
    await page.goto(`${base}#/match`)
    await page.getByRole('heading', { name: 'Match review' }).waitFor()
    await page.getByText('What would have changed the verdict').waitFor()
    const before = await page.locator('ol li').count()
    await sound(page)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/match-${size.width}.png` })
    await page.keyboard.press('j')
    await page.locator('#pair-1[aria-current]').waitFor()
    await page.keyboard.press('k')
    await page.locator('#pair-0[aria-current]').waitFor()
    await page.keyboard.press('d')
    await page.getByRole('dialog').getByRole('textbox').fill('another date of birth')
    await page.getByRole('dialog').getByRole('button', { name: 'Record the word' }).click()
    await page.getByText(/^Recorded: /).waitFor()
    holds((await page.locator('ol li').count()) === before - 1, 'a pair that was judged waits no longer')
    await sound(page)
    await noComplaints(complaints)
    process.stdout.write(`match review holds at ${size.width} px\n`)
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
  }
}
