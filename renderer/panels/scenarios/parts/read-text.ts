/** Understands the text of a scenario, on the page or beside it: nothing here touches the screen. */
import { krxId, type ScenarioDocument } from '#shared/domain/index.ts';
import { parseScenario, validateScenario, type ScenarioProblem } from '#shared/scenario/index.ts';
import { ALL_DETECTORS } from '#shared/threats/index.ts';

/** What a text says; `document` null: it cannot be read as it stands. */
export interface Understood {
  readonly document: ScenarioDocument | null;
  readonly problems: readonly ScenarioProblem[];
}

/** Reads a text. `ids`: the instruments that the simulated market has; null: not told yet, every code is taken for known. */
export function understood(text: string, ids: ReadonlySet<string> | null): Understood {
  const parsed = parseScenario(text);
  if (!('document' in parsed)) return { document: null, problems: parsed.problems };
  const problems = validateScenario(parsed.document, {
    text,
    detectors: ALL_DETECTORS,
    ...(ids ? { knows: (code: string) => ids.has(krxId(code)) } : {}),
  });
  return { document: parsed.document, problems };
}
