/** What the offline KIS does where the facts leave a choice; every number may be changed by whoever starts it. */

export interface EmulatorSettings {
  /**
   * Calls a second per app key, counted over any one second of wall time; the next one is EGW00201.
   * @source protocol.md §6: 20 real, 2 paper (repo helper); [X] third parties say 15-20
   */
  readonly callsPerSecond: number;
  /**
   * Account and order calls a second; the next one is EGW00215. null: no limit of their own.
   * @source protocol.md §6 [X]: exists, number unknown
   */
  readonly ledgerCallsPerSecond: number | null;
  /** Life of an access token, seconds of server time. @source protocol.md §3 */
  readonly tokenLifeS: number;
  /** A token asked for again within this long is the same one, seconds of server time. @source protocol.md §3 */
  readonly tokenSameS: number;
  /** Wall milliseconds between two issues of a token. @source protocol.md §3: repo README one minute, survey five [X] */
  readonly tokenEveryMs: number;
  /** true: a new token ends the older one. @source protocol.md §3 [X]: survey text only, so false */
  readonly newTokenEndsOld: boolean;
  /** Life of an approval key, seconds of server time. @source protocol.md §3: the repo fetches a new one after a day */
  readonly approvalLifeS: number;
  /** Registrations of one session; the next one is OPSP0008. @source protocol.md §12: 41 measured, 40 in repo code [X] */
  readonly registrations: number;
  /** Wall milliseconds between two PINGPONG messages. @source protocol.md §10: not documented [?] */
  readonly pingPongMs: number;
  /** Wall milliseconds after which a PINGPONG without a reply ends the line. @source protocol.md §10 [X] */
  readonly pingPongWaitMs: number;
  /** Wall milliseconds for which a line that broke still counts as in use. @source protocol.md §12 [X]: "a while" */
  readonly heldAfterDropMs: number;
  /** Records of one channel sent in one frame at most. */
  readonly batch: number;
  /** Won on the account when it is opened. */
  readonly startingCashKrw: number;
  /** Won on the account of futures and options (product code 03) when it is opened. */
  readonly derivativeCashKrw: number;
  /** Cents of US dollars on the account of futures abroad (product code 08) when it is opened. */
  readonly futuresAbroadCents: number;
  /** Cents of US dollars on the account when it is opened. */
  readonly startingCents: number;
  /** Won per dollar × 1,000,000, made up. */
  readonly fxRate: number;
  /** The same of the Asian currencies: smallest coins on the account when it is opened, and won per unit × 1,000,000. */
  readonly asia: Readonly<
    Record<'HKD' | 'JPY' | 'CNY' | 'VND', { readonly starting: number; readonly fxRate: number }>
  >;
}

const ASIA: EmulatorSettings['asia'] = {
  HKD: { starting: 80_000_000, fxRate: 180_000_000 },
  JPY: { starting: 10_000_000, fxRate: 9_300_000 },
  CNY: { starting: 50_000_000, fxRate: 195_000_000 },
  VND: { starting: 2_000_000_000, fxRate: 55_000 },
};
const emptied = (currency: keyof typeof ASIA) => ({ ...ASIA[currency], starting: 0 });
const EMPTY: EmulatorSettings['asia'] = {
  HKD: emptied('HKD'),
  JPY: emptied('JPY'),
  CNY: emptied('CNY'),
  VND: emptied('VND'),
};

/** The Asian currencies that an account begins with besides dollars. */
export function moneyIn(currencies: readonly (keyof EmulatorSettings['asia'])[]): EmulatorSettings['asia'] {
  return { ...EMPTY, ...Object.fromEntries(currencies.map((currency) => [currency, ASIA[currency]])) };
}

/** Defaults of an environment. */
export function settingsOf(env: 'paper' | 'real', changed: Partial<EmulatorSettings> = {}): EmulatorSettings {
  return {
    callsPerSecond: env === 'paper' ? 2 : 20,
    ledgerCallsPerSecond: null,
    tokenLifeS: 86_400,
    tokenSameS: 6 * 3_600,
    tokenEveryMs: 60_000,
    newTokenEndsOld: false,
    approvalLifeS: 86_400,
    registrations: 41,
    pingPongMs: 10_000,
    pingPongWaitMs: 30_000,
    heldAfterDropMs: 0,
    batch: 8,
    startingCashKrw: 100_000_000,
    derivativeCashKrw: 100_000_000,
    futuresAbroadCents: 10_000_000,
    startingCents: 10_000_000,
    fxRate: 1_400_000_000,
    // At two calls a second every account that has money costs a wait: paper has dollars only, unless it is asked for more.
    asia: env === 'paper' ? EMPTY : ASIA,
    ...changed,
  };
}
