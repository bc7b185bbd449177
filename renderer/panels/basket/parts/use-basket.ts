/** The basket in view: changed, judged as a whole, sent once. */
import { useRef, useState } from 'react';
import {
  basketRequestId,
  type Basket,
  type BasketOutcome,
  type BasketRow,
  type BasketVerdict,
  type Order,
  type PlannedOrder,
} from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useDocuments } from '../../../client/documents.ts';
import { useAccount } from '../../../client/hooks.ts';
import { chooseBasket, useBasketChoice } from '../../../store/basket.ts';
import { useDesk } from '../../../store/desk.ts';
import { useEnvironment } from '../../../store/environment.ts';
import { senderOf, unknownSides, useOnTheWay } from '../../../store/on-the-way.ts';
import { useText } from '../../../text/index.ts';
import { useBasketSlice } from '../slice.ts';
import { draftsOf, type Drafts } from './drafts.ts';

export interface BasketInView {
  readonly id: string;
  readonly body: Basket;
  readonly all: readonly (readonly [string, Basket])[];
  readonly drafts: Drafts;
  /** Verdicts of the rows as they stand; none where a row has changed since. */
  readonly verdicts: readonly BasketVerdict[];
  /** What became of each row; none where nothing was sent or a row has changed since. */
  readonly outcomes: readonly BasketOutcome[];
  readonly busy: 'check' | 'send' | null;
  /** Issues on a side of which an order may stand that nobody knows of yet: said before anything is sent. */
  readonly unknown: readonly string[];
  readonly change: (act: (rows: readonly PlannedOrder[]) => readonly PlannedOrder[]) => void;
  readonly choose: (id: string) => void;
  readonly create: () => void;
  readonly remove: () => void;
  readonly check: () => void;
  readonly send: () => void;
  readonly stop: () => void;
}

const FIRST = 'basket-1';

/** What became of a row by now: the desk knows better than the report. */
function outcomeNow(told: BasketOutcome, order: Order | undefined): BasketOutcome {
  return order ? { orderId: order.orderId, state: order.state, reason: order.reason } : told;
}

/** null until the core has told the baskets. */
export function useBasket(): BasketInView | null {
  const t = useText();
  const workstation = useWorkstation();
  const documents = useDocuments('basket');
  const slice = useBasketSlice();
  const chosen = useBasketChoice((state) => state.basketId);
  const accounts = useDesk((state) => state.accounts);
  const orders = useDesk((state) => state.orders);
  const onTheWay = useOnTheWay();
  const sender = useEnvironment((state) => senderOf(state.status, 'basket'));
  const accountId = useAccount()?.accountId ?? null;
  const [busy, setBusy] = useState<'check' | 'send' | null>(null);
  const abort = useRef<AbortController | null>(null);
  if (documents === null) return null;
  const all = [...documents];
  const id = chosen !== null && documents.has(chosen) ? chosen : (all[0]?.[0] ?? FIRST);
  const body = documents.get(id) ?? { name: t('basket.first'), rows: [] };
  const drafts = draftsOf(body.rows, [...accounts.values()], {
    accountId,
    phaseOf: (issue) => workstation.bus.quote(issue)?.phase,
  });
  const key = JSON.stringify([id, drafts]);
  const byRequest = new Map([...orders.values()].map((order) => [order.requestId, order]));
  const fail = (error: unknown): void => workstation.fail(error);
  const rows = (): readonly BasketRow[] => ('rows' in drafts ? drafts.rows : []);

  const check = async (): Promise<void> => {
    setBusy('check');
    const verdicts = await workstation.act((client) => client.trading.checkBasket({ rows: [...rows()] }));
    if (verdicts) useBasketSlice.setState({ judged: key, verdicts });
    setBusy(null);
  };
  const send = async (): Promise<void> => {
    const { gesture, sent } = useBasketSlice.getState();
    // The same rows again are the same gesture, until every row of it has been sent.
    const basketId = gesture !== null && sent === key ? gesture : workstation.newRequestId();
    useBasketSlice.setState({ gesture: basketId, sent: key, outcomes: [] });
    setBusy('send');
    const stop = new AbortController();
    abort.current = stop;
    const report = await workstation.act((client) =>
      client.trading.submitBasket({ basketId, rows: [...rows()] }, { signal: stop.signal }),
    );
    if (report) useBasketSlice.setState({ judged: key, verdicts: report.verdicts, outcomes: report.rows });
    if (report && !report.sent) useBasketSlice.setState({ gesture: null, outcomes: [] });
    abort.current = null;
    setBusy(null);
  };
  const unknown = rows().flatMap(({ accountId: payer, instrumentId, side }) =>
    unknownSides({ sender, accountId: payer, instrumentId }, { onTheWay, orders: orders.values() }).has(side)
      ? [instrumentId]
      : [],
  );
  const told = slice.sent === key && slice.gesture !== null ? slice.gesture : null;
  return {
    id,
    body,
    all,
    drafts,
    verdicts: slice.judged === key ? slice.verdicts : [],
    outcomes:
      told === null
        ? []
        : body.rows.map((_, at) =>
            outcomeNow(
              slice.outcomes[at] ?? { orderId: null, state: 'notSent', reason: null },
              byRequest.get(basketRequestId(told, at)),
            ),
          ),
    busy,
    unknown: [...new Set(unknown)],
    change(act) {
      workstation.documents
        .edit('basket', id, (now) => {
          const basket = now ?? { name: t('basket.first'), rows: [] };
          return { ...basket, rows: [...act(basket.rows)] };
        })
        .catch(fail);
    },
    choose: chooseBasket,
    create: () => {
      const basketId = `basket-${workstation.newRequestId()}`;
      const empty: Basket = { name: t('basket.nth', { n: all.length + 1 }), rows: [] };
      workstation.documents.edit('basket', basketId, () => empty).catch(fail);
      chooseBasket(basketId);
    },
    remove: () => void workstation.documents.remove('basket', id).catch(fail),
    check: () => void check(),
    send: () => void send(),
    stop: () => abort.current?.abort(),
  };
}
