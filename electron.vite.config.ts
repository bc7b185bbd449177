/**
 * What is built: the core's entries (main, headless, cli, worker), the preload and the screen. Earlier parts stay beside the
 * new ones (their names carry a hash), so that a program that is running keeps its own; `build/start/setup.mjs` sweeps them up.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      emptyOutDir: false,
      target: 'node22',
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          main: 'electron/main.ts',
          headless: 'electron/headless.ts',
          cli: 'electron/cli.ts',
          worker: 'electron/worker.ts',
        },
        // Every file beside the entries: `new URL('./worker.js', import.meta.url)` then means the same in each of them.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      emptyOutDir: false,
      target: 'node22',
      // A sandboxed preload can only require `electron`.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: false,
      target: 'es2023',
      minify: true,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
