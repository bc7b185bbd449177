/** All foreign markets of the offline KIS, one for each currency. */
import type { Currency, OverseasExchangeCode } from '#shared/market/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { EmulatorSettings } from '../settings.ts';
import { AbroadMarket } from './abroad-market.ts';
import type { AbroadListener, AbroadOrder } from './abroad-terms.ts';

/** NATN_CD of a currency. @source catalogue, inquire-present-balance */
export const NATIONS: Readonly<
  Record<Currency, { readonly code: string; readonly nameKo: string; readonly currencyKo: string }>
> = {
  USD: { code: '840', nameKo: '미국', currencyKo: '미국 달러' },
  HKD: { code: '344', nameKo: '홍콩', currencyKo: '홍콩 달러' },
  JPY: { code: '392', nameKo: '일본', currencyKo: '일본 엔' },
  CNY: { code: '156', nameKo: '중국', currencyKo: '중국 위안' },
  VND: { code: '704', nameKo: '베트남', currencyKo: '베트남 동' },
};

export class AbroadMarkets {
  readonly us: AbroadMarket;
  readonly all: readonly AbroadMarket[];

  constructor(seed: number, settings: EmulatorSettings, listener: AbroadListener) {
    const { startingCents: starting, fxRate, asia } = settings;
    this.us = new AbroadMarket({ lead: 'NASD', seed, listener, starting, fxRate });
    // America is always lived through: its night is a market of its own.
    this.us.wake();
    const market = (lead: OverseasExchangeCode, currency: keyof typeof asia): AbroadMarket =>
      new AbroadMarket({ lead, seed, listener, ...asia[currency] });
    this.all = [this.us, market('SEHK', 'HKD'), market('TKSE', 'JPY'), market('SHAA', 'CNY'), market('VNSE', 'VND')];
  }

  /** The market of an exchange. */
  of(exchange: OverseasExchangeCode): AbroadMarket {
    return this.all.find(({ facts }) => facts.exchanges.includes(exchange)) ?? this.us;
  }

  /** Markets and exchange that an inquiry of the account means: NASD is all of America, nothing is everything. */
  meant(exchange: string): readonly { readonly market: AbroadMarket; readonly exchange: string | null }[] {
    if (exchange === '') return this.all.map((market) => ({ market, exchange: null }));
    const market = this.all.find(({ facts }) => facts.exchanges.includes(exchange));
    return market ? [{ market, exchange: exchange === 'NASD' ? null : exchange }] : [];
  }

  /** Orders of all markets, oldest first. */
  get orders(): readonly AbroadOrder[] {
    return this.all.flatMap(({ orders }) => orders).sort((a, b) => a.ts - b.ts);
  }

  /** Brings every market that somebody asked about to the server's clock. */
  advanceTo(ts: EpochMs): void {
    for (const market of this.all) market.advanceTo(ts);
  }
}
