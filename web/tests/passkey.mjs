// A passkey from the account page to the sign-in page, with the browser's own virtual authenticator; and a token for a program.
import { noComplaints, openPage, sound } from './browser.mjs'
import { heading, statePurpose } from './steps.mjs'
import { holds } from './tally.mjs'

/** Passkeys belong to a name, and the machine's own is `localhost`. */
const named = (base) => base.replace('//127.0.0.1', '//localhost')

export async function passkeyWalk(world) {
  const base = named(world.base)
  const { page, context, complaints } = await openPage(world.browser, { width: 1280, height: 860 })
  const check = (what, work) => world.tally.check(`passkey: ${what}`, work)
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  const passkeys = page.getByRole('region', { name: 'Passkeys' })
  await check('is added in one’s account', async () => {
    await page.goto(`${base}#/sign-in/${world.token}`)
    await statePurpose(page)
    await page.goto(`${base}#/account`)
    await heading(page, 'Account and devices').waitFor()
    await passkeys.getByText('You have no passkey yet.').waitFor()
    await passkeys.getByLabel('What to call it').fill('walking stick')
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
    await passkeys.getByText('walking stick').waitFor()
    await sound(page)
  })
  await check('signs in without a link', async () => {
    await page.getByRole('banner').locator('[aria-controls="account"]').click()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await heading(page, 'Sign in').waitFor()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await heading(page, 'State your purpose').waitFor()
    await page.goto(`${base}#/account`)
    await page.getByRole('region', { name: 'Devices' }).getByText('a passkey').first().waitFor()
    await sound(page)
  })
  await check('a token for a program is shown once and revoked', async () => {
    const tokens = page.getByRole('region', { name: 'Tokens for programs' })
    await tokens.getByLabel('What it is for').fill('nightly report')
    await tokens.getByRole('button', { name: 'Issue a token' }).click()
    const token = (await tokens.locator('code').first().textContent()) ?? ''
    holds(/^candour_[0-9a-f]{64}$/.test(token), `no token in “${token}”`)
    const me = (bearer) => page.request.get(`${base}api/me`, { headers: { Authorization: `Bearer ${bearer}`, Cookie: '' } })
    holds((await me(token)).status() === 200, 'the token opens nothing')
    await sound(page)
    await tokens.getByRole('button', { name: 'Revoke nightly report' }).first().click()
    await tokens.getByText('revoked').first().waitFor()
    holds((await me(token)).status() === 401, 'the revoked token opens something')
  })
  await check('is removed', async () => {
    await passkeys.getByRole('button', { name: 'Remove walking stick' }).click()
    await passkeys.getByText('You have no passkey yet.').waitFor()
    await noComplaints(complaints)
  })
  await context.close()
}
