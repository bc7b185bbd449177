/** The first connection to KIS, for a person who has never seen an API key; it can be left at any step. */
import type { JSX, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { KisConnection } from '#shared/domain/index.ts';
import { loadConnections } from '../../client/connections.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useEnvironment } from '../../store/environment.ts';
import { useKis } from '../../store/kis.ts';
import { closeDialog } from '../../store/overlay.ts';
import { type TextKey, useText } from '../../text/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { takeSecret } from '../../ui/secret-field.tsx';
import { CheckList, passed, useChecks } from './parts/check-list.tsx';
import { connectionOf, EMPTY_ENTRY, type Entry, entryOf, entryProblem } from './parts/entry.ts';
import { useFailure } from './parts/failure.ts';
import { KindStep, WhatStep } from './parts/first-steps.tsx';
import { KeysStep, type KeysWay } from './parts/keys-step.tsx';
import { PinForm } from './parts/pin-form.tsx';

type Step = 'what' | 'kind' | 'keys' | 'pin' | 'check';
const STEPS: readonly Step[] = ['what', 'kind', 'keys', 'pin', 'check'];

function Rail({ step }: { readonly step: Step }): JSX.Element {
  const t = useText();
  const at = STEPS.indexOf(step);
  return (
    <ol className="rail" aria-label={t('wizard.steps')}>
      {STEPS.map((each, index) => (
        <li
          key={each}
          className={index === at ? 'on' : index < at ? 'done' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          <i className="num">{index < at ? <Icon name="check" size="sm" /> : index + 1}</i>
          {t(`wizard.step.${each}`)}
        </li>
      ))}
    </ol>
  );
}

/** The last step: the connection is tried, and one click puts it in force. */
function CheckStep(props: {
  readonly saved: readonly KisConnection[];
  readonly skipped: readonly string[];
}): JSX.Element {
  const t = useText();
  const [at, setAt] = useState(0);
  const connection = props.saved[at];
  return (
    <div className="wz" data-testid="wizard-check">
      {props.skipped.length > 0 && (
        <div className="report midc" role="status">
          {t('wizard.skipped')}
          <ul className="bul">
            {props.skipped.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      {props.saved.length > 1 && (
        <div className="pick">
          {props.saved.map((each, index) => (
            <button
              key={each.connectionId}
              type="button"
              className={index === at ? 'it on' : 'it'}
              onClick={() => setAt(index)}
            >
              <Icon name={each.kind === 'paper' ? 'doc' : 'lock'} />
              {t(`env.${each.kind}`)} <span className="mut num">{each.accountMasked}</span>
            </button>
          ))}
        </div>
      )}
      {connection && <Tried key={connection.connectionId} connection={connection} />}
    </div>
  );
}

function Tried({ connection }: { readonly connection: KisConnection }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { state, again } = useChecks(connection.connectionId);
  const { kind, connectionId } = connection;
  const ok = passed(state);
  return (
    <>
      <p>
        <b>{connection.label === '' ? t(`env.${kind}`) : connection.label}</b>{' '}
        <span className="num">{connection.accountMasked}</span> <span className="mut">{connection.restHost}</span>
      </p>
      <CheckList state={state} />
      {state.phase !== 'running' && (
        <p className={ok ? 'okc' : 'midc'} role="status">
          {t(ok ? 'wizard.works' : 'wizard.worksNot')}
        </p>
      )}
      <div className="acts">
        <button
          type="button"
          className="btn"
          disabled={state.phase === 'running'}
          onClick={again}
          data-testid="wizard-again"
        >
          {t('conn.testAgain')}
        </button>
        <span className="sp" />
        <button
          type="button"
          className={`btn lg ${ok ? 'pri' : ''}`}
          disabled={state.phase === 'running'}
          data-testid="wizard-switch"
          onClick={() => {
            closeDialog();
            workstation.switchTo({ environment: kind, connectionId });
          }}
        >
          {t('wizard.switch', { name: t(`env.${kind}`) })}
        </button>
      </div>
    </>
  );
}

export function WizardDialog(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const replacing = useKis((state) => state.replacing);
  const pinSet = useEnvironment((state) => state.status?.lock.pinSet ?? false);
  const [step, setStep] = useState<Step>(replacing ? 'keys' : 'what');
  const [entry, setEntry] = useState<Entry>(replacing ? entryOf(replacing) : EMPTY_ENTRY);
  const [way, setWay] = useState<KeysWay>('type');
  const [problem, setProblem] = useState<TextKey | null>(null);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<readonly KisConnection[]>([]);
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const [failure, showFailure, clearFailure] = useFailure();
  const appKey = useRef<HTMLInputElement>(null);
  const appSecret = useRef<HTMLInputElement>(null);
  useEffect(() => void loadConnections(workstation), [workstation]);

  const finish = (connections: readonly KisConnection[], left: readonly string[]): void => {
    setSaved(connections);
    setSkipped(left);
    void loadConnections(workstation);
    const real = connections.some((connection) => connection.kind === 'real');
    setStep(real && !pinSet ? 'pin' : 'check');
  };
  const carry = (run: Promise<void>): void => {
    setBusy(true);
    clearFailure();
    run.catch(showFailure).finally(() => setBusy(false));
  };
  const save = (): void => {
    const { client } = workstation;
    if (busy || !client) return;
    // Read without emptying: a slip in another field should not cost two long keys.
    const seen = { key: appKey.current?.value.trim() ?? '', secret: appSecret.current?.value.trim() ?? '' };
    const wrong = entryProblem(entry, seen);
    setProblem(wrong);
    if (wrong !== null) return;
    const secrets = { key: takeSecret(appKey), secret: takeSecret(appSecret) };
    carry(client.kis.save(connectionOf(entry, secrets)).then((connection) => finish([connection], [])));
  };
  const importYaml = (text: string): void => {
    const { client } = workstation;
    if (busy || !client) return;
    carry(
      client.kis
        .importYaml({ text, endpoint: 'official' })
        .then(({ connections, skipped: left }) => finish(connections, left)),
    );
  };

  const body: Readonly<Record<Step, ReactNode>> = {
    what: <WhatStep />,
    kind: <KindStep entry={entry} onEntry={setEntry} />,
    keys: (
      <KeysStep
        entry={entry}
        onEntry={setEntry}
        way={way}
        onWay={setWay}
        appKey={appKey}
        appSecret={appSecret}
        busy={busy}
        problem={problem}
        onProblem={setProblem}
        onYaml={importYaml}
        onSave={save}
      />
    ),
    pin: (
      <div className="wz" data-testid="wizard-pin">
        <h4>{t('pin.set')}</h4>
        <PinForm change={false} done={() => setStep('check')} />
      </div>
    ),
    check: <CheckStep saved={saved} skipped={skipped} />,
  };
  const back: Readonly<Partial<Record<Step, Step>>> = replacing ? {} : { kind: 'what', keys: 'kind' };
  const before = back[step];
  return (
    <Dialog
      title={t(replacing ? 'wizard.replace' : 'wizard.title')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="wizard"
      className="wide wizard"
      foot={
        <>
          <button type="button" className="btn lg ghost" onClick={closeDialog} data-testid="wizard-skip">
            {t(step === 'check' ? 'common.close' : 'wizard.skip')}
          </button>
          <span className="sp" />
          {before && (
            <button type="button" className="btn lg" onClick={() => setStep(before)} data-testid="wizard-back">
              {t('wizard.back')}
            </button>
          )}
          {(step === 'what' || step === 'kind') && (
            <button
              type="button"
              className="btn pri lg"
              autoFocus
              onClick={() => setStep(step === 'what' ? 'kind' : 'keys')}
              data-testid="wizard-next"
            >
              {t('wizard.next')}
            </button>
          )}
          {step === 'keys' && way === 'type' && (
            <button
              type="button"
              className="btn pri lg"
              disabled={busy}
              aria-busy={busy}
              onClick={save}
              data-testid="wizard-save"
            >
              {t(busy ? 'wizard.saving' : 'wizard.save')}
            </button>
          )}
          {step === 'pin' && (
            <button type="button" className="btn lg" onClick={() => setStep('check')} data-testid="wizard-pin-later">
              {t('wizard.pinLater')}
            </button>
          )}
        </>
      }
    >
      <Rail step={step} />
      {body[step]}
      {(problem !== null || failure !== null) && step === 'keys' && (
        <p className="err" role="alert" data-testid="wizard-error">
          {problem === null ? failure : t(problem)}
        </p>
      )}
    </Dialog>
  );
}
