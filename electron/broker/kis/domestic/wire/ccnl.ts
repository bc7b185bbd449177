/**
 * 국내주식 실시간체결가 H0STCNT0, H0NXCNT0: a trade with the state of the issue after it.
 *
 *     005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^71700^71900^71800^1^3052507^219853241700^5105^6937^1832^…
 *     MKSC_SHRN_ISCD STCK_CNTG_HOUR STCK_PRPR … STCK_OPRC STCK_HGPR STCK_LWPR ASKP1 BIDP1 CNTG_VOL ACML_VOL ACML_TR_PBMN …
 *
 * The kind of the trade is CCLD_DVSN on KRX and CNTG_CLS_CODE on NXT.
 */
import type { Side, VenueName } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { ChannelRecord } from '../../ports.ts';
import { dateOf, text, whole } from './fields.ts';

const CHANNELS = { KRX: 'domestic-stock.ccnl-krx', NXT: 'domestic-stock.ccnl-nxt' } as const;

/** The channel of trades of a venue. */
export function tradeChannel(venue: VenueName): string {
  return CHANNELS[venue];
}

export interface TradeFacts {
  readonly date: SessionDate | null;
  /** HHMMSS. */
  readonly time: string;
  readonly price: number;
  /** Against the base price (전일 대비), signed. */
  readonly change: number;
  /** 0: no trade, but how the issue stands. */
  readonly quantity: number;
  /** null in an auction. */
  readonly aggressor: Side | null;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly value: number;
  readonly ask: number;
  readonly askQty: number;
  readonly bid: number;
  readonly bidQty: number;
  readonly halted: boolean;
  /** HOUR_CLS_CODE. */
  readonly hour: string;
  /** 정적VI발동기준가, 0: none. */
  readonly viReference: number;
}

/** PRDY_VRSS_SIGN: 4 하한, 5 하락. */
const FALLING: ReadonlySet<string> = new Set(['4', '5']);

function changeOf(row: ChannelRecord): number {
  const change = Math.abs(whole(row, 'PRDY_VRSS'));
  return FALLING.has(text(row, 'PRDY_VRSS_SIGN')) ? -change : change;
}

const AGGRESSORS: Readonly<Record<string, Side>> = { '1': 'buy', '5': 'sell' };

/** One record; numbers are read straight, for these come by the thousand. */
export function tradeFacts(row: ChannelRecord): TradeFacts {
  const hour = text(row, 'HOUR_CLS_CODE');
  const kind = text(row, 'CCLD_DVSN') || text(row, 'CNTG_CLS_CODE');
  return {
    date: dateOf(text(row, 'BSOP_DATE')),
    time: text(row, 'STCK_CNTG_HOUR'),
    price: whole(row, 'STCK_PRPR'),
    change: changeOf(row),
    quantity: whole(row, 'CNTG_VOL'),
    aggressor: hour === '0' || hour === '' ? (AGGRESSORS[kind] ?? null) : null,
    open: whole(row, 'STCK_OPRC'),
    high: whole(row, 'STCK_HGPR'),
    low: whole(row, 'STCK_LWPR'),
    volume: whole(row, 'ACML_VOL'),
    value: whole(row, 'ACML_TR_PBMN'),
    ask: whole(row, 'ASKP1'),
    askQty: whole(row, 'ASKP_RSQN1'),
    bid: whole(row, 'BIDP1'),
    bidQty: whole(row, 'BIDP_RSQN1'),
    halted: text(row, 'TRHT_YN') === 'Y',
    hour,
    viReference: whole(row, 'VI_STND_PRC'),
  };
}
