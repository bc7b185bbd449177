/** Files of a run in which a file is tampered with: its record, settings and scenario, kept by the very stores that keep a user's. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentStore, Journal } from '#core/storage/index.ts';
import { guardedJournal, IntegrityLook, type GuardedFile } from '#core/threats/index.ts';
import { DESK_UPCASTERS } from '#core/trading/index.ts';
import type { ScenarioDocument, ScenarioEvent, ScenarioId } from '#shared/domain/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import { formatScenario } from '#shared/scenario/index.ts';
import type { ThreatEvent } from '#shared/threats/index.ts';
import { ScenarioStore } from '../scenario-store.ts';
import { countingIds } from './parts.ts';
import type { RunJournal } from './run-journal.ts';

type Tampered = Extract<ScenarioEvent, { readonly kind: 'tamper' }>['what'];

const RECORD = 'record.db';
const BEGAN = 'runBegan';

export interface RunFilesParts {
  /** The run's own folder. */
  readonly folder: string;
  readonly document: ScenarioDocument;
  /** What the desk writes down: the file follows it. */
  readonly journal: RunJournal;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class RunFiles {
  readonly #parts: RunFilesParts;
  readonly #record: Journal;
  readonly #documents: DocumentStore;
  readonly #scenarios: ScenarioStore;
  readonly #scenario: ScenarioId;
  readonly #files: readonly GuardedFile[];
  readonly #look: IntegrityLook;
  #written = 0;

  constructor(parts: RunFilesParts) {
    this.#parts = parts;
    const { folder, document, clock, logger } = parts;
    const path = join(folder, RECORD);
    this.#record = Journal.open({ path, role: 'journal', upcasters: DESK_UPCASTERS });
    this.#record.append([{ kind: BEGAN, v: 1, ts: clock.now(), data: { scenario: document.name } }]);
    this.#documents = new DocumentStore(join(folder, 'documents'));
    const detectors = document.detectors === 'all' ? [] : document.detectors;
    this.#documents.save(
      { kind: 'detectors', id: 'main', revision: 0 },
      { detectors: Object.fromEntries(detectors.map(({ id, params }) => [id, { on: true, params }])) },
    );
    this.#scenarios = new ScenarioStore(join(folder, 'scenarios'), { clock, logger, ids: countingIds('file') });
    const text = formatScenario(document);
    const { id } = this.#scenarios.create(text);
    this.#scenarios.save(id, { version: 0, text, note: '' });
    this.#scenario = id;
    this.#files = [
      guardedJournal(RECORD, this.#record),
      { what: 'settings', name: 'documents/detectors', whole: () => this.#documents.altered('detectors').length === 0 },
      { what: 'scenario', name: id, whole: () => this.#scenarios.isWhole(id) },
    ];
    this.#look = new IntegrityLook(() => this.#files);
  }

  /** Looks at each of them once. */
  look(tell: (event: ThreatEvent) => void, ts: number): void {
    this.#follow();
    for (let count = 0; count < this.#files.length; count += 1) this.#look.look(tell, ts);
  }

  /** Changes bytes on the disk, as another program would. */
  tamper(what: Tampered): void {
    const { folder } = this.#parts;
    if (what === 'journal') {
      this.#follow();
      this.#record.checkpoint();
      const path = join(folder, RECORD);
      const bytes = readFileSync(path);
      bytes.write('RunBegan', bytes.lastIndexOf(BEGAN));
      writeFileSync(path, bytes);
      return;
    }
    const path =
      what === 'settings'
        ? join(folder, 'documents', 'detectors', 'd-main.json')
        : join(folder, 'scenarios', this.#scenario.slice(this.#scenario.indexOf(':') + 1), 'v000001.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, what === 'settings' ? text.replace('"revision":1', '"revision":2') : `${text}# ${what}\n`);
  }

  close(): void {
    this.#record.close();
  }

  /** What the desk has written since goes into the file. */
  #follow(): void {
    const { entries } = this.#parts.journal;
    const more = entries.slice(this.#written);
    if (more.length > 0) this.#record.append(more.map(({ kind, v, ts, data }) => ({ kind, v, ts, data })));
    this.#written = entries.length;
  }
}
