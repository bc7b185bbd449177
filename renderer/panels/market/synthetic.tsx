/** Opens a synthetic market with a seed: an ordinary day, or one with a blow to practise on. */
import type { JSX } from 'react';
import { useState } from 'react';
import { STRESS_DAYS } from '#shared/market/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useCore } from '../../store/core.ts';
import { closeDialog } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { BlowFields } from './parts/blow-fields.tsx';
import { type BlowDraft, draftOf, likeDay, readBlow } from './parts/blow.ts';
import { SeedField, seedOf } from './parts/seed-field.tsx';

/** `crash` true: opened to practise a day of falling prices. */
export function SyntheticDialog({ crash = false }: { readonly crash?: boolean }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const plan = useCore((state) => state.status?.plan);
  const [text, setText] = useState(String(plan?.seed ?? 0));
  const [blow, setBlow] = useState<BlowDraft>(() => {
    const [worst] = STRESS_DAYS;
    return crash && worst ? likeDay(worst) : draftOf(plan);
  });
  const seed = seedOf(text);
  const read = readBlow(blow);
  const ready = seed !== null && read.bad.size === 0;
  const start = (): void => {
    if (seed === null || read.bad.size > 0) return;
    closeDialog();
    void workstation.market.begin({ mode: 'synthetic', seed, ...(read.blow ? { shock: read.blow } : {}) });
  };
  return (
    <Dialog
      title={t(crash ? 'plan.openCrash' : 'plan.openSynthetic')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="synthetic-dialog"
      className="mid"
      foot={
        <>
          <span className="l">{t('plan.expire')}</span>
          <span className="sp" />
          <button type="button" className="btn pri lg" disabled={!ready} onClick={start} data-testid="synthetic-start">
            {t('plan.start')}
          </button>
        </>
      }
    >
      <p>{t('plan.syntheticHint')}</p>
      <BlowFields draft={blow} onDraft={setBlow} />
      <SeedField text={text} onText={setText} />
    </Dialog>
  );
}
