/** An order whose answer was lost with the line: what is known, and the only two things that may be done about it. */
import type { JSX } from 'react';
import { useConnection } from '../store/connection.ts';
import { useDesk } from '../store/desk.ts';
import type { OnTheWay } from '../store/on-the-way.ts';
import { useText } from '../text/index.ts';
import { number } from './format.ts';
import { Icon } from './icons.tsx';

export function LostNote(props: {
  readonly lost: OnTheWay;
  readonly onAskAgain: () => void;
  readonly onGiveUp: () => void;
  /** 'ticket' or 'ladder'. */
  readonly testId: string;
}): JSX.Element {
  const t = useText();
  const online = useConnection((state) => state.link.phase === 'open');
  const ready = useDesk((state) => state.ready);
  const { order } = props.lost;
  return (
    <div className="guard sent open" role="alert" data-testid={`${props.testId}-lost`}>
      <div className="h">
        <Icon name="warn" />
        {t('ticket.lost')}
      </div>
      <p>{t('ticket.lostBody', { side: t(`side.${order.side}`), quantity: number(order.quantity) })}</p>
      <div className="acts">
        <button
          type="button"
          className="btn sm"
          disabled={!online}
          data-testid={`${props.testId}-ask-again`}
          onClick={props.onAskAgain}
        >
          {t('ticket.askAgain')}
        </button>
        <button
          type="button"
          className="btn sm"
          disabled={!online || !ready}
          title={t('ticket.giveUpHint')}
          data-testid={`${props.testId}-give-up`}
          onClick={props.onGiveUp}
        >
          {t('ticket.giveUp')}
        </button>
      </div>
    </div>
  );
}
