/** Price alerts of one issue in the market in force, as a chart sets and moves them. */
import { useMemo } from 'react';
import type { PriceAlert } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../../client/context.tsx';
import { useDocuments } from '../../../../client/documents.ts';
import { useCore } from '../../../../store/core.ts';
import { useText } from '../../../../text/index.ts';
import { issuePrice } from '../../../../ui/money.ts';

/** An alert that waits for its price. */
export interface AlertLine {
  readonly kind: 'alert';
  readonly id: string;
  readonly price: number;
  readonly alert: PriceAlert;
}

export interface AlertsOf {
  readonly lines: readonly AlertLine[];
  readonly add: (price: number) => void;
  readonly move: (line: AlertLine, price: number) => void;
  readonly remove: (id: string) => void;
}

/** Which way a price has to go from where it is; null: it is there already. */
export function wayTo(price: number, last: number): PriceAlert['when'] | null {
  return price === last ? null : price > last ? 'atOrAbove' : 'atOrBelow';
}

export function useAlerts(instrumentId: string): AlertsOf {
  const t = useText();
  const workstation = useWorkstation();
  const documents = useDocuments('alert');
  // Prices of the simulation say nothing of the real market, nor the reverse.
  const market = useCore((state): PriceAlert['market'] => (state.environment === 'simulation' ? 'simulated' : 'real'));
  const lines = useMemo(
    () =>
      [...(documents ?? [])].flatMap(([id, alert]): AlertLine[] =>
        alert.instrumentId === instrumentId && alert.market === market && alert.state === 'armed'
          ? [{ kind: 'alert', id, price: alert.price, alert }]
          : [],
      ),
    [documents, instrumentId, market],
  );
  /** Says why not, and gives null, where no alert can be set at a price. */
  const way = (price: number): PriceAlert['when'] | null => {
    const quote = workstation.bus.quote(instrumentId);
    const last = quote?.last ?? quote?.base ?? null;
    const when = last === null ? null : wayTo(price, last);
    if (when === null)
      workstation.notify({
        level: 'caution',
        title: t(last === null ? 'chart.alertNoPrice' : 'chart.alertSame'),
        body: t(last === null ? 'chart.alertNoPriceBody' : 'chart.alertSameBody'),
      });
    return when;
  };
  const save = (id: string, alert: PriceAlert): Promise<void> => workstation.documents.save('alert', id, alert);
  const fail = (error: unknown): void => workstation.fail(error);
  return {
    lines,
    add(price) {
      const when = way(price);
      if (when === null) return;
      const alert: PriceAlert = {
        instrumentId,
        market,
        when,
        price,
        note: '',
        repeats: false,
        state: 'armed',
        firedTs: null,
      };
      save(`a-${workstation.newRequestId()}`, alert)
        .then(() =>
          workstation.notify({
            level: 'info',
            title: t('chart.alertSet', { price: issuePrice(price, instrumentId) }),
            body: '',
          }),
        )
        .catch(fail);
    },
    move({ id, alert }, price) {
      const when = way(price);
      if (when !== null) save(id, { ...alert, when, price }).catch(fail);
    },
    remove: (id) => void workstation.documents.remove('alert', id).catch(fail),
  };
}
