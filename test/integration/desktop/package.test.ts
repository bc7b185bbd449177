/** The packed program: its configuration by electron-builder's own schema, what electron-builder really puts into the archive, and that the archive runs. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT, startNode } from '#test/support/built.ts';
import { openStages, play } from '#test/support/desktop-play.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { prepare } from '../../../build/start/setup.mjs';
import { drawIcon, ICON_LOOK } from '../../../electron/hosts/desktop/icon.ts';

const require = createRequire(import.meta.url);
/** Comes with electron-builder, which writes its archives with it. */
const asar = require('@electron/asar') as {
  listPackage(archive: string, options: { isPack: boolean }): string[];
  extractAll(archive: string, folder: string): void;
};

const config = parse(readFileSync(join(ROOT, 'build', 'electron-builder.yml'), 'utf8')) as Record<string, object>;
const folder = mkdtempSync(join(tmpdir(), 'maru-package-'));
const resources = join(folder, 'dist', 'linux-unpacked', 'resources');
const archive = join(resources, 'app.asar');
const extracted = join(folder, 'extracted');
const LONG_MS = 120_000;

/** Paths in the archive, without folders, and those that lie beside it. */
let files: string[] = [];
let unpacked: string[] = [];

/** Packs for Linux with a folder in Electron's place: everything but Electron itself is as in a release. */
async function pack(): Promise<void> {
  const electron = join(folder, 'electron');
  for (const name of ['resources', 'locales']) mkdirSync(join(electron, name), { recursive: true });
  writeFileSync(join(electron, 'electron'), '');
  const path = join(folder, 'config.json');
  const { electronFuses: _flippedInTheRealBinary, ...rest } = config;
  const directories = { ...config['directories'], output: join(folder, 'dist') };
  writeFileSync(path, JSON.stringify({ ...rest, electronDist: electron, directories }));
  const { ended } = startNode([
    join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
    ...['--linux', 'dir', '--x64', '--publish', 'never', '--projectDir', ROOT, '--config', path],
  ]);
  const { code, stdout, stderr } = await ended;
  if (code !== 0) throw new Error(`electron-builder ended with ${code}: ${stdout}${stderr}`);
}

beforeAll(async () => {
  await prepare({ build: true });
  await pack();
  asar.extractAll(archive, extracted);
  const entries = asar
    .listPackage(archive, { isPack: true })
    .map((line) => /^(pack|unpack)\s*: [/\\](.+)$/.exec(line))
    .map((found) => ({ inside: found?.[1] === 'pack', path: (found?.[2] ?? '').replaceAll('\\', '/') }))
    .filter(({ path }) => statSync(join(extracted, path)).isFile());
  files = entries.map(({ path }) => path);
  unpacked = entries.filter(({ inside }) => !inside).map(({ path }) => path);
}, LONG_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the configuration', () => {
  const scheme = JSON.parse(
    readFileSync(join(ROOT, 'node_modules', 'app-builder-lib', 'scheme.json'), 'utf8'),
  ) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, allErrors: true }).compile(scheme);

  it("fits electron-builder's own schema", () => {
    validate(config);
    expect(validate.errors).toBeNull();
  });

  it('would not fit with a word that is none', () => {
    expect(validate({ ...config, nsis: { ...config['nsis'], oneclick: true } })).toBe(false);
    expect(validate({ ...config, electronFuses: { runAsNodes: false } })).toBe(false);
  });

  it('names what each system needs', () => {
    expect(config).toMatchObject({
      linux: { target: ['AppImage', 'deb'] },
      mac: { target: ['dmg'], hardenedRuntime: true },
      win: { target: ['nsis'] },
      nsis: { deleteAppDataOnUninstall: false },
      asarUnpack: ['**/*.node'],
      electronFuses: { runAsNode: false, onlyLoadAppFromAsar: true, enableEmbeddedAsarIntegrityValidation: true },
    });
    const { entitlements, entitlementsInherit } = config['mac'] as Record<string, string>;
    for (const path of [entitlements, entitlementsInherit])
      expect(readFileSync(join(ROOT, path ?? ''), 'utf8')).toContain('com.apple.security.cs.allow-jit');
  });

  it('has the icon that the tray draws', () => {
    const kept = readFileSync(join(ROOT, 'build', 'icons', 'icon.png'));
    expect([kept.readUInt32BE(16), kept.readUInt32BE(20)]).toEqual([1_024, 1_024]);
    // Compared by pixels: another zlib packs the same ones differently.
    const pixels = (png: Buffer): Buffer => inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
    expect(pixels(kept).equals(pixels(drawIcon(1_024, ICON_LOOK)))).toBe(true);
  });
});

interface Locked {
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Packages that the lockfile installs for production, by path. */
const locked = (
  JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
).packages;

/** The packages in the archive, by the folder they lie in. */
function packedModules(): string[] {
  const found = files.map((path) => /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(found.filter((path) => path !== undefined))].toSorted();
}

/** What the built core imports from outside itself. */
function imported(): string[] {
  const names = readdirSync(join(extracted, 'out', 'main')).flatMap((name) => {
    const text = readFileSync(join(extracted, 'out', 'main', name), 'utf8');
    const whole = /^import (?:[^'"\n]+ from )?["']([^."'\n][^"'\n]*)["'];$/gm;
    const later = /\bimport\(["']([^."'\n][^"'\n]*)["']\)/g;
    return [whole, later].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  });
  return [...new Set(names)].filter((name) => !name.startsWith('node:') && name !== 'electron').toSorted();
}

describe('the archive', () => {
  it('holds the program, its pages and its facts', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'LICENSE',
        'out/main/main.js',
        'out/main/headless.js',
        'out/main/cli.js',
        'out/main/worker.js',
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'resources/kis/catalogue.json',
      ]),
    );
  });

  it('holds nothing but what is named', () => {
    const other = files.filter((path) => !/^(out\/(main|preload|renderer)|resources\/kis|node_modules)\//.test(path));
    expect(other.toSorted()).toEqual(['LICENSE', 'package.json']);
  });

  it('holds no dev dependency', () => {
    const modules = packedModules();
    expect(modules.length).toBeGreaterThan(10);
    expect(modules.filter((path) => locked[path] === undefined || locked[path].dev === true)).toEqual([]);
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(Object.keys(devDependencies).filter((name) => modules.includes(`node_modules/${name}`))).toEqual([]);
  });

  it('holds what the core imports, what that needs, and no package besides', () => {
    const direct = imported();
    expect(direct).toEqual(expect.arrayContaining(['better-sqlite3', 'keytar', 'pino', 'undici', 'ws', 'zod']));
    const needed = new Set<string>();
    const walk = (path: string): void => {
      if (needed.has(path) || locked[path] === undefined) return;
      needed.add(path);
      const { dependencies, optionalDependencies } = locked[path];
      for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) walk(`node_modules/${name}`);
    };
    for (const name of direct) walk(`node_modules/${name}`);
    const modules = packedModules();
    expect(direct.filter((name) => !modules.includes(`node_modules/${name}`))).toEqual([]);
    expect(modules.filter((path) => !needed.has(path))).toEqual([]);
  });

  it('holds no test, source map, TypeScript or C', () => {
    const odd =
      /\.(map|ts|mts|tsx|c|cc|cpp|h|hpp|gyp)$|(^|\/)(tests?|__tests__|spec|fixtures|bench\w*|examples?)(\/|\.m?js$)|\.(test|spec)\./;
    expect(files.filter((path) => odd.test(path))).toEqual([]);
  });

  it("holds no secret and no path of the builder's machine", () => {
    expect(files.filter((path) => /(^|\/)\.(env|npmrc|git)|\.(pem|key|p12|pfx|db|sqlite|log)$/.test(path))).toEqual([]);
    const told = files
      .filter((path) => /^(out|resources|package\.json)/.test(path))
      .filter((path) => {
        const text = readFileSync(join(extracted, path), 'latin1');
        return text.includes(ROOT) || /_auth[T]oken|BEGIN [A-Z ]*PRIVATE KEY/.test(text);
      });
    expect(told).toEqual([]);
  });

  it('keeps native binaries beside itself', () => {
    const native = files.filter((path) => path.endsWith('.node'));
    expect(native.some((path) => path.includes('better-sqlite3'))).toBe(true);
    expect(native.some((path) => path.includes('keyring'))).toBe(true);
    expect(native.filter((path) => !unpacked.includes(path))).toEqual([]);
    expect(native.filter((path) => !existsSync(join(resources, 'app.asar.unpacked', path)))).toEqual([]);
  });

  it(
    'runs: the core serves its page, and the command line reads the facts of KIS',
    async () => {
      const core = startNode(
        [join(extracted, 'out', 'main', 'headless.js'), '--port', '0', '--keys', 'memory', '--data', tempFolder()],
        { cwd: folder },
      );
      const address = await core.line(/^http/);
      const page = await fetch(new URL('/', address));
      expect(await page.text()).toMatch(/<!doctype html>/i);
      core.child.kill('SIGTERM');
      expect((await core.ended).code).toBe(0);
      const listed = await startNode([join(extracted, 'out', 'main', 'cli.js'), 'kis', 'list', '--json'], {
        cwd: folder,
      }).ended;
      expect(listed.code).toBe(0);
      expect(listed.stdout.length).toBeGreaterThan(10_000);
    },
    LONG_MS,
  );

  it(
    'opens its window and closes in order, from the archive’s own main process and preload',
    async () => {
      const [standIn] = await openStages(join(folder, 'entry'));
      const { told, stderr } = await play(standIn!, 'orders', tempFolder(), {
        SCENARIO_MAIN: pathToFileURL(join(extracted, 'out', 'main', 'main.js')).href,
      });
      expect(stderr).toBe('');
      expect(told['exit']).toMatchObject({ code: 0, errorBoxes: [] });
    },
    LONG_MS,
  );
});
