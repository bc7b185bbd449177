/** What every entry does first: refuse a Node that cannot run Maru. Imports nothing native, directly or not. */
import { envelope } from '#shared/errors/index.ts';

/** The oldest Node major version that runs Maru; below it the SQLite binary crashes. */
const NEEDED_NODE = 22;

/** The sentence that refuses a Node version such as "20.1.0", or null for one that will do. */
export function nodeRefusal(version: string): string | null {
  if (Number.parseInt(version, 10) >= NEEDED_NODE) return null;
  const told = envelope('NODE_TOO_OLD', { found: version, needed: String(NEEDED_NODE) });
  return `${told.messageKo} ${told.actionKo}`;
}

/** Whether this process may go on; says why not in one line and sets the exit code. */
export function nodeWillDo(): boolean {
  const refusal = nodeRefusal(process.versions.node);
  if (refusal === null) return true;
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 1;
  return false;
}
