// The story of docs/guide/demo.md as an analyst finds it, and what a member of the compartment sees beyond it. Seed 1 of the town.
import { chartAtRest, noComplaints, numberIn, openPage, sound } from './browser.mjs'
import { heading, resultLinks, statePurpose, total } from './steps.mjs'
import { holds } from './tally.mjs'

/** Joined records carry one of their names as caption; which one is not the story's business. */
const MAN = /^kieran( trevor)? cooper$/i
const OWNER = /^grace( sarah)? harris$/i
const DIRECTOR = /^samuel( michael)? hughes$/i
const VAN = 'ZM19 TTG (white Brigand Hauler)'

async function signedIn(world, token) {
  const opened = await openPage(world.browser, { width: 1280, height: 860 })
  await opened.page.goto(`${world.base}#/sign-in/${token}`)
  await statePurpose(opened.page)
  return opened
}

async function search(page, words) {
  await page.getByRole('search').getByRole('combobox').fill(words)
  await page.getByRole('search').getByRole('button', { name: 'Search' }).click()
  await heading(page, `Search for ${words.includes('"') ? words : `“${words}”`}`).waitFor()
  await page.locator('[aria-busy="false"]').waitFor()
  return (await page.getByRole('heading', { name: /^Nothing found/ }).count()) > 0 ? 0 : total(page)
}

const things = async (page) => numberIn(await page.getByText(/^[\d,]+ things?, [\d,]+ links?/).textContent())
const says = async (found, wanted) => holds((await found) === wanted, `${await found}, not ${wanted}`)
const link = (page, name) => page.getByRole('main').getByRole('link', { name, exact: true }).first()

export async function story(world) {
  const { page, context, complaints } = await signedIn(world, world.token)
  const inside = await signedIn(world, world.exporterToken)
  const check = (what, work) => world.tally.check(`story: ${what}`, work)
  const steps = [
    ['1. twenty-two offences with a white van', async () => {
      await says(search(page, '"white van was seen leaving"'), 22)
      await resultLinks(page).nth(21).waitFor()
    }],
    ['2. the man who was arrested, four records as one', async () => {
      await page.getByRole('list').locator('li', { hasText: '8 Driftwood Drive' }).getByRole('link').click()
      await page.getByText('TH/01791/24').first().waitFor()
      await link(page, MAN).click()
      await heading(page, MAN).waitFor()
      for (const record of ['cou-000759', 'cus-01353', 'cus-01558', 'rec-000532']) await page.getByRole('listitem').filter({ hasText: record }).waitFor()
      await page.getByText('Kieran Watkins').first().waitFor()
    }],
    ['3. two steps around him: the calls fold, the telephone is shared', async () => {
      await page.getByRole('link', { name: 'Chart', exact: true }).click()
      await page.getByRole('button', { name: '2 steps' }).click()
      await page.getByRole('button', { name: '2 steps', pressed: true }).waitFor()
      await chartAtRest(page)
      await says(things(page), 233)
      await page.getByText(/206 things folded/).waitFor()
      await page.getByRole('region', { name: 'Selected' }).getByRole('button', { name: '+447700900138' }).click()
      const panel = page.getByRole('region', { name: 'Selected' })
      for (const name of ['Fenlow Valeting Ltd', DIRECTOR, '88 calls', '52 calls']) await panel.getByRole('button', { name }).waitFor()
      await panel.getByRole('button', { name: '88 calls' }).click()
      await panel.getByRole('button', { name: 'Timeline' }).click()
      await panel.getByText('88 events').waitFor()
      await sound(page)
      await panel.getByRole('button', { name: 'Unfold' }).click()
      await page.getByText(/118 things folded/).waitFor()
      await page.getByRole('button', { name: 'Fold alike' }).click()
      await page.getByText(/206 things folded/).waitFor()
    }],
    ['4. the path to the owner', async () => {
      await page.goto(`${world.base}#/entity/cus-01353`)
      await heading(page, MAN).waitFor()
      await page.getByRole('button', { name: 'Use as start' }).click()
      holds((await search(page, 'fenlow valeting')) > 0, 'the company is not found')
      for (const name of ['Fenlow Valeting Ltd', 'Copperhill Holdings Ltd', OWNER]) {
        await link(page, name).click()
        await heading(page, name).waitFor()
      }
      await page.getByRole('button', { name: 'Use as end' }).click()
      await page.getByRole('link', { name: 'Find path' }).click()
      await page.getByRole('heading', { name: '1 path of 4 steps' }).waitFor()
      const chain = (await page.getByRole('region', { name: 'Path', exact: true }).textContent()) ?? ''
      holds(/cooper.*\+447700900138.*Fenlow Valeting Ltd.*Copperhill Holdings Ltd.*harris/i.test(chain), `another path: ${chain}`)
    }],
    ['5. what stands in the compartment is seen inside it only', async () => {
      for (const [one, vans, steps, reports] of [[page, 1, 19, 0], [inside.page, 11, 69, 3]]) {
        await says(search(one, '"never comes near the vehicles"'), reports)
        await says(search(one, 'ZM19 TTG'), vans)
        await link(one, VAN).click()
        await one.getByRole('link', { name: 'Chart', exact: true }).click()
        await one.getByRole('button', { name: '2 steps' }).click()
        await one.getByRole('button', { name: '2 steps', pressed: true }).waitFor()
        await chartAtRest(one)
        await says(things(one), steps)
      }
    }],
    ['no errors and no failed requests', () => noComplaints([...complaints, ...inside.complaints])],
  ]
  for (const [what, work] of steps) if (!(await check(what, work))) break
  await context.close()
  await inside.context.close()
}
