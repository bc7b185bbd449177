/** The head of the open scenario: its name, whether it is kept, undo, the views, saving as a version, and what else can be done with it. */
import { type JSX, useState } from 'react';
import { createPortal } from 'react-dom';
import { useWorkstation } from '../../../client/context.tsx';
import { useText } from '../../../text/index.ts';
import { IconButton, MenuButton, MenuItem, Segment, TextField } from '../../../ui/controls.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { download } from '../../../ui/download.ts';
import { Icon } from '../../../ui/icons.tsx';
import { choosePart, isShipped, useScenarios, VIEWS, type OpenScenario } from '../slice.ts';
import { copyOf } from './list.tsx';
import { PlayOnScreen } from './play.tsx';
import { useScenarioLine } from './scenario-line.ts';

/** Asks what the version is about, and saves it. */
export function SaveDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const t = useText();
  const line = useScenarioLine();
  const workstation = useWorkstation();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const save = (): void => {
    if (busy) return;
    setBusy(true);
    void line.save(note.trim()).then((stored) => {
      if (stored)
        workstation.notify({
          level: 'info',
          title: t('scen.savedAs', { version: stored.version }),
          body: stored.name,
        });
      onClose();
    });
  };
  // A panel would hold the dialog within itself.
  return createPortal(
    <Dialog
      title={t('scen.saveTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      testId="scen-save-dialog"
      foot={
        <>
          <span className="sp" />
          <button type="button" className="btn lg" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button type="button" className="btn pri lg" disabled={busy} onClick={save} data-testid="scen-save-go">
            {t('scen.saveGo')}
          </button>
        </>
      }
    >
      <p>{t('scen.saveHint')}</p>
      <div className="row">
        <span className="l">{t('scen.note')}</span>
        <TextField
          label={t('scen.note')}
          text={note}
          placeholder={t('scen.notePlaceholder')}
          maxLength={200}
          autoFocus
          onText={setNote}
          onEnter={save}
          testId="scen-note"
        />
      </div>
    </Dialog>,
    document.body,
  );
}

function RemoveDialog(props: {
  readonly open: OpenScenario;
  readonly name: string;
  readonly onClose: () => void;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const line = useScenarioLine();
  const { open, name, onClose } = props;
  const remove = async (): Promise<void> => {
    await line.close();
    await workstation.act((client) => client.scenarios.remove({ id: open.id }));
    onClose();
  };
  // A panel would hold the dialog within itself.
  return createPortal(
    <Dialog
      title={t('scen.removeTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      testId="scen-remove-dialog"
      foot={
        <>
          <span className="sp" />
          <button type="button" className="btn lg" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button type="button" className="btn pri lg" onClick={() => void remove()} data-testid="scen-remove-go">
            {t('scen.removeGo')}
          </button>
        </>
      }
    >
      <p>{t('scen.removeHint', { name })}</p>
    </Dialog>,
    document.body,
  );
}

/** "저장됨", "적는 중": where what is written stands. */
function Kept({ open }: { readonly open: OpenScenario }): JSX.Element | null {
  const t = useText();
  if (isShipped(open.id)) return <span className="chip line">{t('scen.readOnly')}</span>;
  const clean = open.version > 0 && open.text === open.saved;
  const state = open.draft === 'failed' ? 'failed' : clean ? 'clean' : open.draft === 'waiting' ? 'waiting' : 'kept';
  return (
    <span
      className={state === 'failed' ? 'sc-kept highc' : 'sc-kept'}
      role={state === 'failed' ? 'alert' : undefined}
      data-testid="scen-kept"
      data-state={state}
    >
      {t(`scen.kept.${state}`, { version: open.version })}
    </span>
  );
}

export function ScenarioHead(props: {
  readonly open: OpenScenario;
  readonly name: string;
  readonly onSave: () => void;
  readonly onRun: () => void;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const line = useScenarioLine();
  const view = useScenarios((state) => state.view);
  const broken = useScenarios((state) => !state.reading.whole);
  const [removing, setRemoving] = useState(false);
  const [playing, setPlaying] = useState(false);
  const { open, name } = props;
  const shipped = isShipped(open.id);
  const clean = open.version > 0 && open.text === open.saved;
  return (
    <>
      <div className="tbar wrap sc-head">
        <IconButton icon="list" label={t('scen.toList')} onClick={() => void line.close()} testId="scen-close" />
        <h2 className="el" title={name} data-testid="scen-title">
          {name}
        </h2>
        <span className="chip line num">
          {shipped ? t('scen.lib') : open.version === 0 ? t('scen.neverSaved') : `v${open.version}`}
        </span>
        <Kept open={open} />
        <span className="sp" />
        <Segment
          label={t('scen.view')}
          choices={VIEWS.map((value) => ({ value, label: t(`scen.view.${value}`) }))}
          value={view}
          onChange={(next) => useScenarios.setState({ view: next })}
          testId="scen-view"
        />
        <IconButton
          icon="undo"
          label={t('scen.undo')}
          disabled={open.past.length === 0 || shipped}
          onClick={() => line.undo()}
          testId="scen-undo"
        />
        <IconButton
          icon="redo"
          label={t('scen.redo')}
          disabled={open.future.length === 0 || shipped}
          onClick={() => line.redo()}
          testId="scen-redo"
        />
        {shipped ? (
          <button
            type="button"
            className="btn"
            data-testid="scen-copy-edit"
            onClick={() => void copyOf(workstation, line, { id: open.id, name })}
          >
            <Icon name="copy" size="sm" />
            {t('scen.copyToEdit')}
          </button>
        ) : (
          <button
            type="button"
            className="btn"
            disabled={clean || broken}
            title={broken ? t('scen.mendFirst') : undefined}
            data-testid="scen-save"
            onClick={props.onSave}
          >
            {t('scen.save')}
          </button>
        )}
        <button
          type="button"
          className="btn"
          disabled={broken}
          data-testid="scen-play"
          onClick={() => setPlaying(true)}
        >
          {t('scen.play')}
        </button>
        <button type="button" className="btn pri" disabled={broken} data-testid="scen-run" onClick={props.onRun}>
          <Icon name="play" size="sm" />
          {t('scen.run')}
        </button>
        <MenuButton className="ib" label={t('scen.more')} testId="scen-more" face={<Icon name="more" />}>
          {(close) => (
            <>
              <MenuItem
                testId="scen-copy"
                onClick={() => {
                  close();
                  void copyOf(workstation, line, { id: open.id, name });
                }}
              >
                {t('scen.copy')}
              </MenuItem>
              <MenuItem
                testId="scen-rename"
                disabled={shipped}
                onClick={() => {
                  close();
                  choosePart({ name: 'about', index: -1 });
                  useScenarios.setState({ view: 'edit' });
                  focusName();
                }}
              >
                {t('scen.rename')}
              </MenuItem>
              <MenuItem
                testId="scen-export"
                onClick={() => {
                  close();
                  download(`${name}.yaml`, open.text, 'application/yaml');
                }}
              >
                {t('scen.export')}
              </MenuItem>
              <MenuItem
                testId="scen-remove"
                disabled={shipped}
                onClick={() => {
                  close();
                  setRemoving(true);
                }}
              >
                {t('scen.remove')}
              </MenuItem>
            </>
          )}
        </MenuButton>
      </div>
      {removing && <RemoveDialog open={open} name={name} onClose={() => setRemoving(false)} />}
      {playing && <PlayOnScreen open={open} name={name} onClose={() => setPlaying(false)} />}
    </>
  );
}

/** The field of the name, once the form shows it. */
function focusName(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>('[data-testid="scen-name"]');
    field?.focus();
    field?.select();
  });
}
