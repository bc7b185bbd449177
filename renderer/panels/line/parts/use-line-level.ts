/** How the line in force stands in one word: its own facts, and whether the environment is connected at all. */
import { useEnvironment } from '../../../store/environment.ts';
import { useKis } from '../../../store/kis.ts';
import { type Level, lineLevel } from './figures.ts';

/** null where there is no line, or no word of it yet. */
export function useLineLevel(): Level | null {
  const failed = useEnvironment((state) => state.status?.phase === 'failed');
  return useKis(({ health }) => (health === null ? null : failed ? 'high' : lineLevel(health)));
}
