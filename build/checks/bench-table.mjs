/** Runs the benches and prints what was measured beside the target. Judges nothing: only an error is a failure. */
import { readdirSync } from 'node:fs';

const FOLDER = new URL('../../test/bench/', import.meta.url);
const HEADINGS = ['', '항목', '측정', '목표'];

/** Columns a text takes in a terminal: Korean letters take two. @param {string} text */
function width(text) {
  return [...text].reduce(
    (total, letter) =>
      total + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  );
}

/** @param {readonly (readonly string[])[]} rows */
function printTable(rows) {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  for (const row of rows) {
    const cells = row.map((text, column) => text + ' '.repeat((widths[column] ?? 0) - width(text)));
    process.stdout.write(`  ${cells.join('  ').trimEnd()}\n`);
  }
}

/** @param {number} value */
function figure(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
}

/** @typedef {{ metric: string, value: number, unit: string, target: string, pass: boolean }} Row */
/** @typedef {{ name: string, run(): Promise<{ measured: string, rows: Row[] }> }} Bench */

/** @param {string} file */
async function runBench(file) {
  const { bench } = /** @type {{ bench: Bench }} */ (await import(new URL(file, FOLDER).href));
  const { measured, rows } = await bench.run();
  process.stdout.write(`\n${bench.name} — ${measured}\n`);
  printTable([
    HEADINGS,
    ...rows.map((row) => [row.pass ? '✓' : '✗', row.metric, `${figure(row.value)} ${row.unit}`, row.target]),
  ]);
}

const wanted = process.argv.slice(2);
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
for (const file of files) {
  try {
    await runBench(file);
  } catch (error) {
    process.stdout.write(`\n${file}: 실행하지 못했습니다.\n`);
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
if (files.length === 0) process.stdout.write('실행할 측정이 없습니다.\n');
