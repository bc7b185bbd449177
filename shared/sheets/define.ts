/** What a sheet is made of: its API, where the fields of the question come from, and which fields of the answer it shows. */
import type { DerivativeFamily, SheetGroup, SheetKind } from '../domain/index.ts';

/** A word in Korean and in English. */
export type Both = readonly [ko: string, en: string];

/** A code and what it means. */
export type Coded = readonly [value: string, ko: string, en: string];

/** How the broker counts money: in won, 만원, 백만원, 십억원 or 억원. */
export type MoneyUnit = 'won' | 'man' | 'million' | 'eok' | 'billion';

export interface ColumnMore {
  /** The field with the sign (1, 2 up; 4, 5 down) that belongs to a figure. */
  readonly sign?: string;
  /** Up and down are coloured. */
  readonly signed?: boolean;
  /** What the broker counts won in. */
  readonly unit?: MoneyUnit;
  /** No source that we hold confirms the unit. */
  readonly unsure?: boolean;
  /** What codes mean; absent: what the catalogue says. */
  readonly words?: readonly Coded[];
  /** The figure is written as 0 where there is none, such as the PER of a company at a loss. */
  readonly zeroless?: boolean;
  /** issue: the field with the exchange, of an issue abroad. */
  readonly exchange?: string;
  /** issue: the code is of a future or option on these. */
  readonly family?: DerivativeFamily;
}

/** A field of the answer, what it holds, and what it is called. `#` in the field stands for the item of an unrolled block. */
export type Column = readonly [field: string, kind: SheetKind, ko: string, en: string, more?: ColumnMore];

export interface Block {
  /** Its name in the answer. */
  readonly block: string;
  readonly shape: 'facts' | 'rows';
  readonly title?: Both;
  readonly columns: readonly Column[];
  /** Field of the x axis, and those that are drawn over it. */
  readonly chart?: { readonly kind: 'line' | 'bars'; readonly x: string; readonly ys: readonly string[] };
  /**
   * Rows that stand side by side in one record: what `#` becomes in each, with its name. Numbers have none.
   */
  readonly unroll?: readonly Coded[] | number;
  /** Names of the rows by their place, where the answer gives none. */
  readonly rowNames?: readonly Both[];
  /** A block whose rows name the columns in turn, and the field that holds the names. */
  readonly heads?: { readonly block: string; readonly field: string };
}

export type Input =
  | { readonly kind: 'issue'; readonly id: 'issue'; readonly market: 'krx' | 'overseas' }
  | { readonly kind: 'code'; readonly id: string; readonly name: Both; readonly start: string }
  | { readonly kind: 'choice'; readonly id: string; readonly name: Both; readonly choices: readonly Coded[] }
  /** `back`: days before today; negative: after it. */
  | { readonly kind: 'day'; readonly id: string; readonly name: Both; readonly back: number }
  | { readonly kind: 'text'; readonly id: string; readonly name: Both; readonly start: string; readonly max: number };

/**
 * Where a field of the question comes from: a text as it is, an input (a part of "K:0", or the exchange of an issue abroad), or
 * the user's own id at the broker.
 */
export type Source =
  string | { readonly of: string; readonly part?: 0 | 1; readonly take?: 'exchange' } | { readonly own: 'htsId' };

export interface Sheet {
  /** Kept by what the user has open: never renamed. */
  readonly id: string;
  readonly group: SheetGroup;
  readonly title: Both;
  /** Id in the catalogue. */
  readonly api: string;
  readonly inputs: readonly Input[];
  /** Fields of the question; those left out are what the catalogue says they begin with, or blank. */
  readonly params: Readonly<Record<string, Source>>;
  readonly blocks: readonly Block[];
  readonly view?: 'options' | 'curve';
  /** A row opens another sheet: its inputs by fields of this one. */
  readonly opens?: { readonly sheet: string; readonly from: Readonly<Record<string, string>> };
  /** How long an answer stands before it is asked for again, seconds; absent: as its group. */
  readonly keepS?: number;
  /** true: figures of this moment, which stand still while the Korean market is shut. */
  readonly live?: boolean;
}

/** The issue in view, of Korea. */
export const ISSUE: Input = { kind: 'issue', id: 'issue', market: 'krx' };
/** The issue in view, of an exchange abroad. */
export const ABROAD: Input = { kind: 'issue', id: 'issue', market: 'overseas' };

export function pick(id: string, name: Both, choices: readonly Coded[]): Input {
  return { kind: 'choice', id, name, choices };
}

/** A day, `back` days before today. */
export function day(id: string, name: Both, back: number): Input {
  return { kind: 'day', id, name, back };
}

export const FROM = (back: number): Input => day('from', ['시작일', 'From'], back);
export const TO = (back = 0): Input => day('to', ['종료일', 'To'], back);
export const ON = (back = 0): Input => day('on', ['기준일', 'As of'], back);

/** What an input holds. */
export const of = (id: string): Source => ({ of: id });

/** A table out of a block. */
export function rows(block: string, columns: readonly Column[], more: Partial<Block> = {}): Block {
  return { block, shape: 'rows', columns, ...more };
}

/** Names and values out of a record. */
export function facts(block: string, columns: readonly Column[], more: Partial<Block> = {}): Block {
  return { block, shape: 'facts', columns, ...more };
}

/** Units that are known from the broker's own screens, not from a document that we hold. */
export const EOK: ColumnMore = { unit: 'eok', unsure: true };
export const MILLION: ColumnMore = { unit: 'million', unsure: true };
/** Net purchases in million won. @source KIS samples, inquire-investor */
export const NET_MILLION: ColumnMore = { unit: 'million', signed: true };
export const NET: ColumnMore = { signed: true };
export const ZEROLESS: ColumnMore = { zeroless: true };
