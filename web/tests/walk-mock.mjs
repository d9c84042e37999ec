// The walk against the mock: starts it, walks, stops it. Needs a built `dist`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KEYS } from '../mock/authority.mjs'
import { start } from '../mock/server.mjs'

const server = await start(0)
const link = (who) => `http://127.0.0.1:${server.address().port}/#/sign-in/demo-${who}`
const folder = mkdtempSync(join(tmpdir(), 'candour-walk-'))
const keyFiles = KEYS.slice(0, 2).map((key, at) => {
  const file = join(folder, `authority-${at + 1}.key`)
  writeFileSync(file, `${key.privateText}\n`, { mode: 0o600 })
  return file
})
Object.assign(process.env, { SIGN_IN: link('analyst'), SIGN_IN_EXPORT: link('supervisor'), SIGN_IN_OVERSEER: link('overseer'), SIGN_IN_DPO: link('dpo'), WALK_KEYS: keyFiles.join(',') })
process.env.WALK_QUERY ??= 'har*'
process.env.WALK_OTHER ??= 'mar*'
try {
  await import('./walk.mjs')
} finally {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
}
