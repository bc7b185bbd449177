/** The import dialog: choose files, watch them come in, read what became of every row. */
import type { JSX } from 'react';
import { useRef, useState } from 'react';
import { useWorkstation } from '../../client/context.tsx';
import { closeDialog, openDialog } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { number } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { missingColumns } from './parts/mapping.ts';
import { MappingForm } from './parts/mapping-form.tsx';
import { Report } from './parts/report.tsx';
import { cancelImport, importKrx, importMapped, importRecords, openCsv } from './parts/run.ts';
import { type ImportKind, useImportSlice } from './slice.ts';

const KINDS: readonly ImportKind[] = ['krx-eod', 'csv', 'minutes', 'trades', 'books'];

function startOver(): void {
  useImportSlice.setState({ state: { step: 'choose' } });
}

/** Takes files by a chooser or by dropping them here. */
function Chooser(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const kind = useImportSlice((state) => state.kind);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null): void => {
    const files = [...(list ?? [])];
    const [first] = files;
    if (!first) return;
    if (kind === 'csv') void openCsv(workstation, first);
    else if (kind === 'krx-eod') void importKrx(workstation, files);
    else void importRecords(workstation, files, kind);
  };
  return (
    <>
      <Segment
        label={t('import.kind')}
        choices={KINDS.map((value) => ({ value, label: t(`import.kind.${value}`) }))}
        value={kind}
        onChange={(value) => useImportSlice.setState({ kind: value })}
        testId="import-kind"
      />
      <p>{t(`import.about.${kind}`)}</p>
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <Icon name="dl" size="lg" />
        <span>{t('import.drop')}</span>
        <button type="button" className="btn pri lg" onClick={() => input.current?.click()} data-testid="import-choose">
          {t('import.choose')}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          multiple={kind !== 'csv'}
          accept=".csv,.gz,.txt"
          data-testid="import-file"
          onChange={(event) => {
            take(event.target.files);
            // The same file can be chosen again after it was mended.
            event.target.value = '';
          }}
        />
      </div>
    </>
  );
}

function Progress({ label, share }: { readonly label: string; readonly share: number | null }): JSX.Element {
  return (
    <>
      <p role="status">{label}</p>
      <div
        className={share === null ? 'pbar indet' : 'pbar'}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
        data-testid="import-progress"
      >
        <i {...(share === null ? {} : { style: { width: `${share * 100}%` } })} />
      </div>
    </>
  );
}

export function ImportDialog(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { state } = useImportSlice();
  const { step } = state;
  const busy = step === 'sending' || step === 'reading';
  const foot = (
    <>
      {(step === 'done' || step === 'failed' || step === 'mapping') && (
        <button type="button" className="btn lg" onClick={startOver} data-testid="import-again">
          {t('import.again')}
        </button>
      )}
      <span className="sp" />
      {busy && (
        <button type="button" className="btn lg" onClick={cancelImport} data-testid="import-cancel">
          {t('common.cancel')}
        </button>
      )}
      {step === 'mapping' && (
        <button
          type="button"
          className="btn pri lg"
          disabled={missingColumns(state.mapping).length > 0}
          data-testid="import-mapped"
          onClick={() => void importMapped(workstation)}
        >
          {t('import.start')}
        </button>
      )}
      {step === 'done' && (
        <>
          <button
            type="button"
            className="btn lg"
            data-testid="import-to-replay"
            onClick={() => {
              startOver();
              openDialog('replay');
            }}
          >
            {t('plan.openReplay')}
          </button>
          <button
            type="button"
            className="btn pri lg"
            data-testid="import-finish"
            onClick={() => {
              startOver();
              closeDialog();
            }}
          >
            {t('common.done')}
          </button>
        </>
      )}
    </>
  );
  return (
    <Dialog
      title={t('import.title')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="import-dialog"
      className={step === 'mapping' || step === 'done' ? 'wide' : ''}
      {...(step === 'choose' ? {} : { foot })}
    >
      {step === 'choose' && <Chooser />}
      {step === 'sending' && <Progress label={t('import.sending', { name: state.name })} share={state.share} />}
      {step === 'reading' && <Progress label={t('import.reading', { rows: number(state.rows) })} share={null} />}
      {step === 'mapping' && (
        <MappingForm
          preview={state.preview}
          mapping={state.mapping}
          onChange={(mapping) => useImportSlice.setState({ state: { ...state, mapping } })}
        />
      )}
      {step === 'done' && <Report report={state.report} />}
      {step === 'failed' && (
        <div role="alert" data-testid="import-error">
          <p className="err">
            <b>{state.error.messageKo}</b>
          </p>
          <p>
            {state.error.actionKo} <span className="l">({state.error.code})</span>
          </p>
        </div>
      )}
    </Dialog>
  );
}
