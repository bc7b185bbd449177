/** Installs what the lockfile names and builds what the sources say, each only when it has changed. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { findNode, isEntry, ROOT } from './places.mjs';
import { fail, Failure, run, runNode, say } from './run.mjs';

const OLDEST_NODE_HERE = 18;
const INSTALL_STAMP = join(ROOT, 'node_modules', '.maru-setup');
const BUILD_STAMP = join(ROOT, 'out', '.maru-build');
/** What decides the build. */
const SOURCES = [
  'shared',
  'electron',
  'renderer',
  'resources',
  'build/tsconfig.base.json',
  'electron.vite.config.ts',
  'package-lock.json',
];
const ENTRIES = [
  'out/main/main.js',
  'out/main/headless.js',
  'out/main/cli.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Runs npm with all its talk on standard error. @param {readonly string[]} args */
async function npm(args) {
  const cli = process.env['npm_execpath'];
  const viaNode = cli?.endsWith('npm-cli.js') === true;
  const { code } = viaNode
    ? await run(process.execPath, [cli, ...args], { talk: 'error', env: process.env })
    : await run('npm', args, { talk: 'error', env: process.env, shell: process.platform === 'win32' });
  if (code !== 0) throw new Failure(`npm ${args[0]}에 실패했습니다. 인터넷 연결과 위의 내용을 확인하세요.`);
}

/**
 * Whether node_modules holds what the lockfile names, by npm's own note of what it installed.
 * @param {string} lockfile @param {string | null} installed
 */
export function matchesLockfile(lockfile, installed) {
  if (installed === null) return false;
  /** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock */
  const wanted = /** @type {Lock} */ (JSON.parse(lockfile)).packages;
  const present = /** @type {Lock} */ (JSON.parse(installed)).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

async function install() {
  const lockfile = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const stamp = fingerprint(ROOT, ['package-lock.json']);
  if (readText(INSTALL_STAMP) === stamp && findNode() !== null) return;
  if (!matchesLockfile(lockfile, readText(join(ROOT, 'node_modules', '.package-lock.json')))) {
    say('필요한 꾸러미를 설치합니다. 처음에는 몇 분 걸립니다.');
    await npm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']);
  }
  if (!existsSync(join(ROOT, 'node_modules', 'node', 'bin'))) await npm(['rebuild', 'node']);
  if (findNode() === null)
    throw new Failure('Node 22 이상을 설치하지 못했습니다. Node 22 이상을 설치한 뒤 다시 실행하세요.');
  writeFileSync(INSTALL_STAMP, stamp);
}

/** Parts of earlier builds are kept this long for programs that still run them, milliseconds. */
const KEPT_MS = 6 * 3_600_000;

/** Removes parts that no running program is likely to want. @param {number} builtMs when the newest build began */
function sweep(builtMs) {
  for (const folder of ['out/main', 'out/renderer/assets']) {
    for (const name of readdirSync(join(ROOT, folder))) {
      const path = join(ROOT, folder, name);
      if (statSync(path).mtimeMs < builtMs - KEPT_MS) rmSync(path, { force: true });
    }
  }
}

async function build() {
  const stamp = fingerprint(ROOT, SOURCES);
  const whole = ENTRIES.every((entry) => existsSync(join(ROOT, entry)));
  if (whole && readText(BUILD_STAMP) === stamp) return;
  say('프로그램을 빌드합니다.');
  rmSync(BUILD_STAMP, { force: true });
  const builtMs = Date.now();
  const { code, output } = await runNode([
    'node_modules/electron-vite/bin/electron-vite.js',
    'build',
    '--logLevel',
    'warn',
  ]);
  if (code !== 0) throw new Failure(`빌드에 실패했습니다.\n${output}`);
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  writeFileSync(BUILD_STAMP, stamp);
  sweep(builtMs);
}

/** Makes the project ready: installed, and built where asked. @param {{ build: boolean }} options */
export async function prepare(options) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE_HERE) {
    throw new Failure(
      `Node ${process.versions.node}에서는 준비할 수 없습니다. Node ${OLDEST_NODE_HERE} 이상으로 실행하세요.`,
    );
  }
  await withLock(async () => {
    await install();
    if (options.build) await build();
  });
}

if (isEntry(import.meta.url)) {
  // What is packed holds no parts of earlier builds.
  if (process.argv.includes('--fresh')) rmSync(join(ROOT, 'out'), { recursive: true, force: true });
  prepare({ build: process.argv.includes('--build') }).catch(fail);
}
