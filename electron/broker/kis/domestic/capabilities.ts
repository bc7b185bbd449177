/** What KIS takes in an environment, and what it does not, with the reason. */
import type { KisCatalogue } from '#core/catalogue/index.ts';
import {
  OrderType,
  TimeInForce,
  type Lack,
  type OrderSession,
  type Route,
  type TimeInForce as Tif,
} from '#shared/domain/index.ts';
import { ORDER_CODES, type OrderCode } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { BrokerCapabilities } from '../../broker.ts';
import type { KisEnvironment } from '../ports.ts';

const PAPER_ROUTE = '모의투자는 KRX 주문만 받습니다.';
const PAPER_API = '모의투자에서 제공하지 않는 API입니다.';

const inForce = (row: OrderCode, date: SessionDate): boolean =>
  (row.from === null || row.from <= date) && (row.to === null || date <= row.to);

/** Codes of the table that an environment takes on a date. */
function codesOf(environment: KisEnvironment, date: SessionDate): readonly OrderCode[] {
  return ORDER_CODES.filter(
    (row) => inForce(row, date) && (row.KRX !== null || (environment === 'real' && row.NXT !== null)),
  );
}

/** What the broker's port says it takes. */
export function capabilitiesOf(environment: KisEnvironment, date: SessionDate): BrokerCapabilities {
  const codes = codesOf(environment, date);
  const routes: readonly Route[] = environment === 'paper' ? ['KRX'] : ['KRX', 'NXT', 'SOR'];
  return {
    environment,
    orderTypes: OrderType.options.filter((type) => codes.some((row) => row.type === type)),
    timesInForce: TimeInForce.options.filter((tif: Tif) => codes.some((row) => row.timeInForce === tif)),
    routes,
    answersWithNumber: true,
  };
}

/** Name of a kind of order in a lack: "order.mid.ioc", "order.limit.day.after". */
function kindName(row: {
  readonly type: string;
  readonly timeInForce: string;
  readonly session: OrderSession;
}): string {
  return ['order', row.type, row.timeInForce, ...(row.session === 'after' ? ['after'] : [])].join('.');
}

/** Everything the environment lacks: routes, order codes that are not in force, APIs that paper does not offer. */
export function lacksOf(about: {
  readonly environment: KisEnvironment;
  readonly date: SessionDate;
  readonly catalogue: Pick<KisCatalogue, 'apis'>;
}): readonly Lack[] {
  const { environment, date, catalogue } = about;
  const lacks: Lack[] = [];
  if (environment === 'paper') {
    lacks.push({ what: 'route.NXT', nameKo: 'NXT 주문', reasonKo: PAPER_ROUTE });
    lacks.push({ what: 'route.SOR', nameKo: 'SOR 주문', reasonKo: PAPER_ROUTE });
  }
  const taken = new Set(codesOf(environment, date).map((row) => row.code));
  for (const row of ORDER_CODES) {
    if (taken.has(row.code)) continue;
    const reasonKo = inForce(row, date)
      ? `NXT에서만 쓰는 주문 유형입니다. ${PAPER_ROUTE}`
      : row.from !== null && date < row.from
        ? `${row.from}부터 받는 주문 유형입니다.`
        : `${row.to ?? ''}까지 받던 주문 유형입니다.`;
    lacks.push({ what: kindName(row), nameKo: row.nameKo, reasonKo });
  }
  if (environment === 'paper') {
    for (const api of catalogue.apis) {
      if (!api.paper) lacks.push({ what: `api.${api.id}`, nameKo: api.name, reasonKo: PAPER_API });
    }
  }
  return lacks;
}
