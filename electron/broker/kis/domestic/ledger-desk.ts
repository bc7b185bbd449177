/** The inquiries of the ledger (원장): days of orders, holdings, cash. One answer serves the questions of one round. */
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisRest } from '../ports.ts';
import type { SessionClock } from './session-clock.ts';
import type { LedgerWords } from './ledger-words.ts';
import { unreadable } from './wire/fields.ts';
import type { BalanceCash, HeldRow } from './wire/inquire-balance.ts';
import { psblRvsecnclRows } from './wire/inquire-psbl-rvsecncl.ts';
import type { AccountFields } from './wire/order-cash.ts';
import type { OrderRow } from './wire/order-row.ts';

interface LedgerParts {
  readonly environment: KisEnvironment;
  readonly account: AccountFields;
  readonly words: LedgerWords;
  readonly rest: KisRest;
  readonly session: SessionClock;
  readonly clock: Clock;
  readonly sharedMs: number;
  /** Told of every outcome: whether the server can be reached. */
  readonly reached: (isReached: boolean) => void;
}

export interface Holdings {
  readonly held: readonly HeldRow[];
  readonly cash: BalanceCash;
}

/** Errors that say that the server could not be reached, or was not itself. */
const UNREACHED: ReadonlySet<string> = new Set(['KIS_NO_ANSWER', 'KIS_ANSWER_BAD', 'KIS_UNAVAILABLE']);

export class LedgerDesk {
  readonly #parts: LedgerParts;
  #holdings: { readonly told: Holdings; readonly atMs: number } | null = null;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** What was asked before an order verb says nothing about after it. */
  forget(): void {
    this.#holdings = null;
  }

  /** Every order number of a day. Throws KIS_ANSWER_BAD for a day that this account's inquiry does not tell. */
  async day(date: SessionDate): Promise<readonly OrderRow[]> {
    const { account, environment, session, words } = this.#parts;
    const today = session.date();
    // "No orders" must never be the answer about a day that was not asked for.
    if (date !== today && !words.tellsPastDays) throw unreadable(`${date}: 당일 주문만 조회하는 계좌입니다.`);
    const asked = { environment, date, today, now: session.now() };
    const pages = await this.#whole(words.day(account, asked));
    return pages.flatMap((page) => words.dayRows(page, { ...asked, now: session.now() }));
  }

  /** Orders that can be changed or withdrawn; none where there is no such inquiry. */
  async changeable(): Promise<readonly OrderRow[]> {
    const { account, rest, session, words } = this.#parts;
    const call = words.changeable(account, rest);
    if (!call) return [];
    const pages = await this.#whole(call);
    return pages.flatMap((page) => psblRvsecnclRows(page, session.date()));
  }

  /** What is held, and the cash; `shared`: an answer of this round will do. */
  async holdings(how: { readonly shared: boolean }): Promise<Holdings> {
    const { account, clock, sharedMs, words } = this.#parts;
    const before = this.#holdings;
    this.#holdings = null;
    if (how.shared && before && clock.monotonicMs() - before.atMs < sharedMs) return before.told;
    const pages = await this.#whole(words.balance(account));
    const cash = pages.map(words.cash).findLast((each) => each !== null);
    if (!cash) throw unreadable('output2 없음');
    const told = { held: pages.flatMap(words.held), cash };
    if (!how.shared) this.#holdings = { told, atMs: clock.monotonicMs() };
    return told;
  }

  /** What a purchase may use without leaving anything unpaid (미수없는매수금액, 주문가능현금), won. */
  async buyingPower(): Promise<number> {
    const { account, rest, words } = this.#parts;
    return words.buyingPower(await this.#ask(() => rest.call(words.power(account))));
  }

  /** All pages, or nothing: a part of the orders would look like orders that are gone. */
  async #whole(call: KisCall): Promise<readonly KisAnswer[]> {
    return this.#ask(async () => {
      const { pages, complete, error } = await this.#parts.rest.pages(call);
      if (complete) return pages;
      throw error instanceof Error ? error : unreadable('다음 쪽이 오지 않았습니다.');
    });
  }

  async #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const { reached } = this.#parts;
    try {
      const answer = await ask();
      reached(true);
      return answer;
    } catch (error) {
      if (error instanceof AppError && UNREACHED.has(error.code)) reached(false);
      throw error;
    }
  }
}
