/** The files of a house that only this program writes, as the guard looks at them: records, what is signed and set, scenarios. */
import { guardedJournal, type GuardedFile } from '#core/threats/index.ts';
import type { DocumentKind } from '#shared/domain/index.ts';
import type { House } from '../house.ts';

/** Documents in which the user has signed or set what protects. */
const SIGNED: readonly DocumentKind[] = ['playbook', 'detectors'];

/** Those there are now. */
export function guardedFiles({ journals, documents, scenarios }: House): readonly GuardedFile[] {
  return [
    ...journals.open().map(({ file, journal }) => guardedJournal(file, journal)),
    ...SIGNED.map((kind): GuardedFile => ({
      what: 'settings',
      name: `documents/${kind}`,
      whole: () => documents.altered(kind).length === 0,
    })),
    ...scenarios.files(),
  ];
}
