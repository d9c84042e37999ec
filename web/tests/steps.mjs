// What several walks do and look for. `world` says where the workspace is, who signs in, and what to search for.
import { numberIn } from './browser.mjs'

export const heading = (page, name) => page.getByRole('main').getByRole('heading', { level: 1, name })
export const option = (page) => page.locator('[role="option"]')
export const resultLinks = (page) => page.getByRole('main').getByRole('list').locator('li').getByRole('link')
export const total = async (page) => numberIn(await page.getByRole('main').getByText(/^[\d,]+ results?$/).textContent())

/** The example purpose where the charter has it, else the first. */
export async function purposeRadio(page) {
  const example = page.locator('input[type="radio"][value="demo"]')
  return (await example.count()) > 0 ? example : page.getByRole('radio').first()
}

export async function statePurpose(page) {
  await heading(page, 'State your purpose').waitFor()
  await (await purposeRadio(page)).check()
  await page.getByLabel(/^Case reference/).fill('WALK-1')
  await page.getByLabel(/^Reason/).fill('Seeing that the workspace works')
  await page.getByRole('button', { name: 'Work for this purpose' }).click()
  await page.getByRole('banner').getByText('WALK-1').waitFor()
}

/** Opens the first result that has links, so that there is something to chart. */
export async function openLinked(page, { base, query }) {
  const addresses = await resultLinks(page).evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  for (const address of addresses.slice(0, 12)) {
    await page.goto(base + address)
    await page.getByRole('heading', { name: 'Values and their sources' }).waitFor()
    if (numberIn(await page.getByText(/^[\d,]+ links?$/).first().textContent()) > 0) return
  }
  throw new Error(`none of the first results for ${query} has links`)
}
