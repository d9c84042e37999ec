// The walk against the mock: starts it, walks, stops it. Needs a built `dist`.
import { start } from '../mock/server.mjs'

const server = await start(0)
process.env.SIGN_IN = `http://127.0.0.1:${server.address().port}/#/sign-in/demo-analyst`
process.env.SIGN_IN_EXPORT = `http://127.0.0.1:${server.address().port}/#/sign-in/demo-supervisor`
process.env.WALK_QUERY ??= 'har*'
process.env.WALK_OTHER ??= 'mar*'
try {
  await import('./walk.mjs')
} finally {
  server.closeAllConnections()
  server.close()
}
