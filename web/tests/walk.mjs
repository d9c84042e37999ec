// Walks through the workspace as an analyst does, at two widths and once by keyboard alone, against any server that keeps the HTTP interface.
//   BASE_URL     where the workspace is (else taken from SIGN_IN)
//   SIGN_IN      the printed sign-in link of an analyst, or its token
//   SIGN_IN_EXPORT  the same for somebody who may export; without it that part is left out
//   SIGN_IN_OVERSEER, SIGN_IN_DPO  the same for an overseer and a data protection officer; with SIGN_IN_EXPORT (a supervisor) they
//                walk through mandates, emergency access, oversight and retention; without them that part is left out
//   WALK_KEYS    files of private keys of the authority, separated by commas; without them no mandate is signed
//   WALK_STORY   anything: walk the story of docs/guide/demo.md as well, which needs seed 1 of the town and SIGN_IN_EXPORT
//   WALK_QUERY   a word that finds several things; WALK_OTHER a word whose suggestions hold something else
//   CHROMIUM     the browser, else /usr/bin/chromium
import { accountWalk, authority, authorityKeyboard, registerWalk } from './authority.mjs'
import { launch } from './browser.mjs'
import { edges } from './edges.mjs'
import { exporter } from './exporter.mjs'
import { keyboard } from './keyboard.mjs'
import { walk } from './mouse.mjs'
import { story } from './story.mjs'
import { passkeyWalk } from './passkey.mjs'
import { Tally } from './tally.mjs'

const MOST_MS = 12 * 60_000
const signIn = process.env.SIGN_IN ?? ''
const token = tokenOf(signIn)
const exporterToken = tokenOf(process.env.SIGN_IN_EXPORT ?? '')
const overseerToken = tokenOf(process.env.SIGN_IN_OVERSEER ?? '')
const dpoToken = tokenOf(process.env.SIGN_IN_DPO ?? '')
const keys = (process.env.WALK_KEYS ?? '').split(',').filter(Boolean)
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

const world = { browser, tally, base, token, exporterToken, overseerToken, dpoToken, keys, query, other }

try {
  await walk(world, '1280 px', { width: 1280, height: 860 }, 'light')
  await walk(world, '390 px', { width: 390, height: 844 }, 'dark')
  await keyboard(world)
  if (exporterToken) await exporter(world)
  await edges(world)
  if (process.env.WALK_STORY) await story(world)
  await registerWalk(world, '1280 px', { width: 1280, height: 860 }, 'light')
  await registerWalk(world, '390 px', { width: 390, height: 844 }, 'dark')
  await accountWalk(world, '1280 px', { width: 1280, height: 860 }, 'light')
  await accountWalk(world, '390 px', { width: 390, height: 844 }, 'dark')
  // Needs a server that checks signatures.
  if (process.env.WALK_STORY) await passkeyWalk(world)
  if (exporterToken && overseerToken && dpoToken) {
    await authority(world, '1280 px', { width: 1280, height: 860 }, 'light')
    await authority(world, '390 px', { width: 390, height: 844 }, 'dark')
    await authorityKeyboard(world)
  }
} finally {
  clearTimeout(guard)
  await browser.close()
}
process.exitCode = tally.finish() ? 0 : 1
