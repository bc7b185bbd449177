/** The markets of the offline KIS beside that of the Korean shares: foreign ones, bonds, futures and options at home, futures abroad. */
import type { EpochMs } from '#shared/time/index.ts';
import { BondMarket } from './bonds/bond-market.ts';
import type { BondListener } from './bonds/bond-terms.ts';
import { ContractMarket, type SpotOf } from './derivatives/contract-market.ts';
import type { ContractListener } from './derivatives/contract-terms.ts';
import { indexLook } from './domestic/market-answers.ts';
import { FutureMarket, type FutureListener } from './futures-abroad/future-market.ts';
import type { Ground } from './ground.ts';
import type { AbroadListener } from './overseas/abroad-terms.ts';
import { AbroadMarkets } from './overseas/abroad-markets.ts';

/** Who hears of everything that happens in them. */
export interface OtherListener {
  abroadTraded: AbroadListener['traded'];
  abroadNoticed: AbroadListener['noticed'];
  bondTraded: BondListener['traded'];
  contractTraded: ContractListener['traded'];
  contractNoticed: ContractListener['noticed'];
  futureTraded: FutureListener['traded'];
}

export class OtherMarkets {
  readonly abroad: AbroadMarkets;
  readonly bonds: BondMarket;
  readonly contracts: ContractMarket;
  readonly futures: FutureMarket;

  /** `publisher`: who hears of everything that happens. */
  constructor(ground: Ground, publisher: OtherListener) {
    const { seed, settings, calendar } = ground;
    const spotOf = spotsOf(ground);
    this.abroad = new AbroadMarkets(seed, settings, {
      traded: (issue, trade) => publisher.abroadTraded(issue, trade),
      noticed: (notice, at) => publisher.abroadNoticed(notice, at),
    });
    this.bonds = new BondMarket({
      seed,
      calendar,
      listener: { traded: (issue, trade) => publisher.bondTraded(issue, trade) },
    });
    this.contracts = new ContractMarket({
      seed,
      calendar,
      hasNights: ground.facts.env === 'real',
      spotOf,
      cashKrw: settings.derivativeCashKrw,
      listener: {
        traded: (seat, trade) => publisher.contractTraded(seat, trade),
        noticed: (notice, at) => publisher.contractNoticed(notice, at),
      },
    });
    this.futures = new FutureMarket({
      seed,
      listener: { traded: (seat, trade) => publisher.futureTraded(seat, trade) },
    });
  }

  /** Brings every market that somebody asked about to the server's clock. */
  advanceTo(ts: EpochMs): void {
    this.abroad.advanceTo(ts);
    this.bonds.advanceTo(ts);
    this.contracts.advanceTo(ts);
    this.futures.advanceTo(ts);
  }

  /** The same of what goes on while the shares at home are shut: the markets abroad, and the night of futures and options. */
  nightTo(ts: EpochMs): void {
    this.abroad.advanceTo(ts);
    this.contracts.advanceTo(ts);
    this.futures.advanceTo(ts);
  }
}

/** What futures and options are on, out of the market of the shares: the KOSPI 200, or the share; 1/100, 0: not traded here. */
function spotsOf(ground: Ground): SpotOf {
  return ({ share }) => {
    if (share !== null) {
      const view = ground.simulator.issue(share, 'KRX');
      return view ? { now: (view.last || view.basePrice) * 100, base: view.basePrice * 100 } : { now: 0, base: 0 };
    }
    const { value = 0, base = 0 } = indexLook(ground, '2001') ?? {};
    return { now: value * 100, base: base * 100 };
  };
}
