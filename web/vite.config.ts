// The build: plain files under `dist/`, every address relative, nothing inlined that a strict content policy would refuse.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': 'http://127.0.0.1:4180',
      '/log': 'http://127.0.0.1:4180',
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
