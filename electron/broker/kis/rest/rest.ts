/** Calls over REST: tokens, places within the limits, tries again where that is safe, and one clear outcome for each call. */
import type { RestApi } from '#core/catalogue/index.ts';
import { TransportError, type Transport } from '#core/platform/index.ts';
import { AppError, CATALOG } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { KisAnswer, KisCall, KisEndpoint, KisKeys, KisPages, KisRest, PagesOptions } from '../ports.ts';
import type { LearningServerClock } from '../server-clock.ts';
import { ApprovalKeeper } from './approval-keeper.ts';
import { AuthCalls } from './auth-calls.ts';
import { abortableWait } from './abortable-wait.ts';
import { CallLimiter, type CallPlace } from './call-limiter.ts';
import { RestCounter, type RestHealth } from './health.ts';
import type { KisLimits } from './limits.ts';
import { checkPass, isOrderApi } from './order-apis.ts';
import { collectPages, hasNext } from './paging.ts';
import { badAnswerError, codeError, codeFacts, faultError, worthRetry, type CodeFacts } from './problem.ts';
import { fieldsOf, requestOf } from './request.ts';
import { TokenKeeper, type TokenFacts } from './token-keeper.ts';
import { tokenSlot, type TokenStore } from './token-store.ts';
import { trIdOf } from './tr-id.ts';
import { Wire } from './wire.ts';

export interface KisRestParts {
  readonly endpoint: KisEndpoint;
  /** Read at every call, so the secrets live in one place only. */
  readonly keys: () => KisKeys;
  readonly tokenStore: TokenStore;
  readonly transport: Transport;
  readonly catalogue: { rest(id: string): RestApi };
  readonly clock: Clock;
  readonly timers: Timers;
  readonly serverClock: LearningServerClock;
  readonly rng: Rng;
  readonly logger: Logger;
  readonly limits: KisLimits;
  /** Epoch of the trading state; an order cleared under another one is not sent. */
  readonly epoch: () => number;
}

/** REST of one connection, with its tokens and how it stands. */
export interface KisRestClient extends KisRest {
  /** A good access token is there afterwards. */
  ensureToken(): Promise<void>;
  tokenFacts(): TokenFacts;
  /** Gives the access token back to the broker; false: there was none. */
  revokeToken(): Promise<boolean>;
  /** The key that opens the socket (웹소켓 접속키), asked for once a day. */
  approvalKey(): Promise<string>;
  /** The server refused the approval key: the next one is asked for anew. */
  dropApprovalKey(): void;
  /** HASH of an order body; the broker does not need it. */
  hashKey(body: Readonly<Record<string, string>>): Promise<string>;
  /** Refuses the waiting orders that were cleared under an epoch before this one; cancels stay. */
  reviewOrders(): void;
  health(): RestHealth;
  /** Ends every wait; calls under way run out by themselves. */
  close(): void;
}

interface Prepared {
  readonly call: KisCall;
  readonly api: RestApi;
  readonly trId: string | null;
  readonly next: boolean;
  readonly order: boolean;
}

/** How one try ended; sent false: the server never saw it. */
type Outcome =
  | { readonly kind: 'answered'; readonly answer: KisAnswer }
  | { readonly kind: 'refused'; readonly facts: CodeFacts; readonly accessToken: string }
  | { readonly kind: 'bad'; readonly error: AppError; readonly status: number }
  | { readonly kind: 'failed'; readonly error: TransportError };

/** Told by one survey only; the broker's own refusal is EGW00201 with 500. */
const TOO_MANY_REQUESTS = 429;

class RestClient implements KisRestClient {
  readonly #parts: KisRestParts;
  readonly #limiter: CallLimiter;
  readonly #counter: RestCounter;
  readonly #wire: Wire;
  readonly #auth: AuthCalls;
  readonly #tokens: TokenKeeper;
  readonly #approval: ApprovalKeeper;
  readonly #host: string;
  #closed = false;

  constructor(parts: KisRestParts) {
    this.#parts = parts;
    this.#host = new URL(parts.endpoint.restUrl).host;
    const limiter = (this.#limiter = new CallLimiter(parts));
    const counter = (this.#counter = new RestCounter(parts.clock));
    const wire = (this.#wire = new Wire({ ...parts, counter }));
    const auth = (this.#auth = new AuthCalls({
      ...parts,
      limiter,
      wire,
      counter,
      heard: (facts) => this.#heed(facts),
    }));
    this.#tokens = new TokenKeeper({
      ...parts,
      store: parts.tokenStore,
      slot: tokenSlot({ ...parts.endpoint, appKey: parts.keys().appKey }),
      issue: () => auth.issueToken(),
      revoke: (accessToken) => auth.revokeToken(accessToken),
    });
    this.#approval = new ApprovalKeeper({
      clock: parts.clock,
      lifeMs: parts.limits.approvalLifeMs,
      issue: () => auth.approvalKey(),
    });
  }

  offers(id: string): boolean {
    const api = this.#parts.catalogue.rest(id);
    return this.#parts.endpoint.environment === 'real' || api.paper;
  }

  async call(call: KisCall): Promise<KisAnswer> {
    return this.#run(this.#prepare(call, { next: false }));
  }

  async pages(call: KisCall, options: PagesOptions = {}): Promise<KisPages> {
    const { paging } = this.#parts.catalogue.rest(call.api);
    return collectPages({
      call,
      paging,
      ...options,
      fetch: (page, next) => this.#run(this.#prepare(page, { next })),
    });
  }

  async ensureToken(): Promise<void> {
    await this.#tokens.ensure();
  }

  tokenFacts(): TokenFacts {
    return this.#tokens.facts();
  }

  async revokeToken(): Promise<boolean> {
    return this.#tokens.revoke();
  }

  async approvalKey(): Promise<string> {
    return this.#approval.key();
  }

  dropApprovalKey(): void {
    this.#approval.drop();
  }

  async hashKey(body: Readonly<Record<string, string>>): Promise<string> {
    return this.#auth.hashKey(body);
  }

  reviewOrders(): void {
    this.#limiter.reviewOrders();
  }

  health(): RestHealth {
    return this.#counter.health({
      callsPerSecond: this.#limiter.inLastSecond,
      callLimit: this.#parts.limits.callsPerSecond,
      waitingCalls: this.#limiter.waiting,
      token: this.#tokens.facts(),
    });
  }

  close(): void {
    this.#closed = true;
    this.#tokens.close();
    this.#limiter.close();
  }

  #prepare(call: KisCall, page: { readonly next: boolean }): Prepared {
    if (this.#closed) throw new AppError('CANCELED');
    const api = this.#parts.catalogue.rest(call.api);
    checkPass(call);
    const { environment } = this.#parts.endpoint;
    const trId = trIdOf(api, environment, { params: call.params, ...(call.select ? { select: call.select } : {}) });
    return { call, api, trId, next: page.next, order: isOrderApi(api.id) };
  }

  async #run(prepared: Prepared): Promise<KisAnswer> {
    return prepared.order ? this.#order(prepared) : this.#read(prepared);
  }

  /** Sent at most once, whatever happens. */
  async #order(prepared: Prepared): Promise<KisAnswer> {
    const outcome = await this.#once(prepared).catch((error: unknown) => {
      throw unsent(error);
    });
    switch (outcome.kind) {
      case 'answered':
        return outcome.answer;
      case 'refused':
        // Whoever is not let in has placed nothing: the next call takes a new token.
        if (outcome.facts.handling === 'token') await this.#tokens.invalidate(outcome.accessToken);
        if (outcome.facts.order === 'unknown') throw new AppError('KIS_OUTCOME_UNKNOWN', { code: outcome.facts.code });
        throw codeError(outcome.facts);
      case 'bad':
        throw new AppError('KIS_OUTCOME_UNKNOWN', {}, { cause: outcome.error });
      case 'failed':
        if (outcome.error.sent) throw new AppError('KIS_OUTCOME_UNKNOWN', {}, { cause: outcome.error });
        throw faultError(outcome.error, this.#host);
    }
  }

  async #read(prepared: Prepared): Promise<KisAnswer> {
    const { limits, clock } = this.#parts;
    let tokenDropped = false;
    let firstEndMs: number | null = null;
    for (let tried = 1; ; tried += 1) {
      const outcome = await this.#once(prepared);
      // The wait for the first place does not count: it is long where many ask at once.
      firstEndMs ??= clock.monotonicMs();
      if (outcome.kind === 'answered') return outcome.answer;
      if (outcome.kind === 'refused' && outcome.facts.handling === 'token' && !tokenDropped) {
        tokenDropped = true;
        await this.#tokens.invalidate(outcome.accessToken);
        continue;
      }
      const mayHelp = this.#mayHelp(outcome);
      const within = clock.monotonicMs() - firstEndMs < limits.triesWithinMs;
      if (!mayHelp || tried >= limits.tries || !within || prepared.call.signal?.aborted === true)
        throw this.#errorOf(outcome);
      await this.#pause(tried, prepared.call.signal);
    }
  }

  #mayHelp(outcome: Exclude<Outcome, { kind: 'answered' }>): boolean {
    if (outcome.kind === 'failed') return worthRetry(outcome.error.fault);
    if (outcome.kind === 'bad')
      return outcome.status === 200 || outcome.status === TOO_MANY_REQUESTS || outcome.status >= 500;
    return ['retry', 'rate', 'ledger'].includes(outcome.facts.handling);
  }

  #errorOf(outcome: Exclude<Outcome, { kind: 'answered' }>): AppError {
    if (outcome.kind === 'failed') return faultError(outcome.error, this.#host);
    return outcome.kind === 'bad' ? outcome.error : codeError(outcome.facts);
  }

  /** Waits longer after each try, by chance, so that many callers do not come back together. */
  async #pause(tried: number, signal: AbortSignal | undefined): Promise<void> {
    const { limits, rng, timers } = this.#parts;
    const mostMs = Math.min(limits.backoffMostMs, limits.backoffMs * 2 ** (tried - 1));
    await abortableWait({ timers, waitMs: Math.round(mostMs / 2 + (rng.unit() * mostMs) / 2), signal });
  }

  /** One try: a token, a place, the request. */
  async #once(prepared: Prepared): Promise<Outcome> {
    const { call, api, order } = prepared;
    const fields = fieldsOf(api, call.params, this.#parts.keys());
    for (;;) {
      await this.#tokens.ensure();
      const place = await this.#limiter.acquire({
        lane: order ? 'order' : (call.lane ?? 'read'),
        ledger: api.path.includes('/trading/'),
        signal: call.signal,
        refuse: () => this.#staleOrder(call),
      });
      // The token may have ended or been refused while we waited for the place.
      const accessToken = this.#tokens.present();
      if (accessToken === null) {
        place.settled({ sent: false });
        continue;
      }
      try {
        const stale = this.#staleOrder(call);
        if (stale) throw stale;
        const outcome = await this.#exchange(prepared, { place, accessToken, fields });
        // Each try counts, also one that is made again.
        if (outcome.kind !== 'answered') this.#counter.failed(this.#errorOf(outcome));
        return outcome;
      } catch (error) {
        // Only what never went out throws; it ends as it began.
        place.settled({ sent: false });
        throw error;
      }
    }
  }

  #staleOrder(call: KisCall): AppError | null {
    if (call.pass === undefined || call.pass === 'cancel') return null;
    return call.pass.cleared.epoch === this.#parts.epoch() ? null : new AppError('GUARD_HALTED');
  }

  async #exchange(
    prepared: Prepared,
    ready: {
      readonly place: CallPlace;
      readonly accessToken: string;
      readonly fields: Readonly<Record<string, string>>;
    },
  ): Promise<Outcome> {
    const { api, trId, next, call } = prepared;
    const { place, accessToken, fields } = ready;
    const request = requestOf({
      restUrl: this.#parts.endpoint.restUrl,
      api,
      trId,
      fields,
      keys: this.#parts.keys(),
      accessToken,
      next,
      timeoutMs: this.#parts.limits.timeoutMs,
      signal: call.signal,
    });
    const read = await this.#wire.send(request, { place, envelope: true });
    if (read instanceof TransportError) return { kind: 'failed', error: read };
    if (read.kind === 'bad') {
      if (read.status === TOO_MANY_REQUESTS) this.#limiter.refused('calls');
      return { kind: 'bad', error: badAnswerError(read.why, read.status), status: read.status };
    }
    if (read.kind === 'ok') {
      const { answer } = read;
      return { kind: 'answered', answer: { ...answer, more: hasNext(api.paging, call, answer) } };
    }
    const facts = codeFacts({ ...read, order: prepared.order });
    this.#heed(facts);
    return { kind: 'refused', facts, accessToken };
  }

  /** What a refusal means for the calls after it. */
  #heed(facts: CodeFacts): void {
    if (facts.handling !== 'none') this.#parts.logger.warn('the broker refused a call', { code: facts.code });
    if (facts.handling === 'rate') this.#limiter.refused('calls');
    if (facts.handling === 'ledger') this.#limiter.refused('ledger');
    if (facts.handling === 'guard') this.#tokens.guarded();
  }
}

/** What kept an order from being sent, as an error that leaves no doubt about it: a token that did not come may sound otherwise. */
function unsent(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const doubtful = error.code === 'KIS_ANSWER_BAD' || CATALOG[error.code].family === 'unknown';
  const why = String(error.params['why'] ?? error.params['ko'] ?? '');
  return doubtful ? new AppError('KIS_NO_ANSWER', { why }, { cause: error }) : error;
}

/** REST of one connection. */
export function createKisRest(parts: KisRestParts): KisRestClient {
  return new RestClient(parts);
}
