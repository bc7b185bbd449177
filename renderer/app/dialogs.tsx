/** The dialog that is open, if any. */
import type { JSX } from 'react';
import { useState } from 'react';
import { useWorkstation } from '../client/context.tsx';
import { wordsOf } from '../client/workstation.ts';
import { NewAccountDialog } from '../panels/account/index.ts';
import { ArmDialog, ConnectionsDialog, PinDialog, WizardDialog } from '../panels/connections/index.ts';
import { ImportDialog } from '../panels/import/index.ts';
import { ReplayDialog, SyntheticDialog } from '../panels/market/index.ts';
import { SettingsDialog } from '../panels/settings/index.ts';
import { useDesk } from '../store/desk.ts';
import { closeDialog, useOverlay } from '../store/overlay.ts';
import { useText } from '../text/index.ts';
import { TextField } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { time } from '../ui/format.ts';
import type { Action } from './actions.ts';
import { Contained } from './contained.tsx';
import { AlertList } from './notices.tsx';
import { Palette } from './palette.tsx';
import { SwitchDialog } from './switch-dialog.tsx';

/** What must be typed to trade again; the core compares it too. */
export const RESUME_PHRASE = '매매 재개';

function ResumeDialog(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const trading = useDesk((state) => state.tradingState);
  const [phrase, setPhrase] = useState('');
  const [error, setError] = useState<string | null>(null);
  const resume = (): void => {
    workstation.client?.trading
      .resume({ phrase })
      .then(closeDialog)
      .catch((failure: unknown) => {
        const { messageKo, actionKo, code } = wordsOf(failure);
        setError(`${messageKo} ${actionKo} (${code})`);
      });
  };
  return (
    <Dialog
      title={t('resume.title')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="resume-dialog"
      className="crit"
      foot={
        <>
          <span className="sp" />
          <button
            type="button"
            className="btn crit lg"
            disabled={phrase.trim() === ''}
            onClick={resume}
            data-testid="resume-send"
          >
            {t('resume.send')}
          </button>
        </>
      }
    >
      {trading && <p>{t(`halted.cause.${trading.cause}`, { since: time(trading.sinceTs) })}</p>}
      <p>{t('resume.body', { phrase: RESUME_PHRASE })}</p>
      <TextField
        label={t('resume.phrase')}
        text={phrase}
        onText={setPhrase}
        placeholder={RESUME_PHRASE}
        maxLength={40}
        autoFocus
        onEnter={resume}
        testId="resume-phrase"
      />
      {error !== null && (
        <p className="err" role="alert" data-testid="resume-error">
          {error}
        </p>
      )}
    </Dialog>
  );
}

function ShortcutsDialog({ actions }: { readonly actions: readonly Action[] }): JSX.Element {
  const t = useText();
  const fixed = [
    { label: t('keys.send'), keys: 'Enter' },
    { label: t('keys.again'), keys: 'Shift Enter' },
    { label: t('keys.leave'), keys: 'Esc' },
    { label: t('keys.step'), keys: '↑ ↓' },
    { label: t('keys.step5'), keys: 'Shift ↑ ↓' },
    { label: t('keys.quantity'), keys: '← →' },
  ];
  const named = actions.flatMap((action) =>
    action.keys === null ? [] : [{ label: t(action.label), keys: action.keys.replaceAll('+', ' ') }],
  );
  return (
    <Dialog
      title={t('shortcuts.title')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="shortcuts-dialog"
      className="wide"
    >
      <div className="keys">
        {[...named, ...fixed].map((entry) => (
          <div key={entry.label}>
            <span>{entry.label}</span>
            <kbd>{entry.keys}</kbd>
          </div>
        ))}
      </div>
      <p className="note">{t('shortcuts.note')}</p>
    </Dialog>
  );
}

function OpenDialog({ actions }: { readonly actions: readonly Action[] }): JSX.Element | null {
  const dialog = useOverlay((state) => state.dialog);
  switch (dialog) {
    case 'palette':
      return <Palette actions={actions} />;
    case 'import':
      return <ImportDialog />;
    case 'replay':
      return <ReplayDialog />;
    case 'synthetic':
      return <SyntheticDialog />;
    case 'crash':
      return <SyntheticDialog crash />;
    case 'new-account':
      return <NewAccountDialog />;
    case 'resume':
      return <ResumeDialog />;
    case 'shortcuts':
      return <ShortcutsDialog actions={actions} />;
    case 'settings':
      return <SettingsDialog />;
    case 'alerts':
      return <AlertList />;
    case 'switch':
      return <SwitchDialog />;
    case 'arm':
      return <ArmDialog />;
    case 'pin':
      return <PinDialog />;
    case 'wizard':
      return <WizardDialog />;
    case 'connections':
      return <ConnectionsDialog />;
    case null:
      return null;
  }
}

/** A dialog that fails takes only itself down. */
export function Dialogs({ actions }: { readonly actions: readonly Action[] }): JSX.Element {
  const dialog = useOverlay((state) => state.dialog);
  return (
    <Contained key={dialog ?? ''}>
      <OpenDialog actions={actions} />
    </Contained>
  );
}
