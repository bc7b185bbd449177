/** The evidence of a security play as one file in the data folder, without secrets and account numbers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactValue, scrubText } from '#core/platform/index.ts';
import type { Incident } from '#core/threats/index.ts';
import type { Clock } from '#shared/ports.ts';
import { kstDate } from '#shared/time/index.ts';

const FOLDER = 'incidents';

/** Writes it and says where, relative to the data folder. Throws as the disk refuses. */
export function incidentFiles(dataDir: string, clock: Clock): (incident: Incident) => string {
  return (incident) => {
    const name = `${kstDate(clock.now())}-${incident.playId}.json`;
    mkdirSync(join(dataDir, FOLDER), { recursive: true, mode: 0o700 });
    const text = scrubText(JSON.stringify(redactValue(incident), null, 2));
    writeFileSync(join(dataDir, FOLDER, name), `${text}\n`, { mode: 0o600 });
    return `${FOLDER}/${name}`;
  };
}
