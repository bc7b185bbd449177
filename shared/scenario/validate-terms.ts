/** How checks of a scenario tell what they find. */
import type { ScenarioProblem } from './parse.ts';

/** Way to a place from the root of the document. */
export type Path = readonly (string | number)[];
/** Tells a problem; an error if nothing else is said. */
export type Tell = (
  path: Path,
  words: readonly [ko: string, en: string],
  severity?: ScenarioProblem['severity'],
) => void;
