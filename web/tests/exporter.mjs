// Somebody who may hands out what a search finds.
import { readFile } from 'node:fs/promises'
import { noComplaints, openPage, sound } from './browser.mjs'
import { statePurpose } from './steps.mjs'
import { holds } from './tally.mjs'

export async function exporter(world) {
  const { browser, tally, base, exporterToken, query } = world
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
