/**
 * What detectors are fed: the market, the account, the orders and the program itself, as one stream in order of time. Plain
 * data; one line of JSON each in a file. Times are exchange milliseconds, prices won, rates parts per million unless said.
 */
import type { InstrumentId, OrderState, Side, VenueName } from '../domain/index.ts';
import type { Phase } from '../time/index.ts';

interface At {
  /** Exchange time, milliseconds since 1970. Never goes back within a stream; what does is dropped and counted. */
  readonly ts: number;
}

/** What is known of an issue before it trades; again whenever it changes. */
export interface IssueEvent extends At {
  readonly kind: 'issue';
  readonly id: InstrumentId;
  readonly nameKo: string;
  readonly market: 'KOSPI' | 'KOSDAQ' | 'KONEX';
  readonly sector: string | null;
  readonly base: number;
  readonly upper: number;
  readonly lower: number;
  /** Change that sets off a dynamic VI in this phase, and the static one; ppm. 0: none applies. */
  readonly dynamicViPpm: number;
  readonly staticViPpm: number;
  /** Reference price of the static VI: the last single price. 0: none. */
  readonly viReference: number;
  /** One price step at the present price, won. */
  readonly tick: number;
  /** Mean shares a day over 20 days; null: not known. */
  readonly averageVolume: number | null;
  /** Median shares of each minute of the day over 20 days, from 09:00 (391 minutes); null: not known. */
  readonly minuteVolumes: readonly number[] | null;
  /** Median shares within 1 % of the middle over 20 days; null: not known. Median spread in ticks likewise. */
  readonly usualDepth: number | null;
  readonly usualSpreadTicks: number | null;
  /** Daily closes of up to three years, oldest first; empty: not known. */
  readonly closes: readonly number[];
  /** 관리 · 투자주의/경고/위험 · 거래정지 · 단기과열. */
  readonly flags: readonly ('managed' | 'caution' | 'warning' | 'danger' | 'halted' | 'overheated')[];
  /** Among the hundred most traded: silence means something there. */
  readonly lively: boolean;
  /** Held or watched by the user. */
  readonly followed: boolean;
}

export interface TradeEvent extends At {
  readonly kind: 'trade';
  readonly id: InstrumentId;
  readonly venue: VenueName;
  readonly price: number;
  readonly quantity: number;
  /** Who took; null: an auction, or not known. */
  readonly side: Side | null;
}

/** Up to ten levels a side, best first: price, quantity, price, quantity … */
export interface BookEvent extends At {
  readonly kind: 'book';
  readonly id: InstrumentId;
  readonly venue: VenueName;
  readonly bids: readonly number[];
  readonly asks: readonly number[];
}

export interface ViEvent extends At {
  readonly kind: 'vi';
  readonly id: InstrumentId;
  readonly on: boolean;
  readonly cause: 'static' | 'dynamic' | 'both' | null;
}

/** The phase of a venue, or of one issue. */
export interface PhaseEvent extends At {
  readonly kind: 'phase';
  readonly venue: VenueName;
  readonly phase: Phase;
  readonly id: InstrumentId | null;
}

/** Change of an index from the previous close. */
export interface IndexEvent extends At {
  readonly kind: 'index';
  readonly market: 'KOSPI' | 'KOSDAQ';
  readonly ppm: number;
}

/** Change of the nearest index futures (KOSPI 200, KOSDAQ 150) from their base. */
export interface FuturesEvent extends At {
  readonly kind: 'futures';
  readonly market: 'KOSPI' | 'KOSDAQ';
  readonly ppm: number;
}

/** Ranges of past days: median 30-minute range of an index over 60 days, ppm. */
export interface IndexHistoryEvent extends At {
  readonly kind: 'indexHistory';
  readonly market: 'KOSPI' | 'KOSDAQ';
  readonly medianRange30Ppm: number;
  readonly closes: readonly number[];
}

/** Won per dollar in 1/100 won. */
export interface FxEvent extends At {
  readonly kind: 'fx';
  readonly rate: number;
}

/** Net purchases of a group in a market on a day so far, won; with past days (oldest first) where known. */
export interface FlowEvent extends At {
  readonly kind: 'flow';
  readonly market: 'KOSPI' | 'KOSDAQ';
  readonly group: 'foreign' | 'institution' | 'retail';
  readonly netKrw: number;
  /** Turnover of the market over 20 days, mean a day, won; null: not known. */
  readonly averageTurnoverKrw: number | null;
  readonly pastDays: readonly number[];
}

/** An account as it stands, won. */
export interface AccountEvent extends At {
  readonly kind: 'account';
  readonly accountId: string;
  readonly equityKrw: number;
  /** At the start of the day, and the highest at the end of any day or now. */
  readonly dayStartKrw: number;
  readonly peakKrw: number;
  readonly buyingPowerKrw: number;
  readonly cashD2Krw: number;
  readonly positions: readonly {
    readonly id: InstrumentId;
    readonly quantity: number;
    readonly valueKrw: number;
    readonly costKrw: number;
    readonly sector: string | null;
  }[];
}

/** An order at a step of its life. */
export interface OrderEvent extends At {
  readonly kind: 'order';
  readonly accountId: string;
  readonly orderId: string;
  readonly id: InstrumentId;
  readonly side: Side;
  /** null: a market order. */
  readonly price: number | null;
  /** false: the price is in minor units of another currency than won. true if absent. */
  readonly inWon?: boolean | undefined;
  readonly quantity: number;
  /** asked: it is about to be judged · cancelAsked, replaceAsked: a change of an open order is · else the state it came into. */
  readonly step: 'asked' | 'cancelAsked' | 'replaceAsked' | OrderState;
  /** The user's gesture it came from; two orders of one gesture are the same one sent twice. null: no gesture (a mandate, a strategy). */
  readonly gesture: string | null;
}

export interface FillEvent extends At {
  readonly kind: 'fill';
  readonly accountId: string;
  readonly orderId: string;
  readonly execId: string;
  readonly id: InstrumentId;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  /** Of the order so far, and of the whole order. */
  readonly cumulativeQty: number;
  readonly orderQty: number;
  /** What it realised, won; null: nothing (a purchase). */
  readonly realisedKrw: number | null;
  /** It left a position by a stop. */
  readonly stop: boolean;
}

/** The books of the desk beside those of the broker. */
export interface ReconcileEvent extends At {
  readonly kind: 'reconcile';
  readonly accountId: string;
  readonly id: InstrumentId;
  readonly deskQty: number;
  readonly brokerQty: number;
}

/** The line of prices; market events themselves count as its frames. */
export interface LineEvent extends At {
  readonly kind: 'line';
  readonly state: 'up' | 'down';
}

/** Server's clock minus ours, milliseconds. */
export interface SkewEvent extends At {
  readonly kind: 'skew';
  readonly offsetMs: number;
}

export interface TokenEvent extends At {
  readonly kind: 'token';
  /** issued: by us · foreign: the broker told of one that we did not ask for · refused: 401 or EGW00123 · expires: at `expiresTs`. */
  readonly what: 'issued' | 'foreign' | 'refused' | 'expires';
  readonly expiresTs: number | null;
  /** Which connection's, where there is more than one: each has a token of its own. */
  readonly connection?: string;
}

/** A record that is not as the catalogue says. */
export interface SchemaEvent extends At {
  readonly kind: 'schema';
  readonly channel: string;
  readonly expected: number;
  readonly got: number;
}

/** Text that leaves the vault's reach. It is looked at and never kept. */
export interface TextEvent extends At {
  readonly kind: 'text';
  readonly where: 'log' | 'export' | 'clipboard' | 'file' | 'crash';
  readonly text: string;
}

/** A file that the program alone writes: whether it is still what was written. */
export interface IntegrityEvent extends At {
  readonly kind: 'integrity';
  /** journal: a record of orders or of switches · settings: what the user has signed and set · scenario: a saved version. */
  readonly what: 'journal' | 'settings' | 'scenario';
  /** The file, as the user knows it. */
  readonly name: string;
  readonly whole: boolean;
}

/** A call that was refused for its rate, a line opened anew, and the program's own figures. */
export interface ProgramEvent extends At {
  readonly kind: 'program';
  readonly what: 'rateLimited' | 'reconnect' | 'diskFreeMb' | 'walMb' | 'loopDelayP99Ms' | 'llmSpendPct';
  readonly value: number;
}

/** Time passes: at least once a second, also when nothing happens. */
export interface ClockEvent extends At {
  readonly kind: 'clock';
}

export type ThreatEvent =
  | IssueEvent
  | TradeEvent
  | BookEvent
  | ViEvent
  | PhaseEvent
  | IndexEvent
  | FuturesEvent
  | IndexHistoryEvent
  | FxEvent
  | FlowEvent
  | AccountEvent
  | OrderEvent
  | FillEvent
  | ReconcileEvent
  | LineEvent
  | SkewEvent
  | TokenEvent
  | SchemaEvent
  | TextEvent
  | IntegrityEvent
  | ProgramEvent
  | ClockEvent;
export type ThreatEventKind = ThreatEvent['kind'];
export type EventOf<Kind extends ThreatEventKind> = Extract<ThreatEvent, { readonly kind: Kind }>;
