// What a stranger sees, and what a wrong address or link says.
import { noComplaints, openPage, sound } from './browser.mjs'
import { heading, statePurpose } from './steps.mjs'

export async function edges(world) {
  const { browser, tally, base, token } = world
  const { context, page, complaints } = await openPage(browser, { width: 390, height: 844 }, 'dark')
  const check = (what, work) => tally.check(`edges: ${what}`, work)
  await check('the ledger is public', async () => {
    await page.goto(`${base}#/ledger`)
    await heading(page, 'Public ledger').waitFor()
    await page.locator('dt', { hasText: 'Log key' }).waitFor()
    await sound(page)
    await noComplaints(complaints)
  })
  await check('an address without sign-in leads to sign-in and back', async () => {
    await page.goto(`${base}#/path`)
    await heading(page, 'Sign in').waitFor()
    await page.goto(`${base}#/sign-in/not-a-token`)
    await page.getByRole('alert').waitFor()
    await sound(page)
    await page.goto(`${base}#/sign-in/${token}`)
    await statePurpose(page)
  })
  await check('a thing that is not there', async () => {
    await page.goto(`${base}#/entity/no-such-thing-here`)
    await page.getByRole('alert').getByRole('heading', { level: 1 }).waitFor()
    await sound(page)
  })
  await check('a page that is not there', async () => {
    await page.goto(`${base}#/nowhere`)
    await heading(page, 'No such page').waitFor()
    await sound(page)
  })
  await check('nothing found teaches', async () => {
    await page.goto(`${base}#/search?q=qqxzzqqxzz`)
    await page.getByRole('heading', { name: /^Nothing found/ }).waitFor()
    await sound(page)
  })
  await context.close()
}
