/** Sets the PIN of the real environment, or changes it with the present one. */
import type { JSX } from 'react';
import { useRef, useState } from 'react';
import { useWorkstation } from '../../../client/context.tsx';
import { useText } from '../../../text/index.ts';
import { SecretField, takeSecret } from '../../../ui/secret-field.tsx';
import { useFailure } from './failure.ts';

/** Digits of a PIN, as the contract takes them. */
export const PIN = /^\d{4,12}$/;

/** Sets the PIN, or changes it; `done` when it is set. */
export function PinForm(props: { readonly change: boolean; readonly done: () => void }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const present = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [failure, showFailure, clearFailure] = useFailure();
  const save = (): void => {
    const { client } = workstation;
    if (busy || !client) return;
    const current = props.change ? takeSecret(present) : null;
    const [pin, again] = [takeSecret(first), takeSecret(second)];
    clearFailure();
    first.current?.focus();
    if (!PIN.test(pin)) return setSaid(t('pin.bad'));
    if (pin !== again) return setSaid(t('pin.differs'));
    setSaid(null);
    setBusy(true);
    client.environment
      .setPin({ pin, current })
      .then(props.done)
      .catch(showFailure)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <p>{t('pin.about')}</p>
      {props.change && (
        <div className="row">
          <span className="l">{t('pin.current')}</span>
          <SecretField label={t('pin.current')} inputRef={present} numeric testId="pin-current" autoFocus />
        </div>
      )}
      <div className="row">
        <span className="l">{t('pin.new')}</span>
        <SecretField label={t('pin.new')} inputRef={first} numeric testId="pin-new" autoFocus={!props.change} />
      </div>
      <div className="row">
        <span className="l">{t('pin.again')}</span>
        <SecretField label={t('pin.again')} inputRef={second} numeric testId="pin-again" onEnter={save} />
      </div>
      {(said ?? failure) !== null && (
        <p className="err" role="alert" data-testid="pin-error">
          {said ?? failure}
        </p>
      )}
      <div>
        <button type="button" className="btn pri lg" disabled={busy} onClick={save} data-testid="pin-save">
          {t('pin.save')}
        </button>
      </div>
    </>
  );
}
