/** Which order APIs the desk has verbs for; every other one is refused, and this says what is lacking. */
import { ORDER_APIS } from '#core/broker/kis/index.ts';
import type { ApiOrder } from '#shared/contract/index.ts';

/** What the desk sends itself, guarded and written into the journal. */
const AT_THE_DESK: Readonly<Record<string, NonNullable<ApiOrder['desk']>>> = {
  'domestic-stock.order-cash': 'krx',
  'domestic-stock.order-rvsecncl': 'krx',
  'overseas-stock.order': 'overseas',
  'overseas-stock.order-rvsecncl': 'overseas',
  'domestic-bond.buy': 'bond',
  'domestic-bond.sell': 'bond',
  'domestic-bond.order-rvsecncl': 'bond',
};

type Lack = NonNullable<ApiOrder['lack']>;

const LACKS: readonly (readonly [RegExp, Lack])[] = [
  [/^domestic-futureoption\./, 'futures'],
  [/^overseas-futureoption\./, 'overseasFutures'],
  [/\.order-credit$/, 'credit'],
  [/\.order-resv/, 'reservation'],
  [/\.daytime-order/, 'daytime'],
];

/** What an API does to orders; null: nothing. */
export function orderOf(id: string): ApiOrder | null {
  const verb = ORDER_APIS[id];
  if (verb === undefined) return null;
  const desk = AT_THE_DESK[id] ?? null;
  return { verb, desk, lack: desk === null ? (LACKS.find(([form]) => form.test(id))?.[1] ?? 'reservation') : null };
}
