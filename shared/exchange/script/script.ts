/** Runs an exchange script: instruments, clock, phases, orders and accounts in; every event out, in order. */
import { AppError } from '../../errors/index.ts';
import { listsAbroad, type OverseasScript } from './overseas-script.ts';
import { parseScriptLine } from './script-lines.ts';
import { ScriptMistake } from './script-mistake.ts';
import { ScriptRun } from './script-run.ts';
import type { ScriptOutput } from './script-tell.ts';

export { SCRIPT_DATE, type ScriptOutput } from './script-tell.ts';

/**
 * Runs the lines and emits every event. Throws AppError SCRIPT_LINE with the number of a line that cannot be read; what
 * came before it has been emitted. Empty lines and lines that start with # are skipped.
 */
export function runScript(lines: Iterable<string>, emit: (line: ScriptOutput) => void): void {
  const texts = Array.from(lines, (text) => text.trim());
  const run = new ScriptRun(emit, {
    byClock: texts.some((text) => !text.startsWith('#') && /"clock"\s*:/u.test(text)),
  });
  let abroad: OverseasScript | null = null;
  for (const [place, text] of texts.entries()) {
    if (text === '' || text.startsWith('#')) continue;
    try {
      if (abroad === null && listsAbroad(text)) abroad = run.goAbroad();
      if (abroad) {
        abroad.execute(text);
        continue;
      }
      const parsed = parseScriptLine(text);
      if (!parsed.ok) throw new ScriptMistake(parsed.why);
      run.execute(parsed.value);
    } catch (error) {
      if (error instanceof ScriptMistake) throw new AppError('SCRIPT_LINE', { line: place + 1, why: error.message });
      throw error;
    }
  }
  (abroad ?? run).end();
}
