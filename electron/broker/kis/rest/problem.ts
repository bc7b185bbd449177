/** Turns what went wrong into the one error a person can read: codes of the broker, faults of the line, answers that are none. */
import codes from '#resources/kis/error-codes.json' with { type: 'json' };
import type { TransportError, TransportFault } from '#core/platform/index.ts';
import { AppError, type ErrorCode } from '#shared/errors/index.ts';
import type { BadAnswer } from './answer.ts';

/**
 * none: final · retry: a read may be asked again · rate, ledger: too fast · token: the access token is not good any more ·
 * guard: tokens are issued too often.
 */
export type Handling = 'none' | 'retry' | 'rate' | 'ledger' | 'token' | 'guard';

/** What a code says about an order that it answers: refused 접수되지 않음 · unknown 알 수 없음 */
export type OrderOutcome = 'refused' | 'unknown';

/** A code of the broker with what it means to us. */
export interface CodeFacts {
  readonly code: string;
  readonly family: 'input' | 'refused' | 'unavailable' | 'unknown';
  readonly ko: string;
  readonly action: string;
  readonly handling: Handling;
  readonly order: OrderOutcome;
  /** The code of our own that says the same. */
  readonly own: ErrorCode | null;
}

interface CodeEntry {
  readonly code: string;
  readonly family: string;
  readonly ko: string;
  readonly action: string;
  readonly handling?: string;
  readonly order?: string;
  readonly own?: string;
  /** The entry holds only where the broker's text contains one of these. */
  readonly text?: readonly string[];
}

const FAMILY_CODE = {
  input: 'KIS_INPUT',
  refused: 'KIS_REFUSED',
  unavailable: 'KIS_UNAVAILABLE',
  unknown: 'KIS_UNKNOWN',
} as const;

const exact: readonly CodeEntry[] = codes.codes;
const patterns: readonly (CodeEntry & { readonly match: RegExp })[] = codes.patterns.map((entry) => ({
  ...entry,
  match: new RegExp(`^(?:${entry.code})$`),
}));

/** Longest text of the broker that is shown. */
const TEXT_LIMIT = 160;

const plain = (text: string): string => text.replaceAll(/\s+/g, '');

function holds(entry: CodeEntry, text: string): boolean {
  return entry.text === undefined || entry.text.some((part) => plain(text).includes(plain(part)));
}

/** The broker's words as they are shown: one line, trimmed. */
export function brokerText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, TEXT_LIMIT);
}

/** A refusal as the broker wrote it. */
export interface BrokerWords {
  readonly code: string;
  readonly text: string;
  /** HTTP status; 200 if absent. */
  readonly status?: number;
  /** true: it answers an order, where numbers of codes are little known and the text is read. */
  readonly order?: boolean;
}

/** The code of our own that the words of a refused order name. */
function ownByText(text: string): ErrorCode | null {
  const words = plain(text);
  const rule = codes.orderTexts.find(({ all }) => all.every((part) => words.includes(plain(part))));
  return (rule?.own ?? null) as ErrorCode | null;
}

/** What is known of a code: its own entry where the text fits, else a pattern, else the broker's words. */
export function codeFacts(words: BrokerWords): CodeFacts {
  const facts = entryFacts(words);
  const readText =
    words.order === true && facts.family === 'refused' && facts.own === null && facts.order === 'refused';
  return readText ? { ...facts, own: ownByText(words.text) } : facts;
}

function entryFacts({ code, text, status = 200 }: BrokerWords): CodeFacts {
  const entry =
    exact.find((candidate) => candidate.code === code && holds(candidate, text)) ??
    patterns.find((candidate) => candidate.match.test(code));
  if (!entry) {
    const words = brokerText(text);
    return {
      code: code === '' ? '—' : code.slice(0, 20),
      family: 'refused',
      ko: words === '' ? codes.unknown.ko : words,
      action: codes.unknown.action,
      handling: 'none',
      // A code that nobody knows with a failure of the server tells nothing about an order.
      order: status >= 500 ? 'unknown' : 'refused',
      own: null,
    };
  }
  return {
    code,
    family: entry.family as CodeFacts['family'],
    ko: entry.ko.replace('{text}', brokerText(text)),
    action: entry.action,
    handling: (entry.handling ?? 'none') as Handling,
    order: (entry.order ?? 'refused') as OrderOutcome,
    own: (entry.own ?? null) as ErrorCode | null,
  };
}

/** The error of a code: our own where one says the same, else the broker's with its sentence and next step. */
export function codeError(facts: CodeFacts): AppError {
  if (facts.own !== null) return new AppError(facts.own, { code: facts.code });
  return new AppError(FAMILY_CODE[facts.family], { ko: facts.ko, action: facts.action, code: facts.code });
}

/** The error of an answer that is none of the broker's. */
export function badAnswerError(why: BadAnswer, status: number): AppError {
  return new AppError('KIS_ANSWER_BAD', { why: codes.badAnswers[why].replace('{status}', String(status)) });
}

/** The error of a line that brought no answer. */
export function faultError(error: TransportError, host: string): AppError {
  const fault: TransportFault = error.fault;
  if (fault === 'canceled') return new AppError('CANCELED', {}, { cause: error });
  if (fault === 'locked') return new AppError('KIS_OFFICIAL_LOCKED', { host }, { cause: error });
  const why = codes.faults[fault];
  return new AppError(fault === 'tooLarge' ? 'KIS_ANSWER_BAD' : 'KIS_NO_ANSWER', { why }, { cause: error });
}

/** Whether asking again can help after a fault of the line; only reads are ever asked again. */
export function worthRetry(fault: TransportFault): boolean {
  return fault === 'offline' || fault === 'refused' || fault === 'timeout' || fault === 'cut';
}
