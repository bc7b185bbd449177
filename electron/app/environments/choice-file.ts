/** Which environment was last in force: taken up again at the next start. */
import { z } from 'zod';
import { Environment } from '#shared/domain/index.ts';
import type { Logger } from '#shared/ports.ts';
import { readWhole, replaceFile } from '#core/storage/index.ts';

const StoredChoice = z.strictObject({
  version: z.literal(1),
  environment: Environment,
  connectionId: z.string().nullable(),
  /** Whether the practice market was running when it was left. */
  simulationRan: z.boolean(),
});
export type StoredChoice = Omit<z.infer<typeof StoredChoice>, 'version'>;

const FIRST: StoredChoice = { environment: 'simulation', connectionId: null, simulationRan: true };
const MODE = 0o600;

export class ChoiceFile {
  readonly #path: string;
  #value: StoredChoice = FIRST;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    const text = readWhole(path);
    if (text === null) return;
    try {
      const { environment, connectionId, simulationRan } = StoredChoice.parse(JSON.parse(text));
      this.#value = { environment, connectionId, simulationRan };
    } catch (error) {
      // The simulation is the one choice that can do no harm.
      logger.warn('the last environment is not known', { error });
    }
  }

  get(): StoredChoice {
    return this.#value;
  }

  set(changes: Partial<StoredChoice>): void {
    const next = { ...this.#value, ...changes };
    replaceFile(this.#path, `${JSON.stringify({ version: 1, ...next }, null, 2)}\n`, MODE);
    this.#value = next;
  }
}
