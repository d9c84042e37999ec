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
  await page.getByRole('banner').getByText('WALK-1', { exact: true }).waitFor()
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

/** Goes to a page by its name in the header, through the menu where it is not in sight. */
export async function go(page, name) {
  const link = page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name, exact: true })
  if (!(await link.isVisible().catch(() => false))) await page.getByRole('navigation', { name: 'Workspace' }).getByRole('button', { name: /^(More|Menu)$/ }).click()
  await link.click()
}

/** States a purpose, case and mandate in the dialog. */
export async function stateFor(page, purpose, caseRef, mandate) {
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog', { name: 'Change your purpose' })
  await dialog.locator(`input[type="radio"][value="${purpose}"]`).check()
  await dialog.getByLabel(/^Case reference/).fill(caseRef)
  await dialog.getByLabel(/^Reason/).fill('Seeing that the workspace works')
  if (mandate) await dialog.getByLabel(/^Mandate/).selectOption(mandate)
  await dialog.getByRole('button', { name: 'Work for this purpose' }).click()
  await dialog.waitFor({ state: 'detached' })
}
