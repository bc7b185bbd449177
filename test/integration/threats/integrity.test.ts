/** Files that only Maru writes: a change from outside is found while the program runs, in a record, a document and a scenario. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ScenarioStore } from '#core/scenarios/scenario-store.ts';
import { DocumentStore, Journal } from '#core/storage/index.ts';
import { guardedJournal, IntegrityLook, type GuardedFile } from '#core/threats/index.ts';
import type { ThreatEvent } from '#shared/threats/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const TS = epochMs(1_772_582_400_000);

/** Looks so often, and gives the files that were told of with what was told. */
function looked(look: IntegrityLook, times: number): unknown[] {
  const told: ThreatEvent[] = [];
  for (let count = 0; count < times; count += 1) look.look((event) => told.push(event), TS);
  return told.flatMap((event) => (event.kind === 'integrity' ? [[event.name, event.whole]] : []));
}

describe('a record', () => {
  it('is walked part by part as it grows, and an altered entry is found', () => {
    const path = join(tempFolder(), 'journal.db');
    const journal = Journal.open({ path, role: 'journal' });
    const entry = (count: number) => ({
      kind: 'noted',
      v: 1,
      ts: TS,
      data: { note: `entry-${String(count).padStart(4, '0')}` },
    });
    journal.append(Array.from({ length: 1_200 }, (_, count) => entry(count)));
    const look = new IntegrityLook(() => [guardedJournal('journal.db', journal)]);
    expect(looked(look, 4)).toEqual([]);
    journal.append([entry(1_200)]);
    journal.checkpoint();
    const bytes = readFileSync(path);
    bytes.write('entry-9999', bytes.indexOf('entry-0700'));
    writeFileSync(path, bytes);
    expect(looked(look, 8)).toEqual([['journal.db', false]]);
    journal.close();
  });
});

describe('what is kept in small files', () => {
  it('is compared with what was written, and told again once it is whole or gone', () => {
    const folder = tempFolder();
    const documents = new DocumentStore(join(folder, 'documents'));
    documents.save(
      { kind: 'detectors', id: 'main', revision: 0 },
      { detectors: { M01: { on: true, params: { sd: 7 } } } },
    );
    const { clock } = createFakeTime();
    const scenarios = new ScenarioStore(join(folder, 'scenarios'), {
      clock,
      ids: { next: () => 'one' },
      logger: createMemoryLog().logger,
    });
    const { id } = scenarios.create('name: 하나\n');
    scenarios.save(id, { version: 0, text: 'name: 하나\n', note: '' });
    const files = (): GuardedFile[] => [
      { what: 'settings', name: 'detectors', whole: () => documents.altered('detectors').length === 0 },
      ...scenarios
        .ids()
        .map((each): GuardedFile => ({ what: 'scenario', name: each, whole: () => scenarios.isWhole(each) })),
    ];
    const look = new IntegrityLook(files);
    expect(looked(look, 4)).toEqual([]);
    const setting = join(folder, 'documents', 'detectors', 'd-main.json');
    const text = readFileSync(setting, 'utf8');
    writeFileSync(setting, text.replace('7', '70'));
    writeFileSync(join(folder, 'scenarios', 'one', 'v000001.yaml'), 'name: 둘\n');
    expect(looked(look, 6).toSorted()).toEqual(
      [
        ['detectors', false],
        [id, false],
      ].toSorted(),
    );
    // Spelt otherwise it says the same.
    writeFileSync(setting, text.replace('{', '{ '));
    scenarios.remove(id);
    expect(looked(look, 4).toSorted()).toEqual(
      [
        ['detectors', true],
        [id, true],
      ].toSorted(),
    );
  });
});
