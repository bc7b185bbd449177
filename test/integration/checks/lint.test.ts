/** Each lint rule of the house is shown something it has to refuse, and something it has to allow. */
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

// Types are left out: the rules under test read the code's shape, and typed linting of text needs a file on disk.
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfigFile: `${ROOT}build/checks/eslint.config.mjs`,
  ruleFilter: ({ ruleId }) =>
    ['no-restricted-syntax', 'no-console', 'eqeqeq', 'react-hooks/rules-of-hooks'].includes(ruleId),
  overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
});

async function rulesBroken(filePath: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${ROOT}${filePath}` });
  if (result === undefined) throw new Error(`${filePath} is not linted`);
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return result.messages.map((message) => message.ruleId ?? '');
}

const AMBIENT = [
  'export const a = Date.now();',
  'export const a = new Date();',
  'export const a = Math.random();',
  'export const a = performance.now();',
  'setTimeout(() => undefined, 1);',
  'setInterval(() => undefined, 1);',
  'globalThis.setTimeout(() => undefined, 1);',
  "import { randomUUID } from 'node:crypto';\nexport const a = randomUUID();",
  'export const a = crypto.randomUUID();',
  "import { setTimeout as wait } from 'node:timers/promises';\nexport const a = wait;",
];

describe('ambient clock, chance and timers', () => {
  for (const code of AMBIENT) {
    it(`refuses ${code.split('\n')[0] ?? ''} outside their rooms`, async () => {
      for (const path of [
        'electron/trading/x.ts',
        'shared/exchange/x.ts',
        'renderer/panels/chart/x.ts',
        'test/unit/x.test.ts',
      ]) {
        expect(await rulesBroken(path, code), path).toContain('no-restricted-syntax');
      }
    });
  }

  it('allows them in their rooms', async () => {
    for (const path of ['electron/platform/x.ts', 'renderer/ui/x.ts']) {
      expect(await rulesBroken(path, AMBIENT.slice(0, 6).join('\n').replaceAll('export const a', 'var a'))).toEqual([]);
    }
  });

  it('allows a date made from a number', async () => {
    expect(await rulesBroken('electron/trading/x.ts', 'export const a = new Date(0);')).toEqual([]);
  });
});

describe('doors and proofs', () => {
  it('refuses IPC outside hosts/desktop and preload', async () => {
    const code = "import { ipcMain } from 'electron';\nexport const a = ipcMain;";
    expect(await rulesBroken('electron/app/x.ts', code)).toEqual(['no-restricted-syntax']);
    expect(await rulesBroken('electron/hosts/desktop/x.ts', code)).toEqual([]);
  });

  it('lets only the guard clear an order', async () => {
    const code =
      "import type { Cleared } from 'x';\nexport const a = {} as Cleared<string>;\nexport const b = {} as unknown as Cleared<string>;";
    for (const path of [
      'electron/trading/desk.ts',
      'electron/platform/x.ts',
      'electron/hosts/desktop/x.ts',
      'renderer/ui/x.ts',
    ]) {
      expect(await rulesBroken(path, code), path).toEqual(['no-restricted-syntax', 'no-restricted-syntax']);
    }
    expect(await rulesBroken('electron/trading/guard.ts', code)).toEqual([]);
  });
});

describe('shape', () => {
  it('refuses default exports but in configuration files', async () => {
    expect(await rulesBroken('shared/num/x.ts', 'export default 1;')).toEqual(['no-restricted-syntax']);
    expect(await rulesBroken('electron.vite.config.ts', 'export default 1;')).toEqual([]);
  });

  it('refuses inexact maths in the exchange, the market tables and the generator', async () => {
    for (const code of [
      'export const a = Math.log(2);',
      'export const a = Math.pow(2, 3);',
      'export const a = Math.sin(1);',
      'export const a = 2 ** 3;',
    ]) {
      expect(await rulesBroken('shared/exchange/x.ts', code)).toEqual(['no-restricted-syntax']);
      expect(await rulesBroken('shared/rng/x.ts', code)).toEqual(['no-restricted-syntax']);
    }
    expect(await rulesBroken('shared/exchange/x.ts', 'export const a = Math.sqrt(2);')).toEqual([]);
  });

  it('refuses the console and loose equality', async () => {
    expect(await rulesBroken('electron/app/x.ts', 'console.log(1 == 2);')).toEqual(['no-console', 'eqeqeq']);
  });

  it('refuses a hook behind a condition', async () => {
    const code =
      "import { useState } from 'react';\nexport function Panel({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}";
    expect(await rulesBroken('renderer/panels/chart/x.tsx', code)).toContain('react-hooks/rules-of-hooks');
  });
});
