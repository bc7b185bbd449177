/** What the ticket held back instead of sending it, and why. */
import type { JSX } from 'react';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import type { EntryFault } from './entry.ts';

/** Why a press was held back: the issue had just become another one, the fate of an order of that side is not known, or a pasted text was no number. */
export type Held =
  | { readonly why: 'moved' }
  | { readonly why: 'unknown'; readonly allowDuplicate: boolean }
  | { readonly why: 'paste'; readonly fault: EntryFault };

/** What was held back, and why; where the user may insist, the way to do so. */
export function HeldNote(props: {
  readonly held: Held;
  readonly name: string;
  readonly onAnyway: (() => void) | null;
}): JSX.Element {
  const t = useText();
  const { held } = props;
  return (
    <div className="guard no" role="alert" data-testid="ticket-held">
      <div className="h">
        <Icon name="warn" />
        {held.why === 'moved'
          ? t('ticket.moved', { name: props.name })
          : t(held.why === 'unknown' ? 'ticket.unknown' : 'entry.refused')}
      </div>
      <p>
        {held.why === 'paste'
          ? t(`entry.${held.fault}`)
          : t(held.why === 'moved' ? 'ticket.movedBody' : 'ticket.unknownBody')}
      </p>
      {props.onAnyway && (
        <div className="acts">
          <button type="button" className="btn sm" data-testid="ticket-anyway" onClick={props.onAnyway}>
            {t('ticket.anyway')}
          </button>
        </div>
      )}
    </div>
  );
}
