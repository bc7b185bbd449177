/** Brings scenarios of older versions to the present one, step by step. */
import { SCENARIO_VERSION } from '../domain/index.ts';

type Raw = Readonly<Record<string, unknown>>;

/** A step from the version it stands under to the next; pure. The first version has none before it. */
export type UpgradeSteps = Readonly<Record<number, (older: Raw) => Raw>>;

const STEPS: UpgradeSteps = {};

/** The document in the present form; one whose version says nothing stays as it is, and the schema says why it does not fit. */
export function upgraded(raw: Raw, steps: UpgradeSteps = STEPS, to: number = SCENARIO_VERSION): Raw {
  let value = raw;
  for (;;) {
    const { schemaVersion } = value;
    if (typeof schemaVersion !== 'number' || schemaVersion >= to) return value;
    const step = steps[schemaVersion];
    if (!step) return value;
    value = { ...step(value), schemaVersion: schemaVersion + 1 };
  }
}
