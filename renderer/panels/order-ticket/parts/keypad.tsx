/** A keypad on the screen for the quantity: by touch, by mouse, and by the keys themselves while it has the focus. */
import { type JSX, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Side } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { MenuButton } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { shareOfMost } from './draft-order.ts';
import { PAD_KEYS, type PadKey, pressPad } from './pad-keys.ts';

export const SHARES = [10, 25, 50] as const;

interface PadProps {
  readonly text: string;
  readonly side: Side;
  readonly lot: number;
  /** The most that can be ordered; null: not known. */
  readonly most: number | null;
  readonly onText: (text: string) => void;
}

function Pad({ text, side, lot, most, onText, close }: PadProps & { readonly close: () => void }): JSX.Element {
  const t = useText();
  const [refused, setRefused] = useState<{ readonly key: PadKey; readonly at: string } | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const name = (key: PadKey): string =>
    key === 'back' || key === 'clear' || key === 'max' || key === 'man' ? t(`ticket.pad.${key}`) : key;
  // The most is asked for anew after each key; a key that is out of use for that moment keeps the focus.
  const press = (key: PadKey): void => {
    if (key === 'max' && most === null) return;
    const pressed = pressPad(text, key, most);
    setRefused(pressed.ok ? null : { key, at: text });
    if (pressed.ok) onText(pressed.text);
  };
  const keyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const key = { Backspace: 'back', Delete: 'clear' }[event.key] ?? event.key;
    const known = PAD_KEYS.flat().find((each) => each === key);
    if (known === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    press(known);
  };
  return (
    <div className="pad" role="group" aria-label={t('ticket.pad')} data-testid="ticket-pad" onKeyDown={keyDown}>
      <output className="num" data-testid="ticket-pad-text">
        {text === '' ? '0' : text}
        <span className="l"> {t('unit.share')}</span>
      </output>
      {PAD_KEYS.flat().map((key, at) => (
        <button
          key={key}
          ref={at === 0 ? first : undefined}
          type="button"
          className={key === 'max' ? 'wide' : undefined}
          aria-label={name(key)}
          aria-disabled={key === 'max' && most === null}
          data-testid={`ticket-pad-${key}`}
          onClick={() => press(key)}
        >
          {key === 'back'
            ? '⌫'
            : key === 'max' && most !== null
              ? t('ticket.mostOf', { count: number(most) })
              : name(key)}
        </button>
      ))}
      <span className="l wholerow">{t(`ticket.pad.of.${side}`)}</span>
      {SHARES.map((percent) => (
        <button
          key={percent}
          type="button"
          aria-disabled={most === null}
          data-testid={`ticket-pad-share-${percent}`}
          onClick={() => most !== null && onText(number(shareOfMost(most, percent, lot)))}
        >
          {percent}%
        </button>
      ))}
      <button type="button" className="done" data-testid="ticket-pad-done" onClick={close}>
        {t('ticket.pad.done')}
      </button>
      {refused?.at === text && (
        <p className="note wholerow" role="alert" data-testid="ticket-pad-wrong">
          {t('ticket.pad.wrong', { key: name(refused.key) })}
        </p>
      )}
    </div>
  );
}

/** The key beside the quantity that opens the pad over the ticket. */
export function KeypadButton(props: PadProps): JSX.Element {
  const t = useText();
  return (
    <MenuButton className="padkey" kind="form" label={t('ticket.pad')} spoken testId="ticket-keypad" face="123">
      {(close) => <Pad {...props} close={close} />}
    </MenuButton>
  );
}
