/** The lock of the real environment: the PIN that opens it for a trading day, set first where there is none. */
import type { JSX } from 'react';
import { useRef, useState } from 'react';
import { useWorkstation } from '../../client/context.tsx';
import { pinWaitMs } from '../../client/environment.ts';
import { useEnvironment } from '../../store/environment.ts';
import { closeDialog } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { countdown } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { SecretField, takeSecret } from '../../ui/secret-field.tsx';
import { useTicking } from '../../ui/ticking.ts';
import { useFailure } from './parts/failure.ts';
import { PIN, PinForm } from './parts/pin-form.tsx';

export function PinDialog(): JSX.Element {
  const t = useText();
  const pinSet = useEnvironment((state) => state.status?.lock.pinSet ?? false);
  return (
    <Dialog
      title={t(pinSet ? 'pin.change' : 'pin.set')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="pin-dialog"
    >
      <PinForm change={pinSet} done={closeDialog} />
    </Dialog>
  );
}

function ArmForm(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const lock = useEnvironment((state) => state.status?.lock);
  const name = useEnvironment(
    ({ status }) =>
      status?.choices.find(
        (choice) => choice.environment === status.environment && choice.connectionId === status.connectionId,
      )?.labelKo ?? '',
  );
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [bad, setBad] = useState(false);
  const [failure, showFailure, clearFailure] = useFailure();
  const waitMs = pinWaitMs(lock, workstation.clock.now());
  useTicking(waitMs > 0);
  const arm = (): void => {
    const { client } = workstation;
    if (busy || waitMs > 0 || !client) return;
    const pin = takeSecret(input);
    clearFailure();
    setBad(!PIN.test(pin));
    if (!PIN.test(pin)) return;
    setBusy(true);
    client.environment
      .arm({ pin })
      .then(closeDialog)
      .catch(showFailure)
      .finally(() => {
        setBusy(false);
        input.current?.focus();
      });
  };
  return (
    <>
      <p>{t('arm.body', { name })}</p>
      <ul className="bul">
        <li>{t('arm.until')}</li>
        <li>{t('arm.locks')}</li>
      </ul>
      <div className="row">
        <span className="l">{t('arm.pin')}</span>
        <SecretField label={t('arm.pin')} inputRef={input} numeric testId="arm-pin" autoFocus onEnter={arm} />
      </div>
      {waitMs > 0 && (
        <p className="midc num" role="status" data-testid="arm-wait">
          <Icon name="lock" size="sm" /> {t('arm.wait', { left: countdown(waitMs) })}
        </p>
      )}
      {bad && (
        <p className="err" role="alert">
          {t('pin.bad')}
        </p>
      )}
      {failure !== null && (
        <p className="err" role="alert" data-testid="arm-error">
          {failure}
        </p>
      )}
      <div>
        <button type="button" className="btn env lg" disabled={busy || waitMs > 0} onClick={arm} data-testid="arm-send">
          {t('lock.open')}
        </button>
      </div>
    </>
  );
}

/** Opens the real environment for orders; where no PIN is set yet, that comes first. */
export function ArmDialog(): JSX.Element {
  const t = useText();
  const pinSet = useEnvironment((state) => state.status?.lock.pinSet ?? false);
  // A PIN that was just set is told by the core a moment later.
  const [justSet, setJustSet] = useState(false);
  const first = !pinSet && !justSet;
  return (
    <Dialog
      title={t(first ? 'pin.set' : 'lock.open')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="arm-dialog"
      className="real"
    >
      {first ? <PinForm change={false} done={() => setJustSet(true)} /> : <ArmForm />}
    </Dialog>
  );
}
