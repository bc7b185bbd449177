/** Each house rule of tidy is shown a breach and a clean case. */
import { describe, expect, it } from 'vitest';
import { brokenLinks, checkSource, lockfileAddresses, unusedCodes } from '../../../build/checks/tidy.mjs';

const HEAD = '/** What it is for. */\n';

function breaches(path: string, text: string): readonly string[] {
  return checkSource({ path, text });
}

describe('tidy', () => {
  it('wants a sentence at the head of each file', () => {
    expect(breaches('shared/num/krw.ts', 'export const a = 1;\n')).toHaveLength(1);
    expect(breaches('shared/num/krw.ts', `${HEAD}export const a = 1;\n`)).toEqual([]);
    expect(breaches('shared/num/krw.ts', '/**\n * What it is for.\n */\n')).toEqual([]);
    expect(breaches('shared/num/krw.ts', '/** */\n')).toHaveLength(1);
    expect(breaches('build/start/x.mjs', `#!/usr/bin/env node\n${HEAD}`)).toEqual([]);
  });

  it('wants files of at most 400 lines', () => {
    expect(breaches('shared/num/krw.ts', HEAD + '\n'.repeat(399))).toEqual([]);
    expect(breaches('shared/num/krw.ts', HEAD + '\n'.repeat(400))[0]).toContain('401 lines');
  });

  it('wants names that say something, in kebab-case', () => {
    for (const path of [
      'shared/num/Krw.ts',
      'shared/num/krw_won.ts',
      'shared/utils/a.ts',
      'electron/common.ts',
      'test/support/helpers.ts',
    ]) {
      expect(breaches(path, HEAD), path).toHaveLength(1);
    }
    for (const path of [
      'shared/std.d.ts',
      'test/unit/num/krw.test.ts',
      'electron/market/imports/krx-eod.ts',
      'renderer/panels/chart/panel.tsx',
    ]) {
      expect(breaches(path, HEAD), path).toEqual([]);
    }
  });

  it('refuses machine paths, registries and unfinished work', () => {
    // Put together here, so that this file holds none of it either.
    const path = (...parts: readonly string[]): string => `see /${parts.join('/')}`;
    for (const text of [
      path('work', 'x'),
      path('root', 'x'),
      path('tmp', 'x'),
      ['https://registry', 'npmjs', 'org/x'].join('.'),
      ['// TO', 'DO later'].join(''),
      ['// FIX', 'ME'].join(''),
    ]) {
      expect(breaches('docs/a.md', text), text).toHaveLength(1);
    }
    const harmless = ['a temporary folder, ./tmp/x and https://maru.example', 'work', 'x'].join('/');
    expect(breaches('docs/a.md', harmless)).toEqual([]);
  });

  it('refuses tests that are alone or left out', () => {
    for (const call of ['it.only', 'it.skip', 'describe.skip', 'test.todo', 'xit']) {
      const text = `${call}('a')`;
      expect(breaches('test/unit/a.test.ts', HEAD + text), text).toHaveLength(1);
    }
    expect(breaches('test/unit/a.test.ts', `${HEAD}it('a'); describe.each([1]); exit(1);`)).toEqual([]);
  });

  it('finds codes that nothing raises', () => {
    const catalog = "export const CATALOG = {\n  USED_CODE: input('a', 'b'),\n  LOST_CODE: input('a', 'b'),\n};\n";
    const raising = (path: string) => [{ path, text: "throw new AppError('USED_CODE')" }];
    expect(unusedCodes(catalog, raising('electron/a.ts'))).toEqual(['shared/errors: LOST_CODE is never raised']);
    expect(unusedCodes(catalog, raising('test/a.ts'))).toHaveLength(2);
  });

  it('follows the links of a page', () => {
    const page = { path: 'docs/adr/a.md', text: '[x](../b.md#part) [y](gone.md) [z](https://a.b/c) `[w](no.md)`' };
    expect(brokenLinks(page, (path) => path === 'docs/b.md')).toEqual([
      'docs/adr/a.md links to gone.md, which is not there',
    ]);
  });

  it('refuses addresses in the lockfile', () => {
    expect(lockfileAddresses('{"a":{"version":"1","resolved":"https://x"}}')).toHaveLength(1);
    expect(lockfileAddresses('{"a":{"version":"1","integrity":"sha512-x"}}')).toEqual([]);
  });
});
