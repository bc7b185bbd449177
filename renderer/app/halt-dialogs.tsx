/** Out of a halt, and past a block: what needs a typed phrase, for it is meant. */
import type { JSX, ReactNode } from 'react';
import { useState } from 'react';
import { ADOPT_PHRASE, OVERRIDE_PHRASE, RESUME_PHRASE } from '#shared/errors/index.ts';
import { useWorkstation } from '../client/context.tsx';
import type { CoreClient } from '../client/supervisor.ts';
import { wordsOf } from '../client/workstation.ts';
import { useDesk } from '../store/desk.ts';
import { closeDialog } from '../store/overlay.ts';
import { useOverriding, useThreats } from '../store/threats.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { TextField } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { number, time } from '../ui/format.ts';

interface PhraseDialogProps {
  readonly name: 'resume' | 'adopt' | 'override';
  readonly title: string;
  readonly send: string;
  readonly phrase: string;
  readonly children: ReactNode;
  /** What was done, or null where the dialog closes at once. */
  readonly act: (client: CoreClient, phrase: string) => Promise<string | null>;
}

/** A dialog that does one thing once its phrase is typed; the core compares it too. */
function PhraseDialog({ name, title, send, phrase: wanted, children, act }: PhraseDialogProps): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const [phrase, setPhrase] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = (): void => {
    const { client } = workstation;
    if (!client || busy || done !== null) return;
    setError(null);
    setBusy(true);
    const acted = act(client, phrase).finally(() => setBusy(false));
    acted.then(
      (words) => (words === null ? closeDialog() : setDone(words)),
      (failure: unknown) => {
        const { messageKo, actionKo, code } = wordsOf(failure);
        setError(`${messageKo} ${actionKo} (${code})`);
      },
    );
  };
  return (
    <Dialog
      title={title}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId={`${name}-dialog`}
      className="crit"
      foot={
        <>
          <span className="sp" />
          <button
            type="button"
            className="btn crit lg"
            disabled={phrase.trim() === '' || busy || done !== null}
            onClick={run}
            data-testid={`${name}-send`}
          >
            {send}
          </button>
        </>
      }
    >
      {children}
      <TextField
        label={t('resume.phrase')}
        text={phrase}
        onText={setPhrase}
        placeholder={wanted}
        maxLength={40}
        autoFocus
        onEnter={run}
        testId={`${name}-phrase`}
      />
      {error !== null && (
        <p className="err" role="alert" data-testid={`${name}-error`}>
          {error}
        </p>
      )}
      {done !== null && (
        <p role="status" data-testid={`${name}-done`}>
          {done}
        </p>
      )}
    </Dialog>
  );
}

/** Trading goes on. */
export function ResumeDialog(): JSX.Element {
  const t = useText();
  const trading = useDesk((state) => state.tradingState);
  return (
    <PhraseDialog
      name="resume"
      title={t('resume.title')}
      send={t('resume.send')}
      phrase={RESUME_PHRASE}
      act={async (client, phrase) => {
        await client.trading.resume({ phrase });
        return null;
      }}
    >
      {trading && <p>{t(`halted.cause.${trading.cause}`, { since: time(trading.sinceTs) })}</p>}
      <p>{t('resume.body', { phrase: RESUME_PHRASE })}</p>
    </PhraseDialog>
  );
}

/** What the broker says is held replaces what Maru has recorded, in every account of the environment. */
export function AdoptDialog(): JSX.Element {
  const t = useText();
  return (
    <PhraseDialog
      name="adopt"
      title={t('adopt.title')}
      send={t('adopt.send')}
      phrase={ADOPT_PHRASE}
      act={async (client, phrase) => {
        let issues = 0;
        for (const { accountId } of await client.trading.accounts({}))
          issues += (await client.trading.adoptHoldings({ accountId, phrase })).differing;
        return t('adopt.done', { count: number(issues) });
      }}
    >
      <p>{t('adopt.body')}</p>
      <p>{t('adopt.phrase', { phrase: ADOPT_PHRASE })}</p>
    </PhraseDialog>
  );
}

/** One order passes the block of a threat within the next minute; the guard judges it otherwise as ever. */
export function OverrideDialog(): JSX.Element {
  const t = useText();
  const ko = useView((state) => state.language === 'ko');
  const playId = useOverriding((state) => state.playId);
  const evidence = useThreats((state) => (playId === null ? null : (state.plays.get(playId)?.evidence ?? null)));
  return (
    <PhraseDialog
      name="override"
      title={t('threats.override')}
      send={t('threats.overrideSend')}
      phrase={OVERRIDE_PHRASE}
      act={async (client, phrase) => {
        const { untilTs } = await client.threats.override({ playId: playId ?? '', phrase });
        return t('threats.overridden', { time: time(untilTs) });
      }}
    >
      {evidence && <p>{ko ? evidence.sentenceKo : evidence.sentenceEn}</p>}
      <p>{t('threats.overrideBody', { phrase: OVERRIDE_PHRASE })}</p>
    </PhraseDialog>
  );
}
