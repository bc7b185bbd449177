/** What has to be said of an answer: what did not come, what is not known, which day it is about. */
import type { JSX } from 'react';
import type { SheetAnswer, SheetInfo } from '#shared/contract/index.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { Icon } from '../icons.tsx';
import { named } from './cell.ts';

/** Names that are listed; the others are counted. */
const LISTED = 6;
/** What is calm to know; the rest is a warning. */
const CALM: ReadonlySet<string> = new Set(['gaps', 'zero', 'unit', 'closed', 'holiday']);

export function SheetNotes({
  info,
  answer,
}: {
  readonly info: SheetInfo;
  readonly answer: SheetAnswer;
}): JSX.Element | null {
  const t = useText();
  const language = useView((state) => state.language);
  const columns = info.blocks.flatMap((block) => block.columns);
  const word = (name: string): string => {
    const column = columns.find(({ ko }) => ko === name);
    return column ? named(column, language) : name;
  };
  // That nothing came is what the table itself says.
  const told = answer.notes.flatMap(({ kind, names }) =>
    kind === 'empty' || kind === 'blank' ? [] : [{ kind, names }],
  );
  if (told.length === 0) return null;
  return (
    <ul className="sheet-notes" data-testid={`sheet-notes-${info.id}`}>
      {told.map(({ kind, names }) => {
        const listed = names.slice(0, LISTED).map(word).join(', ');
        const rest = names.length - LISTED;
        return (
          <li key={kind} data-note={kind}>
            <Icon name={CALM.has(kind) ? 'info' : 'warn'} size="sm" />
            <span>
              {t(`sheet.note.${kind}`, {
                names: rest > 0 ? t('sheet.andMore', { names: listed, count: rest }) : listed,
              })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
