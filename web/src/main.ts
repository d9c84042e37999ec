// Starts the workspace in the page.
import { mount } from 'svelte'
import './design/tokens.css'
import './design/base.css'
import './design/controls.css'
import App from './App.svelte'
import { session } from './state/session.svelte'

const target = document.getElementById('app')
if (target) {
  void session.start()
  mount(App, { target })
}
