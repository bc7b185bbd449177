/**
 * The account's figures in the port's words. KIS tells D+0 (예수금), D+1 (익일정산금액), D+2 (가수도정산금액), the net asset and
 * what may be bought without leaving anything unpaid (미수없는매수금액). From these are derived: what open buy orders hold
 * (D+2 less what may be bought, while there are such orders), and what is missing (a settled cash below zero).
 */
import type { Side } from '#shared/domain/index.ts';
import { krw } from '#shared/num/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { BrokerAccount } from '../../broker.ts';
import type { BalanceCash } from './wire/inquire-balance.ts';

interface Told {
  readonly accountId: string;
  readonly name: string;
  readonly cash: BalanceCash;
  /** 미수없는매수금액, won. */
  readonly buyingPower: number;
  readonly hasOpenBuys: boolean;
  /** When we first looked. */
  readonly createdTs: EpochMs;
  readonly dates: { readonly today: SessionDate; readonly d1: SessionDate; readonly d2: SessionDate };
}

/** The account as the port tells of it. */
export function accountView(told: Told): BrokerAccount {
  const { accountId, name, cash, buyingPower, hasOpenBuys, createdTs, dates } = told;
  const power = krw(buyingPower);
  return {
    accountId,
    name,
    // Purchases are paid in full here: leaving something unpaid (미수) is a choice of the account that no API tells.
    kind: 'cash',
    startingCashKrw: null,
    cashD0Krw: krw(cash.d0),
    cashD1Krw: krw(cash.d1),
    cashD2Krw: krw(cash.d2),
    reservedKrw: krw(hasOpenBuys ? Math.max(0, cash.d2 - buyingPower) : 0),
    buyingPowerKrw: power,
    marginPowerKrw: power,
    unpaidKrw: krw(Math.max(0, -cash.d0)),
    ...(cash.loan === undefined ? {} : { loanKrw: krw(cash.loan) }),
    frozenUntil: null,
    sessionDate: dates.today,
    d1Date: dates.d1,
    d2Date: dates.d2,
    createdTs,
  };
}

/**
 * The figures after a fill of which a notice told, until the broker tells them itself: a screen that showed what is held
 * with the cash of before would show money that is not there. `charges`: won of this fill.
 */
export function afterFill(
  account: BrokerAccount,
  fill: { readonly side: Side; readonly value: number; readonly charges: number },
): BrokerAccount {
  const { side, value, charges } = fill;
  const change = (side === 'buy' ? -value : value) - charges;
  const cashD2Krw = krw(account.cashD2Krw + change);
  // What an open buy held is spent now; a buy that the figures did not know of yet takes from what may be spent.
  const held = side === 'buy' ? Math.min(account.reservedKrw, -change) : 0;
  const power = krw(account.buyingPowerKrw + change + held);
  return {
    ...account,
    cashD2Krw,
    reservedKrw: krw(account.reservedKrw - held),
    buyingPowerKrw: power,
    marginPowerKrw: power,
  };
}
