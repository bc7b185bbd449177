/** A sheet that has nothing to show, and why; null where it has. */
import type { JSX } from 'react';
import type { SheetInfo } from '#shared/contract/index.ts';
import type { Reading } from '../../store/sheets.ts';
import { useText } from '../../text/index.ts';
import { Empty, Failed, Skeleton } from '../states.tsx';

export function sheetState(
  info: SheetInfo,
  reading: Reading,
  act: { readonly waits: boolean; readonly onRead: () => void },
): JSX.Element | null {
  const { answer, error, busy } = reading;
  const lack = info.unavailable ?? answer?.unavailable ?? null;
  if (lack) return <Lacking title={lack.messageKo} body={lack.actionKo} id={info.id} />;
  if (error && !answer) return <Failed error={error} onRetry={act.onRead} testId={`sheet-error-${info.id}`} />;
  if (!answer) return busy || !act.waits ? <Skeleton rows={4} /> : <Waiting info={info} onRead={act.onRead} />;
  if (answer.notes.some(({ kind }) => kind === 'empty')) return <Nothing why="empty" id={info.id} />;
  return answer.notes.some(({ kind }) => kind === 'blank') ? <Nothing why="blank" id={info.id} /> : null;
}

function Lacking(props: { readonly title: string; readonly body: string; readonly id: string }): JSX.Element {
  return <Empty icon="lock" title={props.title} body={props.body} testId={`sheet-lack-${props.id}`} />;
}

function Nothing({ why, id }: { readonly why: 'empty' | 'blank'; readonly id: string }): JSX.Element {
  const t = useText();
  return <Empty icon="doc" title={t(`sheet.${why}`)} body={t(`sheet.${why}Body`)} testId={`sheet-${why}-${id}`} />;
}

/** Nothing is called before somebody asks for it. */
function Waiting({ info, onRead }: { readonly info: SheetInfo; readonly onRead: () => void }): JSX.Element {
  const t = useText();
  return (
    <Empty icon="doc" title={t('sheet.notRead')} body={t('sheet.cost', { count: info.calls })}>
      <button type="button" className="btn" onClick={onRead} data-testid={`sheet-read-${info.id}`}>
        {t('sheet.read')}
      </button>
    </Empty>
  );
}
