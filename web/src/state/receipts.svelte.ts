// The receipts of the answers on the page that is open, newest first, and whether the drawer shows them.
import type { Receipt } from '../api/types'

export interface Kept {
  receipt: Receipt
  /** What was asked, in words. */
  about: string
}

class Receipts {
  list = $state.raw<Kept[]>([])
  open = $state(false)

  /** Starts a page's list anew. */
  begin(receipt: Receipt, about: string): void {
    this.list = [{ receipt, about }]
  }

  add(receipt: Receipt, about: string): void {
    this.list = [{ receipt, about }, ...this.list]
  }

  clear(): void {
    this.list = []
    this.open = false
  }
}

export const receipts = new Receipts()
