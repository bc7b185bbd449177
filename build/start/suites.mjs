/** The checks and suites of the project, each with a count of what passed and what failed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NOTES, ROOT } from './places.mjs';
import { runNode, say } from './run.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

const TSC = 'node_modules/typescript/bin/tsc';
const FLOORS = ['shared', 'electron', 'renderer', 'test', '.'];
/** What is linted at a time; the last are the folders and files at the top that are nobody's floor. */
const LINTED = [['shared'], ['electron'], ['renderer'], ['test'], ['build', '*.ts']];
/** Longest run of one check and of one suite, milliseconds. */
const CHECK_LIMIT_MS = 10 * 60_000;
const SUITE_LIMIT_MS = 30 * 60_000;

/** @type {readonly { name: string, commands: readonly (readonly string[])[] }[]} */
const CHECKS = [
  {
    name: 'lint',
    // Floor by floor: all of it at once needs more memory than a run is given.
    commands: LINTED.map((floor) => [
      'node_modules/eslint/bin/eslint.js',
      '--config',
      'build/checks/eslint.config.mjs',
      '--max-warnings',
      '0',
      ...floor,
    ]),
  },
  { name: 'types', commands: FLOORS.map((floor) => [TSC, '-p', floor]) },
  {
    name: 'imports',
    commands: [
      [
        'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
        '--config',
        'build/checks/dependency-cruiser.config.mjs',
        'shared',
        'electron',
        'renderer',
      ],
    ],
  },
  { name: 'format', commands: [['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']] },
  { name: 'tidy', commands: [['build/checks/tidy.mjs']] },
];

/** Checks running at once. */
const LANES = 2;

/** @param {readonly Count[]} counts @returns {Count} */
export function sum(counts) {
  return {
    passed: counts.reduce((total, count) => total + count.passed, 0),
    failed: counts.reduce((total, count) => total + count.failed, 0),
  };
}

/** Runs one step of several commands; its output is shown only when it fails. @param {string} name @param {readonly (readonly string[])[]} commands */
export async function step(name, commands) {
  const startedMs = performance.now();
  let failures = '';
  for (const args of commands) {
    const { code, output } = await runNode(args, { limitMs: CHECK_LIMIT_MS });
    if (code !== 0) failures += `${output.trim() || `끝난 값 ${code}`}\n`;
  }
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  say(`${failures === '' ? '✓' : '✗'} ${name} (${seconds}초)`);
  if (failures !== '') say(failures);
  return failures === '' ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Types, lint, imports, format, tidy: one test each. */
export async function runChecks() {
  const queue = [...CHECKS];
  /** @type {Count[]} */
  const counts = [];
  const lane = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift())
      counts.push(await step(check.name, check.commands));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sum(counts);
}

/**
 * Counts vitest's own report. A file that could not be loaded is one failed test, and so is a run that ended badly without naming one.
 * @param {string | null} report @param {number} code @returns {Count}
 */
export function countReport(report, code) {
  if (report === null) return { passed: 0, failed: 1 };
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */
  const found = JSON.parse(report);
  const broken = found.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = found.numFailedTests + broken;
  return { passed: found.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** Runs the tests of a vitest configuration. @param {string} name @param {string} config @param {readonly string[]} [filters] */
export async function runSuite(name, config, filters = []) {
  const report = join(NOTES, `${name}.json`);
  mkdirSync(NOTES, { recursive: true });
  rmSync(report, { force: true });
  say(`${name} 시험을 실행합니다.`);
  const { code } = await runNode(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ],
    { talk: 'error', limitMs: SUITE_LIMIT_MS },
  );
  let text = null;
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    say(`${name} 시험이 결과를 남기지 못했습니다(끝난 값 ${code}).`);
  }
  return countReport(text, code);
}

/** What the desktop's test noted of its run. */
const DESKTOP_NOTE = join(NOTES, 'desktop.json');

/**
 * How many behaviours of the desktop have never run on a real Electron here. @param {string | null} note
 */
export function desktopLine(note) {
  if (note === null) return '데스크톱: 시험이 끝까지 돌지 않아, 실제 Electron에서 실행된 동작을 셀 수 없습니다.';
  const { behaviours, onElectron } = /** @type {{ behaviours: number, onElectron: number }} */ (JSON.parse(note));
  return `데스크톱: 확인한 동작 ${behaviours}가지 중 실제 Electron에서 한 번도 실행되지 않은 것 ${behaviours - onElectron}가지`;
}

/** All suites but the end-to-end one. */
export function runUnderTheHood() {
  rmSync(DESKTOP_NOTE, { force: true });
  return runSuite('core', join(ROOT, 'build', 'checks', 'vitest.config.ts'));
}

/** What has never run on a real Electron, the last line, and the exit code. @param {Count} count */
export function conclude(count) {
  say(desktopLine(existsSync(DESKTOP_NOTE) ? readFileSync(DESKTOP_NOTE, 'utf8') : null));
  process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
}
