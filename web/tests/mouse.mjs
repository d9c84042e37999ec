// The whole way of an analyst, at one width and in one scheme of colours.
import { readFile } from 'node:fs/promises'
import { chartAtRest, noComplaints, numberIn, openPage, sound } from './browser.mjs'
import { go, heading, openLinked, option, resultLinks, statePurpose, total } from './steps.mjs'
import { holds } from './tally.mjs'

export async function walk(world, name, size, scheme) {
  const { browser, tally, base, token, query, other } = world
  const { context, page, complaints } = await openPage(browser, size, scheme)
  const check = (what, work) => tally.check(`${name}: ${what}`, work)
  let entityName = ''
  let farAddress = ''
  let receipt = null

  const steps = [
    ['the sign-in page', async () => {
      await page.goto(base)
      await heading(page, 'Sign in').waitFor()
      await sound(page)
    }],
    ['the sign-in link', async () => {
      await page.goto(`${base}#/sign-in/${token}`)
      await heading(page, 'State your purpose').waitFor()
      holds(!page.url().includes(token), 'the token stays in the address')
      await sound(page)
    }],
    ['a purpose, in sight from then on', async () => {
      await statePurpose(page)
      await heading(page, /Start with/).waitFor()
      await sound(page)
    }],
    ['the purpose is remembered', async () => {
      await page.reload()
      await page.getByRole('banner').getByText('WALK-1').waitFor()
    }],
    ['suggestions', async () => {
      const box = page.getByRole('search').getByRole('combobox')
      await box.pressSequentially(query.replace('*', ''), { delay: 30 })
      await option(page).first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.locator('[role="option"][aria-selected="true"]').waitFor()
      await sound(page)
      await page.keyboard.press('Escape')
      await option(page).first().waitFor({ state: 'detached' })
    }],
    ['search', async () => {
      await page.getByRole('search').getByRole('combobox').fill(query)
      await page.getByRole('search').getByRole('button', { name: 'Search' }).click()
      await heading(page, /^Search/).waitFor()
      holds((await total(page)) > 1, `${query} finds fewer than two things`)
      holds((await page.getByRole('button', { name: 'Export' }).count()) === 0, 'an analyst is offered to export')
      await sound(page)
    }],
    ['a facet narrows to exactly its count', async () => {
      const narrow = page.getByRole('button', { name: 'Narrow the results' })
      if (await narrow.isVisible()) await narrow.click()
      const facet = page.getByRole('group', { name: 'Kind' }).locator('label').last()
      const expected = numberIn((await facet.locator('span').last().textContent()) ?? '')
      await facet.getByRole('checkbox').check()
      await page.waitForURL(/schema=/)
      await page.getByRole('main').getByText(new RegExp(`^${expected.toLocaleString('en-GB')} results?$`)).waitFor()
      await sound(page)
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await page.waitForURL((url) => !url.hash.includes('schema='))
    }],
    ['an entity', async () => {
      await resultLinks(page).first().waitFor()
      await openLinked(page, world)
      entityName = (await page.getByRole('main').getByRole('heading', { level: 1 }).textContent()) ?? ''
      await sound(page)
    }],
    ['a value opens to its statements', async () => {
      const opener = page.getByRole('button', { name: /^[\d,]+ sources?: / }).first()
      await opener.click()
      const sources = page.getByRole('list', { name: /^Sources of / }).first()
      await sources.waitFor()
      const stated = (await sources.textContent()) ?? ''
      holds(/[1-3][A-E].*source/.test(stated), `no grade in words: ${stated}`)
      holds(/Recorded/.test(stated), `nothing says who recorded it: ${stated}`)
      holds(numberIn((await opener.textContent()) ?? '') === (await sources.getByRole('listitem').count()), 'the count of sources is not their number')
      await page.getByRole('button', { name: 'Show all sources' }).click()
      await sound(page)
      await page.getByRole('button', { name: 'Hide all sources' }).click()
    }],
    ['the timeline', async () => {
      await page.getByRole('button', { name: 'Timeline', exact: true }).click()
      const timeline = page.getByRole('region', { name: `Timeline of ${entityName}` })
      const events = numberIn((await timeline.getByText(/^[\d,]+ events?$/).textContent()) ?? '')
      holds((await timeline.getByRole('listitem').count()) === events, 'the count of events is not their number')
      await page.getByRole('button', { name: /^Receipts \(2\)$/ }).waitFor()
      await sound(page)
      await page.getByRole('button', { name: 'Values and links' }).click()
      await page.getByRole('heading', { name: 'Values and their sources' }).waitFor()
    }],
    ['the neighbourhood as a chart', async () => {
      await page.getByRole('button', { name: 'Use as start' }).click()
      await page.getByRole('link', { name: 'Chart', exact: true }).click()
      await heading(page, `Neighbourhood of ${entityName}`).waitFor()
      await chartAtRest(page)
      await sound(page)
      await page.getByRole('button', { name: '2 steps' }).click()
      await page.waitForURL(/depth=2/)
      await page.getByRole('button', { name: '2 steps', pressed: true }).waitFor()
      await chartAtRest(page)
    }],
    ['the same as a table', async () => {
      await page.getByRole('button', { name: 'Table', exact: true }).click()
      const table = page.getByRole('table', { name: 'Things' })
      const things = numberIn((await page.getByText(/^[\d,]+ things?, /).textContent()) ?? '')
      const rows = (await table.getByRole('row').count()) - 1
      holds(rows === Math.min(things, 100), `${things} things, ${rows} rows`)
      await table.getByRole('button', { name: 'Steps away' }).click()
      const last = table.getByRole('row').nth(1).getByRole('link')
      farAddress = (await last.getAttribute('href')) ?? ''
      await sound(page)
    }],
    ['a path', async () => {
      await go(page, 'Path')
      await heading(page, 'Find a path').waitFor()
      const end = page.getByRole('combobox', { name: 'End' })
      await end.pressSequentially(other.replace('*', ''), { delay: 30 })
      await option(page).filter({ hasNotText: entityName }).first().click()
      await page.getByLabel(/^At most/).selectOption('10')
      await page.getByLabel('All shortest paths').check()
      await page.getByRole('button', { name: 'Find path' }).click()
      await page.getByRole('heading', { name: /paths? of [\d,]+ steps?|No path found/ }).waitFor()
      await sound(page)
    }],
    ['a path that is known to exist, as a chain and a chart', async () => {
      if ((await page.getByRole('heading', { name: 'No path found' }).count()) > 0) {
        const from = new URL(page.url().replace('#/', '')).searchParams.get('from')
        const to = decodeURIComponent(farAddress.split('/').at(-1) ?? '')
        await page.goto(`${base}#/path?${new URLSearchParams({ from, to, all: 'true' })}`)
      }
      await page.getByRole('heading', { name: /paths? of [\d,]+ steps?/ }).waitFor()
      const chain = page.getByRole('region', { name: /^Path( 1 of [\d,]+)?$/ }).first()
      const shown = (await chain.textContent()) ?? ''
      holds(shown.includes(entityName) && /—/.test(shown), `not a chain: ${shown}`)
      await chartAtRest(page)
      await sound(page)
    }],
    ['the receipt', async () => {
      const opener = page.getByRole('button', { name: 'Receipt', exact: true })
      await opener.click()
      const drawer = page.getByRole('dialog', { name: 'Receipt' })
      await drawer.getByText('Seeing that the workspace works').waitFor()
      await drawer.getByText(/^Checked in this browser: .*which is signed/).waitFor()
      await sound(page)
      const waiting = page.waitForEvent('download')
      await drawer.getByRole('button', { name: 'Download JSON' }).click()
      receipt = JSON.parse(await readFile(await (await waiting).path(), 'utf8'))
      holds(receipt.index < receipt.tree_size && receipt.fields.some((field) => field.name === 'purpose' && field.value !== ''), 'the receipt does not hold together')
      await drawer.getByRole('button', { name: 'Fetch in the newest tree' }).click()
      await drawer.getByText('Fetched anew.').waitFor()
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
      holds(await opener.evaluate((element) => element === document.activeElement), 'the focus did not come back')
    }],
    ['the public ledger', async () => {
      await go(page, 'Ledger')
      await heading(page, 'Public ledger').waitFor()
      const size = numberIn((await page.locator('dt', { hasText: 'Entries' }).locator('+ dd').textContent()) ?? '')
      holds(size >= receipt.tree_size, `${size} entries, yet a receipt from a tree of ${receipt.tree_size}`)
      const published = await page.request.get(`${base}log/checkpoint`)
      holds(published.ok(), `log/checkpoint answers ${published.status()}`)
      await sound(page)
    }],
    ['no errors and no failed requests', () => noComplaints(complaints)],
    ['sign out', async () => {
      await page.getByRole('banner').locator('[aria-controls="account"]').click()
      await sound(page)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await heading(page, 'Sign in').waitFor()
      const left = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }))
      holds(!left.includes('WALK-1'), `a purpose stays behind: ${left}`)
    }],
  ]
  for (const [what, work] of steps) if (!(await check(what, work))) break
  await context.close()
}
