/** Side, account and venue: the rows that say for whom and where. */
import type { JSX } from 'react';
import {
  foreignCurrencyOf,
  foreignExchangeOf,
  foreignMarketOf,
  productOf,
  type Instrument,
  type Quote,
  type Route,
  type Side,
} from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { routeLack, useLacks } from '../../../client/lacks.ts';
import { useCore } from '../../../store/core.ts';
import { useDesk } from '../../../store/desk.ts';
import { atBroker } from '../../../store/environment.ts';
import { openDialog } from '../../../store/overlay.ts';
import { useText } from '../../../text/index.ts';
import { Segment, Select } from '../../../ui/controls.tsx';

const ROUTES: readonly Route[] = ['KRX', 'NXT', 'SOR'];

export function SideRow(props: { readonly side: Side; readonly onSide: (side: Side) => void }): JSX.Element {
  const t = useText();
  return (
    <div className="sides" role="radiogroup" aria-label={t('ticket.side')}>
      {(['buy', 'sell'] as const).map((side) => (
        <button
          key={side}
          type="button"
          role="radio"
          aria-checked={props.side === side}
          className={props.side === side ? `on ${side === 'buy' ? 'b' : 's'}` : ''}
          data-testid={`ticket-side-${side}`}
          onClick={() => props.onSide(side)}
        >
          {t(`side.${side}`)}
        </button>
      ))}
    </div>
  );
}

export function AccountRow({ accountId }: { readonly accountId: string | null }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const accounts = useDesk((state) => state.accounts);
  const broker = useCore((state) => atBroker(state.environment));
  return (
    <div className="fr">
      <span className="l">{t('ticket.account')}</span>
      {accounts.size === 0 && !broker ? (
        <button
          type="button"
          className="btn"
          data-testid="ticket-new-account"
          onClick={() => openDialog('new-account')}
        >
          {t('account.new')}
        </button>
      ) : (
        <Select
          label={t('ticket.account')}
          value={accountId ?? ''}
          choices={[...accounts.values()].map((entry) => ({ value: entry.accountId, label: entry.name }))}
          onChange={(id) => void workstation.setPreferences({ accountId: id })}
          testId="ticket-account"
        />
      )}
    </div>
  );
}

export function RouteRow(props: {
  readonly instrument: Instrument | undefined;
  readonly quote: Quote | undefined;
  readonly route: Route;
  readonly onRoute: (route: Route) => void;
}): JSX.Element | null {
  const t = useText();
  const lacks = useLacks();
  const { instrument, quote, route } = props;
  const id = instrument?.id ?? quote?.instrumentId ?? '';
  const exchange = foreignExchangeOf(id);
  // Futures and options have one market, and lines enough.
  if (productOf(id) === 'derivative') return null;
  return (
    <div className="fr">
      <span className="l">{t('ticket.route')}</span>
      {exchange !== null ? (
        <span data-testid="ticket-exchange">
          {t(`market.${foreignMarketOf(exchange)}`)}{' '}
          {foreignCurrencyOf(exchange) !== 'USD' && <small className="mut">{t('ticket.delayed')}</small>}
        </span>
      ) : (
        <Segment
          label={t('ticket.route')}
          choices={ROUTES.map((value) => ({
            value,
            label: t(`route.${value}`),
            disabled: (value !== 'KRX' && !quote?.nxt) || routeLack(lacks, value) !== null,
            title:
              routeLack(lacks, value)?.reasonKo ??
              (value !== 'KRX' && !quote?.nxt ? t('venue.notOnNxt') : t(`route.${value}.hint`)),
          }))}
          value={route}
          onChange={props.onRoute}
          testId="ticket-route"
        />
      )}
    </div>
  );
}
