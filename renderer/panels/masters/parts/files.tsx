/** The files: how each stands, taking them in, downloading them, and the nightly download. */
import type { JSX } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { MasterFileState, MasterReport } from '#shared/contract/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { useText } from '../../../text/index.ts';
import { IconButton, TextField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Grid } from '../../../ui/grid.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Skeleton, Veiled } from '../../../ui/states.tsx';
import { useMasters } from '../slice.ts';
import { cancelMasters, configureMasters, downloadMasters, importMasters, openFaults } from './acts.ts';
import { fileColumns, momentText } from './file-columns.ts';

/** What is under way, with the way to stop it where it was started here. */
function UnderWay(): JSX.Element | null {
  const t = useText();
  const running = useMasters((state) => state.running);
  const progress = useMasters((state) => state.progress);
  const busy = progress?.state === 'downloading' || progress?.state === 'reading';
  if (!running && !busy) return null;
  const share =
    running?.step === 'sending'
      ? running.share
      : progress?.state === 'downloading' && progress.fetched && progress.fetched.of > 0
        ? progress.fetched.done / progress.fetched.of
        : null;
  const label =
    running?.step === 'sending'
      ? t('masters.sending', { name: running.name })
      : progress?.state === 'downloading' && progress.fetched
        ? t('masters.downloading', { ...progress.fetched, file: progress.file })
        : t('masters.reading', { file: progress?.file ?? '', rows: number(progress?.rows ?? 0) });
  return (
    <div className="mrun">
      <span role="status">{label}</span>
      <div
        className={share === null ? 'pbar indet' : 'pbar'}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
        data-testid="masters-progress"
      >
        <i {...(share === null ? {} : { style: { width: `${share * 100}%` } })} />
      </div>
      {running && (
        <button type="button" className="btn" onClick={cancelMasters} data-testid="masters-cancel">
          {t('common.cancel')}
        </button>
      )}
    </div>
  );
}

/** What became of the last import or download. */
function Outcome({ report }: { readonly report: MasterReport }): JSX.Element {
  const t = useText();
  const taken = report.files.filter(({ state }) => state === 'taken');
  const refused = report.files.filter(({ state }) => state === 'refused');
  const rows = taken.reduce((sum, file) => sum + file.rows, 0);
  const faulty = taken.reduce((sum, file) => sum + file.faulty, 0);
  return (
    <div className="mrun col" role="status" data-testid="masters-report">
      <span>
        <b>
          {taken.length === 0
            ? t('masters.doneNone')
            : t('masters.done', {
                files: number(taken.length),
                rows: number(rows),
                seconds: (report.ms / 1_000).toFixed(1),
              })}
        </b>
        {faulty > 0 && ` ${t('masters.faultyRows', { count: number(faulty) })}`}
      </span>
      {refused.map(({ file, title, error }) => (
        <span key={file} className="err" data-testid={`masters-refused-${file}`}>
          {t('masters.refusedFile', { title, why: `${error?.messageKo ?? ''} ${error?.actionKo ?? ''}` })}
        </span>
      ))}
    </div>
  );
}

/** Where files come from: the official host, or an emulator on this machine. */
function Source(): JSX.Element | null {
  const t = useText();
  const { client } = useClient();
  const nightly = useMasters((state) => state.status?.nightly ?? null);
  const [draft, setDraft] = useState<string | null>(null);
  if (!nightly) return null;
  const save = async (base: string | null): Promise<void> => {
    if (await configureMasters(client, { base })) setDraft(null);
  };
  return (
    <div className="mset">
      <label className="chk">
        <input
          type="checkbox"
          checked={nightly.on}
          data-testid="masters-nightly"
          onChange={() => void configureMasters(client, { nightly: !nightly.on })}
        />
        {t('masters.nightly', { at: nightly.at })}
      </label>
      <span className="l" data-testid="masters-nightly-state">
        {nightly.failed
          ? t('masters.nightlyFailed', { time: momentText(nightly.failed.ts), why: nightly.failed.why.messageKo })
          : nightly.doneTs !== null
            ? t('masters.nightlyDone', { time: momentText(nightly.doneTs) })
            : t(nightly.on ? 'masters.nightlyWaiting' : 'masters.nightlyOff')}
      </span>
      <span className="sp" />
      {draft === null ? (
        <>
          <span className="l" data-testid="masters-base">
            {nightly.official ? t('masters.official') : t('masters.local', { base: nightly.base })}
          </span>
          <button
            type="button"
            className="btn"
            data-testid="masters-base-change"
            onClick={() => setDraft(nightly.official ? '' : nightly.base)}
          >
            {t('masters.change')}
          </button>
        </>
      ) : (
        <>
          <TextField
            label={t('masters.base')}
            placeholder={t('masters.basePlaceholder')}
            text={draft}
            autoFocus
            maxLength={200}
            onText={setDraft}
            onEnter={() => void save(draft)}
            testId="masters-base-text"
          />
          <button type="button" className="btn pri" data-testid="masters-base-save" onClick={() => void save(draft)}>
            {t('masters.save')}
          </button>
          <IconButton icon="x" label={t('common.cancel')} onClick={() => setDraft(null)} testId="masters-base-cancel" />
        </>
      )}
    </div>
  );
}

/** The lines of one file that were left out. */
function Faults({ file }: { readonly file: MasterFileState }): JSX.Element {
  const t = useText();
  const { client } = useClient();
  const faults = useMasters((state) => state.faults);
  return (
    <div className="mfaults" data-testid="masters-faults">
      <div className="tbar">
        <b>{file.title}</b>
        <span className="l">{file.file}</span>
        <span className="sp" />
        <IconButton
          icon="x"
          label={t('common.close')}
          onClick={() => void openFaults(client, null)}
          testId="masters-faults-close"
        />
      </div>
      <div className="mbody" tabIndex={0} role="group" aria-label={t('masters.faults')}>
        {file.refused && (
          <p className="err mnote">
            {momentText(file.refused.ts)} {file.refused.why.messageKo} {file.refused.why.actionKo}
          </p>
        )}
        {file.kept && (
          <p className="l mnote">
            {t('masters.sum')} <span className="num">{file.kept.sha256}</span>
          </p>
        )}
        {faults?.length === 0 && <p className="l mnote">{t('masters.noFaults')}</p>}
        {faults && faults.length > 0 && (
          <table>
            <thead>
              <tr>
                <th>{t('import.line')}</th>
                <th>{t('import.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {faults.map(({ line, reason }) => (
                <tr key={line}>
                  <td className="num">{number(line)}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}

export function FilesTab(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { client } = useClient();
  const { looksOnly } = usePanel();
  const { status, running, report, error, file } = useMasters();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const now = workstation.clock.now();
  const columns = useMemo(() => fileColumns(t, now), [t, status]); // eslint-disable-line react-hooks/exhaustive-deps
  const isSelected = useMemo(() => (row: MasterFileState) => row.file === file, [file]);
  const chosen = status?.files.find((each) => each.file === file);
  const take = (list: FileList | null): void => {
    const files = [...(list ?? [])];
    if (files.length > 0) void importMasters(workstation, files);
  };
  if (!status) return <Skeleton rows={10} />;
  return (
    <div
      className={over ? 'fillcol mfiles over' : 'fillcol mfiles'}
      onDragOver={(event) => {
        if (looksOnly || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (looksOnly) return;
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      {!looksOnly && (
        <>
          <div className="tbar wrap">
            <button
              type="button"
              className="btn"
              disabled={running !== null}
              onClick={() => input.current?.click()}
              data-testid="masters-import"
            >
              {t('masters.import')}
            </button>
            <button
              type="button"
              className="btn"
              disabled={running !== null}
              onClick={() => void downloadMasters(workstation, null)}
              data-testid="masters-download"
            >
              <Icon name="dl" size="sm" />
              {t('masters.download')}
            </button>
            <span className="l">{t('masters.cost', { count: number(status.files.length) })}</span>
            <input
              ref={input}
              type="file"
              hidden
              multiple
              accept=".mst,.cod,.zip"
              data-testid="masters-file"
              onChange={(event) => {
                take(event.target.files);
                event.target.value = '';
              }}
            />
          </div>
          <Source />
        </>
      )}
      <UnderWay />
      {error && (
        <p className="err mnote" role="alert" data-testid="masters-error">
          <b>{error.messageKo}</b> {error.actionKo} <span className="l">({error.code})</span>
        </p>
      )}
      {report && !running && <Outcome report={report} />}
      <Veiled from="core">
        <Grid
          columns={columns}
          rows={status.files}
          rowId={(row) => row.file}
          rowTestId={(row) => `masters-file-${row.file}`}
          isSelected={isSelected}
          onRow={(row) => void openFaults(client, row.file)}
          label={t('masters.files')}
          testId="masters-files"
        />
      </Veiled>
      {chosen && <Faults file={chosen} />}
    </div>
  );
}
