/** Makes `electron` mean the stand-in, for a process started with `--import` of this file. */
import { registerHooks } from 'node:module';

const STAND_IN = new URL('./electron-stand-in.ts', import.meta.url).href;

registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: STAND_IN, format: 'module-typescript', shortCircuit: true } : next(name, context),
});
