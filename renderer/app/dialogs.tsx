/** The dialog that is open, if any. */
import type { JSX } from 'react';
import { NewAccountDialog } from '../panels/account/index.ts';
import { ArmDialog, ConnectionsDialog, PinDialog, WizardDialog } from '../panels/connections/index.ts';
import { ImportDialog } from '../panels/import/index.ts';
import { ReplayDialog, SyntheticDialog } from '../panels/market/index.ts';
import { SettingsDialog } from '../panels/settings/index.ts';
import { closeDialog, useOverlay } from '../store/overlay.ts';
import { useText } from '../text/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { Action } from './actions.ts';
import { Contained } from './contained.tsx';
import { AlertList } from './notices.tsx';
import { AdoptDialog, ResumeDialog } from './halt-dialogs.tsx';
import { Palette } from './palette.tsx';
import { SwitchDialog } from './switch-dialog.tsx';

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
    case 'adopt':
      return <AdoptDialog />;
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
