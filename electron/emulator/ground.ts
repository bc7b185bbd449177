/** What every answer stands on: the market, the firm's account, the server's clock and the words of a call. */
import { codeOf, krxId, type KrxInstrument, type InstrumentId, type VenueName } from '#shared/domain/index.ts';
import type { Logger } from '#shared/ports.ts';
import type { EpochMs, SessionDate, TradingCalendar } from '#shared/time/index.ts';
import type { IssueView, ListedIssue } from '#shared/exchange/index.ts';
import type { KisCatalogue, RestApi } from '../catalogue/index.ts';
import type { AccountWish, Simulator } from '../simulator/index.ts';
import type { EmulatorFacts } from './ports.ts';
import { missing, query } from './refusals.ts';
import type { EmulatorSettings } from './settings.ts';
import type { Row } from './shape.ts';
import type { Tape } from './tape.ts';

export interface Ground {
  readonly facts: EmulatorFacts;
  readonly settings: EmulatorSettings;
  readonly simulator: Simulator;
  readonly catalogue: KisCatalogue;
  readonly calendar: TradingCalendar;
  readonly logger: Logger;
  readonly tape: Tape;
  readonly seed: number;
  /** The firm's id of the account. */
  readonly accountId: string;
  /** What the account held when it was opened; won. */
  readonly opening: NonNullable<AccountWish['holdings']>;
  /** Won of the account that bonds have taken, and that open purchases of bonds hold back. */
  readonly inBonds: () => { readonly paid: number; readonly held: number };
  /** The server's clock. */
  readonly now: () => EpochMs;
  /** true: the American day, with the domestic market shut. */
  readonly isNight: () => boolean;
  /** Days that were traded, oldest first, today's the last. */
  readonly days: () => readonly SessionDate[];
  readonly instrument: (id: InstrumentId) => KrxInstrument | undefined;
  readonly instruments: () => readonly KrxInstrument[];
}

/** The fields of a call, asked for by name in any case. */
export class Params {
  readonly #values = new Map<string, string>();

  constructor(values: Iterable<readonly [string, string]>) {
    for (const [name, value] of values) this.#values.set(name.toUpperCase(), value);
  }

  /** The value, or empty. */
  text(name: string): string {
    return this.#values.get(name.toUpperCase())?.trim() ?? '';
  }

  /** As sent, blanks kept. */
  raw(name: string): string {
    return this.#values.get(name.toUpperCase()) ?? '';
  }

  has(name: string): boolean {
    return this.#values.has(name.toUpperCase());
  }

  /** Throws where the field is missing or empty. */
  needed(name: string): string {
    const value = this.text(name);
    if (value === '') throw missing(name);
    return value;
  }

  entries(): readonly (readonly [string, string])[] {
    return [...this.#values];
  }
}

/** A call that came through the gateway. */
export interface Call {
  readonly api: RestApi;
  readonly trId: string;
  readonly select: Readonly<Record<string, string>>;
  readonly params: Params;
  /** true: the next page (tr_cont N). */
  readonly next: boolean;
}

/** What an answer is made of. */
export interface Reply {
  readonly blocks: Readonly<Record<string, Row | readonly Row[]>>;
  /** Fields beside the blocks. */
  readonly top?: Readonly<Record<string, string>>;
  /** msg_cd and msg1; the query server's success if absent. */
  readonly said?: readonly [code: string, text: string];
  /** Header tr_cont; empty if absent. */
  readonly trCont?: string;
  /** Further headers, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type Answerer = (call: Call, ground: Ground) => Reply | Promise<Reply>;

/** Market that a quote is asked of: J KRX · NX NXT · UN both. */
export type Division = 'J' | 'NX' | 'UN';

/** The market a call names. Throws OPSQ2001 for one that is not known. */
export function divisionOf(params: Params): Division {
  const text = params.needed('FID_COND_MRKT_DIV_CODE').toUpperCase();
  if (text === 'J' || text === 'NX' || text === 'UN') return text;
  throw query('OPSQ2001');
}

export const venueOf = (division: Division): VenueName => (division === 'NX' ? 'NXT' : 'KRX');

/** An issue as a call names it. */
export interface Asked {
  readonly id: InstrumentId;
  readonly code: string;
  readonly instrument: KrxInstrument;
  readonly listed: ListedIssue;
  readonly view: IssueView;
  readonly venue: VenueName;
  readonly division: Division;
}

/** The id of a short code; a leading letter of the master files (A005930) is taken off. */
export function idOf(code: string): InstrumentId {
  const text = code.trim().toUpperCase();
  return krxId(text.length === 7 && text.startsWith('A') ? text.slice(1) : text);
}

/** The issue of a quote call; undefined where it is not in this market. */
export function askedIssue(ground: Ground, code: string, division: Division): Asked | undefined {
  const id = idOf(code);
  const venue = venueOf(division);
  const view = ground.simulator.issue(id, venue);
  const listed = ground.simulator.listed(id);
  const instrument = ground.instrument(id);
  return view && listed && instrument ? { id, code: codeOf(id), instrument, listed, view, venue, division } : undefined;
}
