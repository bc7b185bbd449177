/** The dialog that is open, if any. */
import type { JSX } from 'react';
import { NewAccountDialog } from '../panels/account/index.ts';
import { ArmDialog, ConnectionsDialog, PinDialog, WizardDialog } from '../panels/connections/index.ts';
import { ImportDialog } from '../panels/import/index.ts';
import { ReplayDialog, SyntheticDialog } from '../panels/market/index.ts';
import { SettingsDialog } from '../panels/settings/index.ts';
import { useOverlay } from '../store/overlay.ts';
import { Contained } from './contained.tsx';
import { NoticeCentre } from './notices/index.ts';
import { AdoptDialog, OverrideDialog, ResumeDialog } from './halt-dialogs.tsx';
import { Palette } from './palette.tsx';
import { ShortcutsDialog } from './shortcuts.tsx';
import { SwitchDialog } from './switch-dialog.tsx';

function OpenDialog(): JSX.Element | null {
  const dialog = useOverlay((state) => state.dialog);
  switch (dialog) {
    case 'palette':
      return <Palette />;
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
    case 'override':
      return <OverrideDialog />;
    case 'resume':
      return <ResumeDialog />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'settings':
      return <SettingsDialog />;
    case 'alerts':
      return <NoticeCentre />;
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
export function Dialogs(): JSX.Element {
  const dialog = useOverlay((state) => state.dialog);
  return (
    <Contained key={dialog ?? ''}>
      <OpenDialog />
    </Contained>
  );
}
