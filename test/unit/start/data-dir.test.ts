/** Where the data lies on each platform. */
import { describe, expect, it } from 'vitest';
import { chooseDataDir, defaultDataDir } from '#core/platform/index.ts';

describe('data folder', () => {
  it('follows the platform', () => {
    const home = '/people/kim';
    expect(defaultDataDir({ platform: 'linux', env: {}, home })).toBe('/people/kim/.local/share/maru');
    expect(defaultDataDir({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe('/data/maru');
    expect(defaultDataDir({ platform: 'linux', env: { XDG_DATA_HOME: 'relative' }, home })).toBe(
      '/people/kim/.local/share/maru',
    );
    expect(defaultDataDir({ platform: 'darwin', env: {}, home })).toBe('/people/kim/Library/Application Support/Maru');
    expect(defaultDataDir({ platform: 'win32', env: { APPDATA: '/roaming' }, home })).toBe('/roaming/Maru');
  });

  it("resolves a folder asked for against the caller's", () => {
    const facts = { platform: 'linux', env: {}, home: '/people/kim', cwd: '/desk' } as const;
    expect(chooseDataDir('a/b', facts)).toBe('/desk/a/b');
    expect(chooseDataDir('/x', facts)).toBe('/x');
    expect(chooseDataDir('', facts)).toBe('/people/kim/.local/share/maru');
    expect(chooseDataDir(undefined, facts)).toBe('/people/kim/.local/share/maru');
  });
});
