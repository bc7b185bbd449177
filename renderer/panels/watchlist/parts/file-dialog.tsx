/** Adds issues from a CSV file: shows what every line means before anything is taken. */
import type { ChangeEvent, JSX } from 'react';
import { useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type Watchlist, WATCHED_LIMIT } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { wordsOf } from '../../../client/words-of.ts';
import { addSorted, idsOf } from '../../../client/watchlist-ops.ts';
import { nameOf, useInstruments } from '../../../store/instruments.ts';
import { type Translate, useText } from '../../../text/index.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { number } from '../../../ui/format.ts';
import { Grid } from '../../../ui/grid.tsx';
import { figureColumn, textColumn } from '../../../ui/table/column.ts';
import type { ListActs } from './acts.ts';
import { assertReadable } from './csv.ts';
import { type ImportPreview, type ImportRow, namingOf, previewOf, takenRows } from './import.ts';

interface Loaded {
  readonly name: string;
  readonly preview: ImportPreview;
}

const REFUSED: ReadonlySet<ImportRow['how']> = new Set(['unknown', 'many', 'twice', 'listed']);

/** Lines that are left out stand first: they are what the user has to look at. */
function inView(rows: readonly ImportRow[]): readonly ImportRow[] {
  return [...rows.filter((row) => REFUSED.has(row.how)), ...rows.filter((row) => !REFUSED.has(row.how))];
}

function howText(t: Translate, row: ImportRow): string {
  return t(`watch.how.${row.how}`, { before: row.before ?? 0 });
}

function Lines({ rows }: { readonly rows: readonly ImportRow[] }): JSX.Element {
  const t = useText();
  const columns = useMemo(
    () => [
      figureColumn<ImportRow>({
        id: 'line',
        header: t('watch.file.line'),
        width: 60,
        value: (row) => row.line,
        show: (value) => number(value),
      }),
      textColumn<ImportRow>({ id: 'text', header: t('watch.file.text'), flex: 1, value: (row) => row.text }),
      textColumn<ImportRow>({
        id: 'issue',
        header: t('watch.file.issue'),
        width: 190,
        value: (row) => (row.id === null ? '' : `${nameOf(row.id)} ${row.id.split(':')[1] ?? ''}`),
      }),
      textColumn<ImportRow>({
        id: 'note',
        header: t('watch.file.note'),
        width: 160,
        value: (row) => howText(t, row),
      }),
    ],
    [t],
  );
  const shown = useMemo(() => inView(rows), [rows]);
  return (
    <Grid
      columns={columns}
      rows={shown}
      rowId={(row) => String(row.line)}
      rowTestId={(row) => `watch-file-${row.line}`}
      label={t('watch.file.title')}
      name="watch-file"
      testId="watch-file-lines"
    />
  );
}

export function FileDialog(props: {
  readonly list: Watchlist;
  readonly acts: ListActs;
  readonly onClose: () => void;
}): JSX.Element {
  const { list, acts, onClose } = props;
  const t = useText();
  const instruments = useInstruments((state) => state.list);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<ErrorEnvelope | null>(null);
  const [zeros, setZeros] = useState(true);
  const picker = useRef<HTMLInputElement>(null);
  const read = async (file: File): Promise<void> => {
    setError(null);
    setLoaded(null);
    try {
      assertReadable(file.size);
      const bytes = new Uint8Array(await file.arrayBuffer());
      const preview = previewOf({ name: file.name, bytes }, namingOf(instruments), new Set(idsOf(list)));
      setLoaded({ name: file.name, preview });
    } catch (failure) {
      setError(wordsOf(failure));
    }
  };
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    // The same file can be chosen again after it was mended.
    event.target.value = '';
    if (file) void read(file);
  };
  const rows = loaded?.preview.rows ?? [];
  const taken = takenRows(rows, zeros);
  const lost = rows.filter((row) => row.how === 'zeros').length;
  const send = (): void => {
    void acts
      .change((old) => addSorted(old, taken))
      .then((done) => {
        if (!done) return;
        acts.say(t('watch.file.done', { count: number(taken.length) }));
        onClose();
      });
  };
  return createPortal(
    <Dialog
      title={t('watch.file.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      testId="watch-file"
      className="wide"
      foot={
        <>
          <span className="l num" role="status">
            {loaded &&
              `${t('watch.file.taken', { count: number(taken.length) })} · ${t('watch.file.left', { count: number(rows.length - taken.length) })}`}
          </span>
          <span className="sp" />
          <button
            type="button"
            className="btn pri lg"
            disabled={taken.length === 0}
            onClick={send}
            data-testid="watch-file-send"
          >
            {t('watch.file.send', { count: number(taken.length) })}
          </button>
        </>
      }
    >
      <p>{t('watch.file.body', { limit: number(WATCHED_LIMIT) })}</p>
      <div className="row">
        <button type="button" className="btn" onClick={() => picker.current?.click()} data-testid="watch-file-choose">
          {t('watch.file.choose')}
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          aria-label={t('watch.file.choose')}
          data-testid="watch-file-input"
          onChange={pick}
        />
        {loaded && (
          <span className="l" data-testid="watch-file-facts">
            {t('watch.file.facts', {
              name: loaded.name,
              encoding: loaded.preview.encoding,
              header: t(loaded.preview.header ? 'watch.file.header' : 'watch.file.noHeader'),
              rows: number(rows.length),
            })}
          </span>
        )}
      </div>
      {error && (
        <p className="err" role="alert" data-testid="watch-file-error">
          {error.messageKo} {error.actionKo} ({error.code})
        </p>
      )}
      {loaded && rows.length === 0 && <p role="status">{t('watch.file.nothing')}</p>}
      {lost > 0 && (
        <label className="el">
          <input
            type="checkbox"
            checked={zeros}
            data-testid="watch-file-zeros"
            onChange={(event) => setZeros(event.target.checked)}
          />
          {t('watch.file.zeros', { count: number(lost) })}
        </label>
      )}
      {rows.length > 0 && (
        <div className="wlines">
          <Lines rows={rows} />
        </div>
      )}
    </Dialog>,
    document.body,
  );
}
