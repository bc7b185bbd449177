/** An API that sends orders: opened as the ticket where the desk has the verb, else refused with the reason. */
import type { JSX } from 'react';
import { useState } from 'react';
import type { ApiDetail, ApiOrder, ApiRow } from '#shared/contract/index.ts';
import { InstrumentId } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { writeOrder } from '../../../store/draft.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { showView } from '../../../store/work.ts';
import { useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { useExplorer, valuesOf } from '../slice.ts';
import { ApiForm } from './form.tsx';
import { ticketDraft } from './order-draft.ts';
import { AboutView } from './about-view.tsx';

/** Of an API that is one side of a trade. */
function sideOf(api: string): { readonly side?: 'buy' | 'sell' } {
  if (api === 'domestic-bond.sell') return { side: 'sell' };
  return api === 'domestic-bond.buy' ? { side: 'buy' } : {};
}

function AtTheDesk({ order, detail }: { readonly order: ApiOrder; readonly detail: ApiDetail }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const byId = useInstruments((state) => state.byId);
  const typed = useExplorer((state) => state.typed[detail.id]);
  const [unknown, setUnknown] = useState<string | null>(null);
  const places = order.verb === 'place';
  const open = (): void => {
    if (!places || order.desk === null) {
      showView('orders');
      return;
    }
    const { instrumentId, draft } = ticketDraft(order.desk, { ...valuesOf(detail, typed), ...sideOf(detail.id) });
    // No list names every bond: the broker knows.
    const isKnown = order.desk === 'bond' ? InstrumentId.safeParse(instrumentId).success : byId.has(instrumentId);
    if (!isKnown) {
      setUnknown(instrumentId);
      return;
    }
    setUnknown(null);
    workstation.select(instrumentId);
    // Behind the choice of the issue: another issue empties the fields.
    writeOrder(draft);
    showView('order-ticket');
  };
  return (
    <>
      {places && <ApiForm detail={detail} onEnter={open} />}
      <div className="send-bar">
        <button
          type="button"
          className="btn pri"
          disabled={looksOnly}
          onClick={open}
          data-testid="explorer-open-ticket"
        >
          {t(places ? 'explorer.order.ticket' : 'explorer.order.orders')}
        </button>
        <small className="note">{t(places ? 'explorer.order.ticketHint' : 'explorer.order.ordersHint')}</small>
      </div>
      {unknown !== null && (
        <p className="note inset midc" role="alert" data-testid="explorer-order-unknown">
          {t('explorer.order.unknown', { id: unknown })}
        </p>
      )}
    </>
  );
}

export function OrderWay({
  row,
  order,
  detail,
}: {
  readonly row: ApiRow;
  readonly order: ApiOrder;
  readonly detail: ApiDetail;
}): JSX.Element {
  const t = useText();
  return (
    <>
      <p className="calm midc" role="note" data-testid="explorer-order">
        <Icon name="shield" size="sm" />{' '}
        {order.lack === null ? t('explorer.order.desk') : t(`explorer.order.lack.${order.lack}`)}
      </p>
      {order.lack === null && <AtTheDesk order={order} detail={detail} />}
      <AboutView row={row} detail={detail} />
    </>
  );
}
