// The mock's accounts: enough that the pages about one's own account open. No passkey works here, and no token opens anything.
const now = new Date().toISOString()
const tokens = []

/** Answers what is about signing in and one's own account; `undefined` for anything else. `who` is absent for a stranger. */
export function own(method, path, who, body) {
  if (path === 'sign-in/ways') return { passkeys_at: 'https://workspace.invalid', openid: null }
  if (!who) return undefined
  if (path === 'passkeys' && method === 'GET') return { passkeys: [] }
  if (path === 'sessions' && method === 'GET') return { sessions: [{ id: '1', device: 'This browser', how: 'link', begun: now, used: now, this: true }, { id: '2', device: 'Another browser', how: 'link', begun: now, used: now, this: false }] }
  if (path.startsWith('sessions')) return null
  if (path === 'tokens' && method === 'GET') return { tokens }
  if (path === 'tokens') {
    const about = { id: String(tokens.length + 1), label: body.label, purpose: body.purpose, mandate: null, issued: now, expires: new Date(Date.now() + body.days * 86_400_000).toISOString(), revoked: null, open: true }
    tokens.push(about)
    return { token: 'candour-mock-token', about }
  }
  return undefined
}
