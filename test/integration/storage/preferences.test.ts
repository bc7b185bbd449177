/** Preferences on the disk. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES, PreferencesFile } from '#core/storage/index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

describe('preferences', () => {
  it('start with defaults and leave no file', () => {
    const path = join(tempFolder(), 'data', 'preferences.json');
    const file = new PreferencesFile(path);
    expect(file.get()).toEqual(DEFAULT_PREFERENCES);
    expect(file.problem).toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it('are on the disk when set returns, whole, and come back', () => {
    const folder = join(tempFolder(), 'data');
    const path = join(folder, 'preferences.json');
    const file = new PreferencesFile(path);
    const changed = file.set({ theme: 'light', watchlist: ['KRX:005930', 'KRX:0193T0'] });
    expect(changed).toEqual({ ...DEFAULT_PREFERENCES, theme: 'light', watchlist: ['KRX:005930', 'KRX:0193T0'] });
    expect(new PreferencesFile(path).get()).toEqual(changed);
    expect(readdirSync(folder)).toEqual(['preferences.json']);
    expect(() => file.set({ watchlist: ['삼성전자'] })).toThrow();
    expect(new PreferencesFile(path).get()).toEqual(changed);
  });

  it('fill what an older file lacks with defaults', () => {
    const path = join(tempFolder(), 'preferences.json');
    writeFileSync(path, '{"version":1,"preferences":{"upDown":"west"}}');
    expect(new PreferencesFile(path).get()).toEqual({ ...DEFAULT_PREFERENCES, upDown: 'west' });
  });

  it.each(['', 'nonsense', '{"version":1,"preferences":{"theme":"pink"}}', '{"version":2,"preferences":{}}', '[]'])(
    'keep an unreadable file aside and say so: %s',
    (text) => {
      const path = join(tempFolder(), 'preferences.json');
      writeFileSync(path, text);
      const file = new PreferencesFile(path);
      expect(file.get()).toEqual(DEFAULT_PREFERENCES);
      expect(file.problem).toMatchObject({ code: 'PREFERENCES_CORRUPT', params: { kept: `${path}.bad-1` } });
      expect(readFileSync(`${path}.bad-1`, 'utf8')).toBe(text);
      file.set({ theme: 'hc' });
      expect(new PreferencesFile(path)).toMatchObject({ problem: null });
      writeFileSync(path, text);
      expect(new PreferencesFile(path).problem?.params).toEqual({ kept: `${path}.bad-2` });
    },
  );

  it('stay as they were when the file cannot be written', () => {
    const folder = tempFolder();
    const path = join(folder, 'preferences.json');
    const file = new PreferencesFile(path);
    mkdirSync(`${path}.partial`);
    expect(() => file.set({ theme: 'light' })).toThrow(expect.objectContaining({ code: 'DATA_NOT_WRITABLE' }));
    expect(file.get()).toEqual(DEFAULT_PREFERENCES);
  });
});
