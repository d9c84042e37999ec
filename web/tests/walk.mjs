// Walks through the workspace as an analyst does, at two widths and once by keyboard alone, against any server that keeps the HTTP interface.
//   BASE_URL     where the workspace is (else taken from SIGN_IN)
//   SIGN_IN      the printed sign-in link of an analyst, or its token
//   SIGN_IN_EXPORT  the same for somebody who may export; without it that part is left out
//   WALK_QUERY   a word that finds several things; WALK_OTHER a word whose suggestions hold something else
//   CHROMIUM     the browser, else /usr/bin/chromium
import { readFile } from 'node:fs/promises'
import { chartAtRest, launch, noComplaints, numberIn, openPage, sound, tabTo } from './browser.mjs'
import { holds, Tally } from './tally.mjs'

const MOST_MS = 8 * 60_000
const signIn = process.env.SIGN_IN ?? ''
const token = tokenOf(signIn)
const exporterToken = tokenOf(process.env.SIGN_IN_EXPORT ?? '')
const base = (process.env.BASE_URL ?? signIn.split('#')[0] ?? '').replace(/\/*$/, '/')
const query = process.env.WALK_QUERY ?? 'a*'
const other = process.env.WALK_OTHER ?? query

if (!token || !/^https?:/.test(base)) {
  console.log('set SIGN_IN to the printed sign-in link (and BASE_URL where the link holds no address)')
  console.log('0 passed, 1 failed')
  process.exit(2)
}

function tokenOf(link) {
  return link.split('/').at(-1) ?? ''
}

const tally = new Tally()
const browser = await launch()
const guard = setTimeout(() => {
  console.log(`FAIL  the walk took longer than ${MOST_MS / 1000} s`)
  console.log(`${tally.passed} passed, ${tally.failed + 1} failed`)
  void browser.close().finally(() => process.exit(1))
}, MOST_MS)

const heading = (page, name) => page.getByRole('main').getByRole('heading', { level: 1, name })
const option = (page) => page.locator('[role="option"]')
const resultLinks = (page) => page.getByRole('main').getByRole('list').locator('li').getByRole('link')
const total = async (page) => numberIn(await page.getByRole('main').getByText(/^[\d,]+ results?$/).textContent())

/** The example purpose where the charter has it, else the first. */
async function purposeRadio(page) {
  const example = page.locator('input[type="radio"][value="demo"]')
  return (await example.count()) > 0 ? example : page.getByRole('radio').first()
}

async function statePurpose(page) {
  await heading(page, 'State your purpose').waitFor()
  await (await purposeRadio(page)).check()
  await page.getByLabel(/^Case reference/).fill('WALK-1')
  await page.getByLabel(/^Reason/).fill('Seeing that the workspace works')
  await page.getByRole('button', { name: 'Work for this purpose' }).click()
  await page.getByRole('banner').getByText('WALK-1').waitFor()
}

/** Opens the first result that has links, so that there is something to chart. */
async function openLinked(page) {
  const addresses = await resultLinks(page).evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  for (const address of addresses.slice(0, 12)) {
    await page.goto(base + address)
    await page.getByRole('heading', { name: 'Values and their sources' }).waitFor()
    if (numberIn(await page.getByText(/^[\d,]+ links?$/).first().textContent()) > 0) return
  }
  throw new Error(`none of the first results for ${query} has links`)
}

async function walk(name, size, scheme) {
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
      await openLinked(page)
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
      await page.getByRole('link', { name: 'Path', exact: true }).click()
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
      await page.getByRole('link', { name: 'Ledger', exact: true }).click()
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

/** The whole way without a mouse. */
async function keyboard() {
  const { context, page, complaints } = await openPage(browser, { width: 1280, height: 860 })
  const key = (name) => page.keyboard.press(name)
  const check = (what, work) => tally.check(`keyboard: ${what}`, work)
  const steps = [
    ['sign in and state a purpose', async () => {
      await page.goto(`${base}#/sign-in`)
      await tabTo(page, page.getByLabel('Sign-in token'), 'the token')
      await page.keyboard.type(token)
      await key('Enter')
      await heading(page, 'State your purpose').waitFor()
      await tabTo(page, page.getByRole('radio', { checked: true }), 'the purposes')
      const wanted = await (await purposeRadio(page)).getAttribute('value')
      for (let at = 0; at < 20 && (await page.locator('input[type="radio"]:checked').getAttribute('value')) !== wanted; at++) await key('ArrowDown')
      await tabTo(page, page.getByLabel(/^Case reference/), 'the case')
      await page.keyboard.type('WALK-2')
      await tabTo(page, page.getByLabel(/^Reason/), 'the reason')
      await page.keyboard.type('By keyboard')
      await key('Enter')
      await page.getByRole('banner').getByText('WALK-2').waitFor()
    }],
    ['the skip link is first and skips', async () => {
      await page.reload()
      await page.getByRole('banner').getByText('WALK-2').waitFor()
      await key('Tab')
      await key('Enter')
      holds(await page.evaluate(() => document.activeElement?.id === 'content'), 'the focus is not on the content')
    }],
    ['/ searches, Enter opens', async () => {
      await key('/')
      await page.keyboard.type(query)
      await key('Enter')
      await tabTo(page, resultLinks(page), 'the first result')
      await key('Enter')
      await page.getByRole('heading', { name: 'Values and their sources' }).waitFor()
      await page.goBack()
      await resultLinks(page).first().waitFor()
      await openLinked(page)
    }],
    ['sources open', async () => {
      await tabTo(page, page.getByRole('button', { name: /^[\d,]+ sources?: / }), 'the sources')
      await key('Enter')
      await page.getByRole('list', { name: /^Sources of / }).first().waitFor()
      await page.reload()
      await page.getByRole('button', { name: 'Use as start' }).waitFor()
    }],
    ['the chart is moved through and expanded', async () => {
      await tabTo(page, page.getByRole('button', { name: 'Use as start' }), 'use as start')
      await key('Enter')
      await page.reload()
      await tabTo(page, page.getByRole('link', { name: 'Chart', exact: true }), 'the chart link')
      await key('Enter')
      await chartAtRest(page)
      await tabTo(page, page.getByRole('application'), 'the chart')
      const panel = page.getByRole('region', { name: 'Selected' }).getByRole('heading', { level: 2 })
      const before = await panel.textContent()
      for (const arrow of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
        await key(arrow)
        if ((await panel.textContent()) !== before) break
      }
      holds((await panel.textContent()) !== before, 'the arrow keys select nothing else')
      await key('Enter')
      await page.getByRole('button', { name: /^Receipts \(2\)$/ }).waitFor()
      for (const zoom of ['+', '-', '0']) await key(zoom)
    }],
    ['the table view and its sorting', async () => {
      await page.evaluate(() => document.activeElement?.blur())
      await tabTo(page, page.getByRole('button', { name: 'Table', exact: true }), 'the table view')
      await key('Enter')
      await tabTo(page, page.getByRole('table', { name: 'Things' }).getByRole('button', { name: 'Name' }), 'a column head')
      await key('Enter')
      await page.getByRole('columnheader', { name: 'Name' }).and(page.locator('[aria-sort="ascending"]')).waitFor()
    }],
    ['keys open and Escape closes', async () => {
      await page.evaluate(() => document.activeElement?.blur())
      for (const [opener, name] of [['?', 'Keys'], ['p', 'Change your purpose'], ['r', 'Receipt']]) {
        await key(opener)
        await page.getByRole('dialog', { name }).waitFor()
        await key('Escape')
        await page.getByRole('dialog', { name }).waitFor({ state: 'detached' })
      }
    }],
    ['a path from suggestions', async () => {
      await tabTo(page, page.getByRole('link', { name: 'Path', exact: true }), 'the path page')
      await key('Enter')
      await heading(page, 'Find a path').waitFor()
      await tabTo(page, page.getByRole('combobox', { name: 'End' }), 'the end')
      await page.keyboard.type(other.replace('*', ''), { delay: 30 })
      const from = await page.getByRole('form', { name: 'Find a path' }).locator('strong').first().textContent()
      await option(page).first().waitFor()
      await key('ArrowDown')
      if ((await page.locator('[role="option"][aria-selected="true"]').textContent())?.includes(from ?? '')) await key('ArrowDown')
      await key('Enter')
      await page.getByRole('button', { name: 'Change end' }).waitFor()
      await tabTo(page, page.getByRole('button', { name: 'Find path' }), 'find path')
      await key('Enter')
      await page.getByRole('heading', { name: /paths? of [\d,]+ steps?|No path found/ }).waitFor()
    }],
    ['no errors and no failed requests', () => noComplaints(complaints)],
  ]
  for (const [what, work] of steps) if (!(await check(what, work))) break
  await context.close()
}

/** Somebody who may hands out what a search finds. */
async function exporter() {
  const { context, page, complaints } = await openPage(browser, { width: 1280, height: 860 })
  const check = (what, work) => tally.check(`export: ${what}`, work)
  const steps = [
    ['the dialog wants a recipient', async () => {
      await page.goto(`${base}#/sign-in/${exporterToken}`)
      await statePurpose(page)
      await page.goto(`${base}#/search?${new URLSearchParams({ q: query })}`)
      await page.getByRole('button', { name: 'Export' }).click()
      const dialog = page.getByRole('dialog', { name: 'Hand over what was found' })
      await dialog.getByRole('button', { name: /^Hand over/ }).click()
      await dialog.getByRole('alert').waitFor()
      await sound(page)
    }],
    ['a file, and its entry in the ledger', async () => {
      const dialog = page.getByRole('dialog', { name: 'Hand over what was found' })
      await dialog.getByLabel(/^Recipient/).fill('Walk Prosecutor')
      const waiting = page.waitForEvent('download')
      await dialog.getByRole('button', { name: /^Hand over/ }).click()
      const lines = (await readFile(await (await waiting).path(), 'utf8')).trim().split('\n')
      holds(lines[0].startsWith('id,') && lines.length > 2, `not a table of things: ${lines[0]}`)
      await dialog.getByText(/for Walk Prosecutor\. Recorded as entry [\d,]+/).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^Receipts \(2\)$/ }).click()
      await page.getByRole('dialog', { name: 'Receipt' }).locator('dd', { hasText: 'to Walk Prosecutor' }).waitFor()
    }],
    ['no errors and no failed requests', () => noComplaints(complaints)],
  ]
  for (const [what, work] of steps) if (!(await check(what, work))) break
  await context.close()
}

/** What a stranger sees, and what a wrong address or link says. */
async function edges() {
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

try {
  await walk('1280 px', { width: 1280, height: 860 }, 'light')
  await walk('390 px', { width: 390, height: 844 }, 'dark')
  await keyboard()
  if (exporterToken) await exporter()
  await edges()
} finally {
  clearTimeout(guard)
  await browser.close()
}
process.exitCode = tally.finish() ? 0 : 1
