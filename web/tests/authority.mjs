// Authority and oversight as each person meets them: the public register, mandates, emergency access, the overseer's desk, retention.
//   SIGN_IN_EXPORT  a supervisor; SIGN_IN_OVERSEER an overseer; SIGN_IN_DPO a data protection officer
//   WALK_KEYS       files of private keys of the authority, separated by commas, enough of them to bring a mandate into force
import { readFile } from 'node:fs/promises'
import { noComplaints, numberIn, openPage, sound, tabTo } from './browser.mjs'
import { go, heading, resultLinks, stateFor, statePurpose } from './steps.mjs'
import { holds } from './tally.mjs'

async function signedIn(world, token, size, scheme, purpose) {
  const opened = await openPage(world.browser, size, scheme)
  await opened.page.goto(`${world.base}#/sign-in/${token}`)
  if (purpose === null) await heading(opened.page, 'State your purpose').waitFor()
  else await statePurpose(opened.page)
  return opened
}

/** The public register, for a stranger. */
export async function registerWalk(world, name, size, scheme) {
  const { page, context, complaints } = await openPage(world.browser, size, scheme)
  const check = (what, work) => world.tally.check(`${name}: ${what}`, work)
  await check('the public register without signing in', async () => {
    await page.goto(`${world.base}#/public`)
    await heading(page, /^Public register/).waitFor()
    for (const region of ['How much was done', 'Mandates', 'Charter', 'Check it yourself']) await page.getByRole('region', { name: region, exact: true }).waitFor()
    const tiles = page.getByRole('region', { name: 'At a glance' })
    holds(numberIn(await tiles.locator('dd strong').first().textContent()) > 0, 'the log is empty')
    holds(/candour verify /.test((await page.getByRole('region', { name: 'Check it yourself' }).locator('pre').first().textContent()) ?? ''), 'no line for a console')
    await sound(page)
    const counts = page.getByRole('region', { name: 'How much was done' })
    const again = counts.getByRole('button', { name: 'Count from the log' })
    // A home that has not lived for a minute yet has counted nothing.
    if ((await again.count()) > 0) {
      await again.click()
      await counts.getByText(/of the signed log, and what they count adds up|the counts have grown since/).waitFor()
    }
    for (const summary of await counts.locator('summary').all()) await summary.click()
    await sound(page)
    await noComplaints(complaints)
  })
  await context.close()
}

/** A mandate from draft to revocation, with the analyst who works under it. */
async function mandateSteps(world, desk, analyst, id) {
  const { page } = desk
  const look = analyst.page
  let purpose = ''
  return [
    ['the register of mandates from the menu', async () => {
      await go(page, 'Mandates')
      await heading(page, 'Mandates').waitFor()
      await page.getByRole('main').getByText(/^[\d,]+ mandates?$/).waitFor()
      await sound(page)
    }],
    ['a draft shows what would be signed', async () => {
      await page.getByRole('link', { name: 'Draft a mandate' }).click()
      await heading(page, 'Draft a mandate').waitFor()
      await page.getByRole('button', { name: 'Draft', exact: true }).click()
      await page.getByRole('alert').getByText('Give the mandate a name').waitFor()
      await sound(page)
      await page.getByLabel('Name of the mandate').fill(id)
      const select = page.getByLabel('Purpose', { exact: true })
      purpose = (await select.locator('option').nth(1).getAttribute('value')) ?? ''
      await select.selectOption(purpose)
      await page.getByLabel('For the role').selectOption('analyst')
      await page.getByRole('group', { name: 'Special categories of data' }).getByRole('checkbox').first().check()
      await page.getByLabel('Highest marking').selectOption('official-sensitive')
      await page.getByLabel('Grounds').fill('Seeing that a mandate can be drafted, signed and revoked.')
      const preview = (await page.getByRole('region', { name: 'This is what would be signed' }).locator('pre').textContent()) ?? ''
      await page.getByRole('button', { name: 'Draft', exact: true }).click()
      await heading(page, new RegExp(`^${id}`)).waitFor()
      const text = (await page.locator('pre', { hasText: 'candour-mandate/v1' }).textContent()) ?? ''
      holds(text === preview, `the preview was\n${preview}\nthe text is\n${text}`)
      await page.getByText('Signatures missing').waitFor()
      await sound(page)
    }],
    ['a file that is no key signs nothing', async () => {
      await page.getByLabel('Private key file').setInputFiles({ name: 'no.key', mimeType: 'text/plain', buffer: Buffer.from('no key') })
      await page.getByRole('button', { name: 'Sign and send the signature' }).click()
      await page.getByRole('alert').getByText(/not a private key/).waitFor()
      await sound(page)
    }],
    ['enough keys bring it into force, signed in the browser', async () => {
      const sent = []
      page.on('request', (request) => sent.push(request.postData() ?? ''))
      for (const file of world.keys) {
        if ((await page.getByText('In force', { exact: true }).count()) > 1) break
        await page.getByLabel('Private key file').setInputFiles(file)
        await page.getByRole('button', { name: 'Sign and send the signature' }).click()
        await page.getByText(/^Signed as /).waitFor()
      }
      await page.getByText('the mandate is in force').waitFor()
      const secrets = await Promise.all(world.keys.map(async (file) => (await readFile(file, 'utf8')).trim().split('+').at(-1)))
      holds(!sent.some((body) => body.includes('PRIVATE') || secrets.some((secret) => body.includes(secret))), 'a private key left the page')
      await sound(page)
    }],
    ['whoever it is for works under it', async () => {
      await look.reload()
      await look.getByRole('banner').getByText('WALK-1', { exact: true }).waitFor()
      await stateFor(look, purpose, `WALK-${id}`, id)
      await look.getByRole('banner').getByText(`Mandate ${id}`).waitFor()
      await look.goto(`${world.base}#/search?${new URLSearchParams({ q: world.query })}`)
      await resultLinks(look).first().waitFor()
      await look.getByRole('button', { name: 'Receipt', exact: true }).click()
      await look.getByRole('dialog', { name: 'Receipt' }).locator('dd', { hasText: id }).first().waitFor()
      await sound(look)
      await look.keyboard.press('Escape')
    }],
    ['a case is gone back to by a key, with all that was stated for it', async () => {
      await look.evaluate(() => document.activeElement?.blur())
      await look.keyboard.press('b')
      await look.getByRole('banner').getByText('WALK-1', { exact: true }).waitFor()
      await look.keyboard.press('p')
      const dialog = look.getByRole('dialog', { name: 'Change your purpose' })
      await dialog.getByRole('list', { name: 'Recent cases' }).getByRole('listitem').nth(1).waitFor()
      await sound(look)
      await look.keyboard.press('2')
      await dialog.waitFor({ state: 'detached' })
      await look.getByRole('banner').getByText(`Mandate ${id}`).waitFor()
    }],
    ['revoked, it opens nothing from that moment on', async () => {
      await page.getByRole('button', { name: 'Revoke', exact: true }).click()
      const dialog = page.getByRole('dialog', { name: `Revoke ${id}` })
      await dialog.getByRole('button', { name: 'Revoke the mandate' }).click()
      await dialog.getByRole('alert').waitFor()
      await sound(page)
      await dialog.getByLabel(/^Reason/).fill('The walk is over.')
      await dialog.getByRole('button', { name: 'Revoke the mandate' }).click()
      await page.getByRole('heading', { name: 'Revoked', exact: true }).waitFor()
      await sound(page)
      // The analyst's page still holds the mandate; the server no longer does.
      const answer = look.waitForResponse((response) => response.url().includes('/api/search'))
      await look.goto(`${world.base}#/search?${new URLSearchParams({ q: `${world.query} x` })}`)
      holds((await answer).status() === 403, `the answer after the revocation is ${(await answer).status()}`)
      await look.getByRole('alert').getByRole('button', { name: 'State another purpose' }).waitFor()
      await sound(look)
    }],
  ]
}

/** Emergency access: asked for by one, granted by another, in sight as long as it is open. */
function glassSteps(world, desk, analyst, overseer) {
  const { page } = desk
  const look = analyst.page
  let id = ''
  return [
    ['emergency access is asked for', async () => {
      await look.goto(`${world.base}#/break-glass`)
      await heading(look, 'Emergency access').waitFor()
      await stateFor(look, 'demo', 'WALK-1', '')
      // The refusals under the revoked mandate were asked for.
      analyst.complaints.length = 0
      await look.getByRole('button', { name: 'Ask a second person' }).click()
      await look.getByRole('alert').getByText('Name at least one compartment').waitFor()
      await sound(look)
      await look.getByLabel('Compartments to open').fill('harbour')
      await look.getByLabel(/^What the emergency is/).fill('Seeing that emergency access works')
      await look.getByRole('button', { name: 'Ask a second person' }).click()
      await look.getByText('Asked. A supervisor has to grant it.').waitFor()
      const mine = look.getByRole('listitem').filter({ hasText: 'Seeing that emergency access works' }).filter({ hasText: 'Waiting for a second person' }).first()
      id = ((await mine.getByRole('heading').textContent()) ?? '').split(' ')[0] ?? ''
      holds((await mine.getByRole('button', { name: 'Grant for one hour' }).count()) === 0, 'one may grant one’s own')
      await sound(look)
    }],
    ['a second person grants it', async () => {
      await go(page, 'Emergency access')
      const asked = page.getByRole('listitem', { name: new RegExp(`^${id} `) })
      await asked.getByRole('button', { name: 'Grant for one hour' }).click()
      await asked.getByText('Open now').waitFor()
      holds(/^(1:00:0\d|59:\d\d|5\d:\d\d) left$/.test((await asked.getByRole('timer').textContent()) ?? ''), 'no countdown of an hour')
      await sound(page)
    }],
    ['whoever asked has it in sight, with the time that is left', async () => {
      await look.goto(`${world.base}#/search?q=`)
      await look.reload()
      const banner = look.getByRole('region', { name: 'Emergency access' })
      await banner.getByText(/^(1:00:0\d|5\d:\d\d) left$/).waitFor()
      await banner.getByText('Emergency access is open: harbour.').waitFor()
      await sound(look)
    }],
    ['an open review is closed by somebody outside', async () => {
      const { page: out } = overseer
      await go(out, 'Emergency access')
      await heading(out, 'Emergency access').waitFor()
      await out.getByRole('listitem', { name: new RegExp(`^${id} `) }).waitFor()
      const close = out.getByRole('button', { name: 'Close the review' })
      // On a fresh home nothing is over yet: an access lasts an hour.
      if ((await close.count()) > 0) {
        await close.first().click()
        const dialog = out.getByRole('dialog', { name: /^Close the review/ })
        await dialog.getByLabel(/^Finding/).fill('It was needed, and served its purpose.')
        await dialog.getByRole('button', { name: 'Close the review' }).click()
        await out.getByRole('listitem').filter({ hasText: 'It was needed, and served its purpose.' }).first().getByText('Reviewed', { exact: true }).waitFor()
      }
      await sound(out)
    }],
  ]
}

function oversightSteps(overseer) {
  const { page } = overseer
  return [
    ['the overseer’s desk', async () => {
      await go(page, 'Oversight')
      await heading(page, 'Oversight').waitFor()
      await page.getByRole('region', { name: 'Log and witnesses' }).getByText('Log key').waitFor()
      const usage = page.getByRole('region', { name: 'Usage', exact: true })
      await usage.getByText('Alerts per 1,000 accesses').first().waitFor()
      await page.getByRole('region', { name: 'Unexplained accesses' }).getByText(/of [\d,]+ access/).first().waitFor()
      await page.getByRole('button', { name: /^Receipts \(3\)$/ }).waitFor()
      await sound(page)
      const summary = usage.locator('summary', { hasText: 'By purpose' })
      await summary.click()
      holds((await usage.getByRole('table', { name: 'By purpose' }).getByRole('row').count()) > 2, 'no table behind the bars')
      await sound(page)
    }],
    ['another stretch of time is asked about', async () => {
      await page.getByRole('button', { name: '24 hours' }).click()
      await page.waitForURL(/days=1/)
      await page.getByRole('button', { name: '24 hours', pressed: true }).waitFor()
      await page.getByRole('region', { name: 'Unexplained accesses' }).getByText(/of [\d,]+ access/).first().waitFor()
    }],
    ['a sample is drawn, checked, drawn again, and saved', async () => {
      const sample = page.getByRole('region', { name: 'Draw a sample' })
      await sample.getByRole('button', { name: 'Draw', exact: true }).click()
      await sample.getByRole('alert').getByText('Give a seed').waitFor()
      await sample.getByLabel('Seed').fill('six dice: 4 2 6 1 1 3')
      await sample.getByLabel('How many entries of all').fill('5')
      await sample.getByRole('button', { name: 'Draw', exact: true }).click()
      const says = (await sample.getByText(/receipts check in this browser/).textContent()) ?? ''
      holds(/^All [1-5] receipts check in this browser\. Drawn again in this browser: seed and checkpoint give these entries\.$/.test(says), says)
      const waiting = page.waitForEvent('download')
      await sample.getByRole('button', { name: 'Download the sample' }).click()
      const saved = JSON.parse(await readFile(await (await waiting).path(), 'utf8'))
      const shown = saved.entries.flatMap((entry) => entry.receipt.fields.map((field) => field.name))
      holds(saved.entries.length > 0 && shown.includes('actor') && !shown.includes('query'), `fields shown: ${[...new Set(shown)]}`)
      await sound(page)
    }],
  ]
}

function reviewSteps(world, desk, dpo) {
  const { page } = dpo
  return [
    ['what is due for review', async () => {
      await stateFor(page, 'retention', 'WALK-R', '')
      await go(page, 'Review')
      await heading(page, 'Retention review').waitFor()
      await page.getByText(/^[\d,]+ records? (is|are) due, of [\d,]+$/).waitFor()
      await sound(page)
    }],
    ['a decision is recorded with its rationale', async () => {
      await page.getByRole('button', { name: 'Decide', exact: true }).first().click()
      const dialog = page.getByRole('dialog', { name: /^Decide on/ })
      await dialog.getByRole('button', { name: 'Record the decision' }).click()
      await dialog.getByRole('alert').waitFor()
      await sound(page)
      await dialog.getByRole('radio', { name: /^Keep/ }).check()
      await dialog.getByLabel(/^Rationale/).fill('Still needed while the walk lasts.')
      await dialog.getByRole('button', { name: 'Record the decision' }).click()
      await page.getByText(/^Recorded: Keep/).waitFor()
      await page.getByRole('button', { name: 'Who received it' }).first().click()
      await page.getByRole('heading', { name: 'Recipients to notify' }).first().waitFor()
      await sound(page)
    }],
    ['a restriction is recorded and lifted', async () => {
      await page.getByRole('button', { name: 'Restrict', exact: true }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(/^Rationale/).fill('Evidence in a case that is not closed.')
      await dialog.getByRole('button', { name: 'Restrict', exact: true }).click()
      await page.getByText(/^Restricted: [\d,]+ statements?\.$/).waitFor({ timeout: 60_000 })
      await page.reload()
      await page.getByRole('button', { name: 'Lift the restriction' }).first().click()
      await dialog.getByLabel(/^Rationale/).fill('The case is closed.')
      await dialog.getByRole('button', { name: 'Lift the restriction' }).click()
      await page.getByText(/^The restriction is lifted: /).waitFor({ timeout: 60_000 })
      await sound(page)
    }],
    ['an erasure that somebody else decided is carried out', async () => {
      const { page: other } = desk
      await stateFor(other, 'retention', 'WALK-R', '')
      await other.goto(`${world.base}#/review`)
      const first = other.getByRole('region', { name: 'Due for review' }).getByRole('listitem').first()
      await first.getByRole('button', { name: /^Decide/ }).click()
      const decide = other.getByRole('dialog', { name: /^Decide on/ })
      await decide.getByRole('radio', { name: /^Erase/ }).check()
      await decide.getByLabel(/^Rationale/).fill('No longer needed.')
      await decide.getByRole('button', { name: 'Record the decision' }).click()
      await other.getByText(/^Recorded: Erase/).waitFor()
      await page.goto(`${world.base}#/review`)
      await page.reload()
      await page.getByRole('button', { name: 'Carry out the erasure' }).first().click()
      const dialog = page.getByRole('dialog', { name: /^Erase/ })
      const label = (await dialog.locator('label[for]').first().textContent()) ?? ''
      await dialog.getByRole('button', { name: 'Erase for good' }).click()
      await dialog.getByRole('alert').waitFor()
      await sound(page)
      await dialog.getByRole('textbox').fill(/^Type (.+) to confirm$/.exec(label)?.[1] ?? '')
      await dialog.getByRole('button', { name: 'Erase for good' }).click()
      // Files are rewritten without what is gone: that takes its time.
      await page.getByText(/^Erased: /).waitFor({ timeout: 120_000 })
      await page.getByRole('heading', { name: 'Recipients to notify' }).first().waitFor()
      await sound(page)
    }],
  ]
}

/** Everybody's part, at one width. */
export async function authority(world, name, size, scheme) {
  const open = (token) => signedIn(world, token, size, scheme)
  const desk = await open(world.exporterToken)
  const analyst = await open(world.token)
  const overseer = await open(world.overseerToken)
  const dpo = await open(world.dpoToken)
  const id = `walk-${size.width}-${Date.now() % 100_000}`
  const parts = [
    ...(world.keys.length > 0 ? await mandateSteps(world, desk, analyst, id) : []),
    ...glassSteps(world, desk, analyst, overseer),
    ...oversightSteps(overseer),
    // What rewrites files is done once.
    ...reviewSteps(world, desk, dpo).slice(0, size.width > 1000 ? undefined : 2),
    ['no errors and no failed requests', () => noComplaints([...desk.complaints, ...analyst.complaints, ...overseer.complaints, ...dpo.complaints])],
  ]
  for (const [what, work] of parts) if (!(await world.tally.check(`${name}: ${what}`, work))) break
  for (const one of [desk, analyst, overseer, dpo]) await one.context.close()
}

/** One's own account. */
export async function accountWalk(world, name, size, scheme) {
  const { page, context, complaints } = await signedIn(world, world.token, size, scheme)
  await world.tally.check(`${name}: one’s own account`, async () => {
    await page.getByRole('banner').locator('[aria-controls="account"]').click()
    await page.getByRole('link', { name: 'Account and devices' }).click()
    await heading(page, 'Account and devices').waitFor()
    await page.getByText('This device').first().waitFor()
    await sound(page)
    await noComplaints(complaints)
  })
  await context.close()
}

/** The new pages without a mouse: the menu by its key, a mandate opened, the register read. */
export async function authorityKeyboard(world) {
  const { page, context, complaints } = await signedIn(world, world.exporterToken, { width: 1280, height: 860 }, 'light')
  const check = (what, work) => world.tally.check(`keyboard: ${what}`, work)
  const key = (name) => page.keyboard.press(name)
  await check('M opens the menu, Escape closes it', async () => {
    await page.evaluate(() => document.activeElement?.blur())
    await key('m')
    await page.getByRole('navigation').getByRole('link', { name: 'Mandates' }).waitFor()
    await key('Escape')
    await page.getByRole('navigation').getByRole('link', { name: 'Mandates' }).waitFor({ state: 'detached' })
    await key('m')
    await tabTo(page, page.getByRole('navigation').getByRole('link', { name: 'Mandates' }), 'the mandates')
    await key('Enter')
    await heading(page, 'Mandates').waitFor()
  })
  await check('a draft is written and refused for what it lacks', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Draft a mandate' }), 'the draft')
    await key('Enter')
    await tabTo(page, page.getByLabel('Name of the mandate'), 'the name')
    await page.keyboard.type('by-keyboard')
    await key('Enter')
    await page.getByRole('alert').getByText('Choose a purpose.').waitFor()
    holds(await page.getByLabel('Purpose', { exact: true }).evaluate((element) => element === document.activeElement), 'the focus is not on what is lacking')
  })
  await check('emergency access and retention are reached', async () => {
    await page.evaluate(() => document.activeElement?.blur())
    await key('m')
    await tabTo(page, page.getByRole('navigation').getByRole('link', { name: 'Emergency access' }), 'emergency access')
    await key('Enter')
    await tabTo(page, page.getByLabel('Compartments to open'), 'the compartments')
    await tabTo(page, page.getByRole('button', { name: 'Ask a second person' }), 'asking')
    await noComplaints(complaints)
  })
  await context.close()
}
