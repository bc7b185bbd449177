/** The one error that crosses boundaries: a code from the catalogue, its numbers, and words made from both. */
import type { ErrorFamily } from './catalog-entry.ts';
import { CATALOG, type ErrorCode } from './catalog.ts';

/** Numbers and names that fill the sentence of a code. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** What crosses a pipe: no stack, no internals. */
export interface ErrorEnvelope {
  readonly code: ErrorCode;
  readonly family: ErrorFamily;
  /** What happened, in Korean, 합니다체. */
  readonly messageKo: string;
  /** What to do next, in Korean. */
  readonly actionKo: string;
  readonly retryAfterMs?: number;
  readonly details?: ErrorParams;
  readonly traceId?: string;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options as ErrorOptions);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }
}

function fill(template: string, params: ErrorParams): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key];
    if (value === undefined) return '—';
    return typeof value === 'number' ? groupDigits(value) : value;
  });
}

/** 1234567 → "1,234,567". */
export function groupDigits(value: number): string {
  const [whole = '', fraction] = String(Math.abs(value)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${value < 0 ? '−' : ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}

/** The sentence and next step of a code with its numbers filled in. */
export function envelope(code: ErrorCode, params: ErrorParams = {}, traceId?: string): ErrorEnvelope {
  const entry = CATALOG[code];
  return {
    code,
    family: entry.family,
    messageKo: fill(entry.ko, params),
    actionKo: fill(entry.action, params),
    ...(Object.keys(params).length > 0 ? { details: params } : {}),
    ...(traceId ? { traceId } : {}),
  };
}

/** Any thrown value as an envelope; what is not an AppError is a bug and keeps its detail for the log. */
export function toEnvelope(error: unknown, traceId?: string): ErrorEnvelope {
  if (error instanceof AppError) return envelope(error.code, error.params, traceId);
  return envelope('INTERNAL_BUG', {}, traceId);
}

/** Marks a branch that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw new AppError('INTERNAL_BUG', { what: `unexpected ${JSON.stringify(value)}` });
}

/** Stays on in production: a broken invariant is a bug, loudly. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new AppError('INTERNAL_BUG', { what });
}
