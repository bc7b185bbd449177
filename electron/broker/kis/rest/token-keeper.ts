/** Access tokens (접근토큰): one issue in flight, kept between runs, renewed before their end by the server's clock, and never asked for sooner than the broker allows. */
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';
import type { ServerClock } from '../ports.ts';
import type { KisLimits } from './limits.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

/** What the broker answered to an issue. */
export interface IssuedToken {
  readonly accessToken: string;
  /** Seconds, as a text; empty if it did not say. */
  readonly expiresIn: string;
  /** "YYYY-MM-DD HH:MM:SS" in Korean time; empty if it did not say. */
  readonly expiresAt: string;
}

/** How the access token stands; times in milliseconds by the server's clock. */
export interface TokenFacts {
  /** none · issuing · valid · waiting: the broker issues none before `guardMs` has passed. */
  readonly state: 'none' | 'issuing' | 'valid' | 'waiting';
  readonly ageMs: number | null;
  readonly expiresInMs: number | null;
  readonly guardMs: number | null;
}

export interface TokenKeeperParts {
  readonly store: TokenStore;
  /** Names environment, address and key without showing them. */
  readonly slot: string;
  readonly issue: () => Promise<IssuedToken>;
  /** false: the broker does not know the token any more. */
  readonly revoke: (accessToken: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly serverClock: ServerClock;
  readonly limits: KisLimits;
  readonly logger: Logger;
}

const AFTER_GUARD_MS = 250;
/** After a refused issue nobody asks again for this long: wrong keys do not become right by asking. */
const REFUSED_REST_MS = 10_000;

/** "2026-03-05 09:00:00" in Korean time; null if it is none. */
export function parseKstText(text: string): EpochMs | null {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text.trim());
  if (!match) return null;
  try {
    return kstInstant(sessionDate(match[1] ?? ''), timeOfDayMs(match[2] ?? ''));
  } catch {
    return null;
  }
}

export class TokenKeeper {
  readonly #parts: TokenKeeperParts;
  #token: StoredToken | null = null;
  #loaded: Promise<void> | null = null;
  #issuing: Promise<void> | null = null;
  /** On the monotonic clock: before this no issue is asked for. */
  #guardUntilMs = -Infinity;
  #refused: { readonly error: AppError; readonly untilMs: number } | null = null;
  #timer: Timer | null = null;
  #closed = false;

  constructor(parts: TokenKeeperParts) {
    this.#parts = parts;
  }

  facts(): TokenFacts {
    const serverNow = this.#parts.serverClock.now();
    const guardMs = this.#guardMs();
    const token = this.#unexpired();
    const state = this.#issuing ? 'issuing' : token ? 'valid' : guardMs > 0 ? 'waiting' : 'none';
    return {
      state,
      ageMs: token ? Math.max(0, serverNow - token.issuedTs) : null,
      expiresInMs: token ? token.expiresTs - serverNow : null,
      guardMs: guardMs > 0 ? guardMs : null,
    };
  }

  /** The token in hand, if it has not ended. */
  present(): string | null {
    return this.#unexpired()?.accessToken ?? null;
  }

  /** A token that is good now; issues one where there is none. Throws KIS_TOKEN_GUARD where the broker would refuse to. */
  async ensure(): Promise<string> {
    await (this.#loaded ??= this.#load());
    const token = this.#unexpired();
    if (token === null) {
      await this.#issueOnce();
      const fresh = this.#unexpired();
      if (fresh === null) throw new AppError('KIS_TOKEN_GUARD', { seconds: Math.ceil(this.#guardMs() / 1_000) });
      return fresh.accessToken;
    }
    const lifeMs = token.expiresTs - token.issuedTs;
    const renewBeforeMs = Math.min(this.#parts.limits.renewBeforeMs, lifeMs / 10);
    const due = this.#parts.serverClock.now() >= token.expiresTs - renewBeforeMs;
    // The old one is good until its end, so nobody waits and a failure of the renewal harms nobody yet.
    if (due && this.#guardMs() === 0) this.#issueOnce().catch(() => undefined);
    return token.accessToken;
  }

  /** The broker refused this token though it has not ended: it is dropped, unless another one has taken its place. */
  async invalidate(accessToken: string): Promise<void> {
    if (this.#token?.accessToken !== accessToken) return;
    this.#token = null;
    await this.#kept(() => this.#parts.store.remove(this.#parts.slot));
  }

  /** The broker said that it has just issued one (EGW00133). */
  guarded(): void {
    this.#guardUntilMs = this.#parts.clock.monotonicMs() + this.#parts.limits.tokenGuardMs;
    this.#planIssue();
  }

  /** Gives the token back to the broker; false: there was none, here or there. */
  async revoke(): Promise<boolean> {
    await (this.#loaded ??= this.#load());
    const token = this.#token;
    if (token === null) return false;
    const known = await this.#parts.revoke(token.accessToken);
    await this.invalidate(token.accessToken);
    return known;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #unexpired(): StoredToken | null {
    return this.#token !== null && this.#token.expiresTs > this.#parts.serverClock.now() ? this.#token : null;
  }

  #guardMs(): number {
    return Math.max(0, this.#guardUntilMs - this.#parts.clock.monotonicMs());
  }

  async #load(): Promise<void> {
    const token = await this.#kept(() => this.#parts.store.load(this.#parts.slot));
    if (token === null) return;
    this.#token = token;
    const sinceMs = this.#parts.serverClock.now() - token.issuedTs;
    const { tokenGuardMs } = this.#parts.limits;
    if (sinceMs >= 0 && sinceMs < tokenGuardMs)
      this.#guardUntilMs = this.#parts.clock.monotonicMs() + tokenGuardMs - sinceMs;
  }

  /** One issue in flight, whoever asks. */
  async #issueOnce(): Promise<void> {
    if (this.#issuing) return this.#issuing;
    const guardMs = this.#guardMs();
    if (guardMs > 0) {
      this.#planIssue();
      throw new AppError('KIS_TOKEN_GUARD', { seconds: Math.ceil(guardMs / 1_000) });
    }
    if (this.#refused !== null && this.#parts.clock.monotonicMs() < this.#refused.untilMs) throw this.#refused.error;
    this.#issuing = this.#issue().finally(() => {
      this.#issuing = null;
    });
    return this.#issuing;
  }

  async #issue(): Promise<void> {
    const { issue, serverClock, clock, limits } = this.#parts;
    const issued = await this.#ask(issue);
    const now = serverClock.now();
    const seconds = Number(issued.expiresIn);
    const lifeMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, limits.tokenLifeMs) : null;
    const endTs = parseKstText(issued.expiresAt);
    const endMs = endTs !== null && endTs > now ? endTs - now : null;
    const token: StoredToken = {
      accessToken: issued.accessToken,
      issuedTs: now,
      expiresTs: epochMs(Math.floor(now + Math.min(endMs ?? Infinity, lifeMs ?? Infinity, limits.tokenLifeMs))),
    };
    this.#guardUntilMs = clock.monotonicMs() + limits.tokenGuardMs;
    this.#token = token;
    await this.#kept(() => this.#parts.store.save(this.#parts.slot, token));
  }

  /** A keychain that fails costs the next start an issue, and this run nothing. */
  async #kept<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#parts.logger.warn('the token store failed', { error });
      return null;
    }
  }

  async #ask(issue: () => Promise<IssuedToken>): Promise<IssuedToken> {
    try {
      return await issue();
    } catch (error) {
      if (error instanceof AppError && error.code === 'KIS_INPUT')
        this.#refused = { error, untilMs: this.#parts.clock.monotonicMs() + REFUSED_REST_MS };
      throw error;
    }
  }

  /** Asks by itself once the broker issues again, so that nobody has to try. */
  #planIssue(): void {
    this.#timer?.cancel();
    if (this.#closed) return;
    this.#timer = this.#parts.timers.after(Math.ceil(this.#guardMs()) + AFTER_GUARD_MS, () => {
      this.#timer = null;
      if (!this.#closed && this.#unexpired() === null) this.#issueOnce().catch(() => undefined);
    });
  }
}
