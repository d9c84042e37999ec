// The page's name in the browser's title bar, and the reader's place when it comes late.
import { text } from '../text'

export function setTitle(page: string): void {
  document.title = text.title(page)
}
