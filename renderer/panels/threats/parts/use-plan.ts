/** A response plan as orders: judged, asked about, sent once under the name of its play; or handed to the basket or the ticket. */
import { useRef, useState } from 'react';
import {
  basketRequestId,
  type Basket,
  type BasketOutcome,
  type BasketRow,
  type BasketVerdict,
  type Order,
  type ResponsePlan,
} from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { chooseBasket } from '../../../store/basket.ts';
import { useDesk } from '../../../store/desk.ts';
import { writeOrder } from '../../../store/draft.ts';
import { useEnvironment } from '../../../store/environment.ts';
import { senderOf, unknownSides, useOnTheWay } from '../../../store/on-the-way.ts';
import { showView } from '../../../store/work.ts';
import { number } from '../../../ui/format.ts';
import { issuePrice } from '../../../ui/money.ts';

/** Orders of a plan that the guard lets through, with their place among the rows of the plan. */
export function draftsOf({ rows }: ResponsePlan): readonly { readonly at: number; readonly row: BasketRow }[] {
  return rows.flatMap(({ row, denial }, at) => (row && !denial ? [{ at, row }] : []));
}

/** Longest name of a basket. */
const NAME_LENGTH = 40;

export interface PlanInHand {
  /** Orders that may be sent. */
  readonly count: number;
  /** What is known of the order of a row: sent, or refused now. */
  readonly orderOf: (at: number) => Order | null;
  readonly refusalOf: (at: number) => BasketVerdict['denial'];
  readonly sent: number;
  readonly busy: 'check' | 'send' | null;
  /** true: everything passes, and the next press sends. */
  readonly asking: boolean;
  /** Issues with a sale that nobody knows of yet: said before anything is sent. */
  readonly unknown: readonly string[];
  readonly press: () => void;
  readonly leave: () => void;
  readonly stop: () => void;
  /** Accounts of the rows, for a basket each. */
  readonly accounts: readonly string[];
  readonly toBasket: (accountId: string, name: string) => void;
  readonly toTicket: (row: BasketRow) => void;
}

/** `playId` names the gesture: however often it is pressed, no row becomes a second order. */
export function usePlan(playId: string, plan: ResponsePlan): PlanInHand {
  const workstation = useWorkstation();
  const orders = useDesk((state) => state.orders);
  const onTheWay = useOnTheWay();
  const sender = useEnvironment((state) => senderOf(state.status, 'threat-plan'));
  const [busy, setBusy] = useState<'check' | 'send' | null>(null);
  const [asking, setAsking] = useState(false);
  const [verdicts, setVerdicts] = useState<readonly BasketVerdict[]>([]);
  const [outcomes, setOutcomes] = useState<readonly BasketOutcome[]>([]);
  const abort = useRef<AbortController | null>(null);
  const drafts = draftsOf(plan);
  const accounts = [...new Set(drafts.map(({ row }) => row.accountId))];
  const rows = drafts.map(({ row }) => row);
  const known = new Map([...orders.values()].map((order) => [order.requestId, order]));
  const placeOf = (at: number): number => drafts.findIndex((draft) => draft.at === at);
  const orderAt = (place: number): Order | null => known.get(basketRequestId(playId, place)) ?? null;
  const sent = rows.filter((_, place) => orderAt(place) !== null).length;

  const check = async (): Promise<void> => {
    setBusy('check');
    const judged = await workstation.act((client) => client.trading.checkBasket({ rows }));
    setBusy(null);
    if (!judged) return;
    setVerdicts(judged);
    setAsking(judged.every(({ denial }) => denial === null));
  };
  const send = async (): Promise<void> => {
    setAsking(false);
    setBusy('send');
    const stop = new AbortController();
    abort.current = stop;
    const report = await workstation.act((client) =>
      client.trading.submitBasket({ basketId: playId, rows }, { signal: stop.signal }),
    );
    abort.current = null;
    setBusy(null);
    if (!report) return;
    setVerdicts(report.verdicts);
    setOutcomes(report.rows);
  };
  return {
    count: rows.length,
    orderOf: (at) => orderAt(placeOf(at)),
    refusalOf: (at) => outcomes[placeOf(at)]?.reason ?? verdicts[placeOf(at)]?.denial ?? null,
    sent,
    busy,
    asking,
    unknown: [
      ...new Set(
        rows.flatMap(({ accountId, instrumentId, side }) =>
          unknownSides({ sender, accountId, instrumentId }, { onTheWay, orders: orders.values() }).has(side)
            ? [instrumentId]
            : [],
        ),
      ),
    ],
    press() {
      if (busy !== null) return;
      // What was sent already is not judged again as if it came on top: the core sends only what is left.
      if (asking) void send();
      else if (sent > 0) setAsking(true);
      else void check();
    },
    leave: () => setAsking(false),
    stop: () => abort.current?.abort(),
    accounts,
    toBasket(accountId, name) {
      const basketId = `plan-${playId}-${accounts.indexOf(accountId)}`;
      const planned = rows
        .filter((row) => row.accountId === accountId && (row.type === 'limit' || row.type === 'market'))
        .map(({ instrumentId, side, type, price, quantity }): Basket['rows'][number] => ({
          instrumentId,
          side,
          type: type === 'market' ? 'market' : 'limit',
          price,
          quantity,
        }));
      // Pressed again: what the user has changed in it meanwhile stays.
      workstation.documents
        .edit('basket', basketId, (now) => now ?? { name: name.slice(0, NAME_LENGTH), rows: planned })
        .then(() => {
          // The rows of a basket are paid by the account in view.
          void workstation.setPreferences({ accountId });
          chooseBasket(basketId);
          showView('basket');
        })
        .catch((error: unknown) => workstation.fail(error));
    },
    toTicket({ accountId, instrumentId, side, price, quantity }) {
      void workstation.setPreferences({ instrumentId, accountId });
      writeOrder({
        mode: 'now',
        side,
        type: 'limit',
        timeInForce: 'day',
        route: 'KRX',
        priceText: price === null ? '' : issuePrice(price, instrumentId),
        quantityText: number(quantity),
      });
      showView('order-ticket');
    },
  };
}
