/** Price alerts in a running core: judged on trades of their own market, told through the record, kept as told. */
import { describe, expect, it } from 'vitest';
import { PriceAlerts } from '#core/alerts/index.ts';
import { DocumentStore } from '#core/storage/index.ts';
import type { PriceAlert } from '#shared/domain/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const SAMSUNG = 'KRX:005930';
const rule: PriceAlert = {
  instrumentId: SAMSUNG,
  market: 'simulated',
  when: 'atOrAbove',
  price: 56_000,
  note: '목표',
  repeats: false,
  state: 'armed',
  firedTs: null,
};

function stage(folder = tempFolder()) {
  const documents = new DocumentStore(folder);
  const { clock } = createFakeTime();
  const alerts = new PriceAlerts({ documents, clock, logger: createMemoryLog().logger });
  const told: unknown[] = [];
  const followed: string[] = [];
  let listen: (trade: { instrumentId: string; price: number }) => void = () => undefined;
  const stop = alerts.follow({
    market: 'simulated',
    watchTrades: (listener) => {
      listen = listener;
      return () => (listen = () => undefined);
    },
    follow: (ids) => {
      followed.push(...ids);
      return () => followed.splice(0);
    },
    nameOf: () => '삼성전자',
    raise: (each) => told.push(each),
  });
  return {
    folder,
    documents,
    told,
    followed,
    stop,
    trade: (price: number) => listen({ instrumentId: SAMSUNG, price }),
  };
}

describe('price alerts', () => {
  it('are told once, kept as told, and quiet after a restart', () => {
    const first = stage();
    first.documents.save({ kind: 'alert', id: 'a1', revision: 0 }, rule);
    expect(first.followed).toEqual([SAMSUNG]);
    first.trade(55_900);
    first.trade(56_100);
    first.trade(56_200);
    expect(first.told).toEqual([{ name: '삼성전자', price: '56,000', note: '목표' }]);
    expect(first.documents.list('alert', 'a1')[0]?.body).toMatchObject({ state: 'fired' });
    expect(first.followed).toEqual([]);
    const again = stage(first.folder);
    again.trade(57_000);
    expect(again.told).toEqual([]);
  });

  it('of the real market hear nothing of the simulation, and those that were removed hear nothing at all', () => {
    const { documents, told, trade, stop } = stage();
    documents.save({ kind: 'alert', id: 'real', revision: 0 }, { ...rule, market: 'real' });
    documents.save({ kind: 'alert', id: 'gone', revision: 0 }, rule);
    documents.remove({ kind: 'alert', id: 'gone', revision: 1 });
    trade(60_000);
    expect(told).toEqual([]);
    documents.save({ kind: 'alert', id: 'late', revision: 0 }, rule);
    stop();
    trade(60_000);
    expect(told).toEqual([]);
  });
});
