// Where the person is: the address after the `#`, watched.
import { parseRoute, type Route } from './route'

class Here {
  route = $state.raw<Route>(parseRoute(globalThis.location?.hash ?? ''))

  constructor() {
    globalThis.addEventListener?.('hashchange', () => this.read())
  }

  go(address: string): void {
    if (location.hash === address) this.read()
    else location.hash = address
  }

  /** Goes without leaving the present address in the history (a sign-in token, a half-typed query). */
  swap(address: string): void {
    history.replaceState(history.state, '', address)
    this.read()
  }

  private read(): void {
    this.route = parseRoute(location.hash)
  }
}

export const here = new Here()
