// What the account page and the ways to sign in say.
export const account = {
  title: 'Account and devices',
  lead: 'How you sign in, where you are signed in, and what your programs may ask.',
  label: 'Name',
  working: 'Waiting for your device',
  declined: 'Your device made no passkey, or you changed your mind. Nothing was changed.',

  passkeys: {
    title: 'Passkeys',
    lead: 'A passkey signs you in with your device’s fingerprint, face or PIN. Nothing that could be stolen leaves the device.',
    none: 'You have no passkey yet.',
    add: 'Add a passkey',
    name: 'What to call it',
    nameHint: 'Such as “laptop” or “key on my ring”.',
    added: 'Added',
    used: 'Last used',
    never: 'never',
    remove: 'Remove',
    elsewhere: (at: string) => `Passkeys belong to one address. Open the workspace at ${at} to add or use one.`,
  },

  devices: {
    title: 'Devices',
    lead: 'Where you are signed in now. A session ends when it is not used for a while.',
    this: 'This device',
    device: 'Device',
    how: 'Signed in with',
    ways: { link: 'a sign-in link', passkey: 'a passkey', openid: 'your organisation’s sign-in' } as Record<string, string>,
    begun: 'Since',
    used: 'Last used',
    end: 'Sign out there',
    endOthers: 'Sign out everywhere else',
  },

  tokens: {
    title: 'Tokens for programs',
    lead: 'A token lets a program of yours ask in your name: for one purpose, until a day. Everything it asks is recorded as yours.',
    none: 'You have no token.',
    issue: 'Issue a token',
    name: 'What it is for',
    purpose: 'Purpose',
    days: 'Days',
    daysHint: 'at most as many as the charter allows; 90 where it says nothing',
    once: 'This is the token. It is shown this once: put it where your program finds it.',
    until: 'Until',
    revoke: 'Revoke',
    revoked: 'revoked',
    ended: 'ended',
  },

  signIn: {
    passkey: 'Sign in with a passkey',
    or: 'or with a sign-in link',
    declined: 'No passkey was used. Try again, or sign in with a link.',
    refused: 'Your organisation’s sign-in vouches for nobody whom this home knows. An administrator can say why.',
  },
}
