// The whole way without a mouse.
import { chartAtRest, noComplaints, openPage, tabTo } from './browser.mjs'
import { heading, openLinked, option, purposeRadio, resultLinks } from './steps.mjs'
import { holds } from './tally.mjs'

export async function keyboard(world) {
  const { browser, tally, base, token, query, other } = world
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
      await openLinked(page, world)
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
