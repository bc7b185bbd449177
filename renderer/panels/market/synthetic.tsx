/** Opens a synthetic market with a seed. */
import type { JSX } from 'react';
import { useState } from 'react';
import { useWorkstation } from '../../client/context.tsx';
import { useCore } from '../../store/core.ts';
import { closeDialog } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SeedField, seedOf } from './parts/seed-field.tsx';

export function SyntheticDialog(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const current = useCore((state) => state.status?.plan.seed ?? 0);
  const [text, setText] = useState(String(current));
  const seed = seedOf(text);
  const start = (): void => {
    if (seed === null) return;
    closeDialog();
    void workstation.startMarket({ mode: 'synthetic', seed });
  };
  return (
    <Dialog
      title={t('plan.openSynthetic')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="synthetic-dialog"
      foot={
        <>
          <span className="sp" />
          <button
            type="button"
            className="btn pri lg"
            disabled={seed === null}
            onClick={start}
            data-testid="synthetic-start"
          >
            {t('plan.start')}
          </button>
        </>
      }
    >
      <p>{t('plan.syntheticHint')}</p>
      <p className="note">{t('plan.expire')}</p>
      <SeedField text={text} onText={setText} />
    </Dialog>
  );
}
