/** Keeps the registrations as they should be: asks, hears the answers, gives way at the limit, and tells the wishers. */
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import type { ChannelWish, WishState } from '../ports.ts';
import { ackMeaning, type AckMeaning } from './ack-meaning.ts';
import type { ChannelIntake } from './channel-intake.ts';
import type { Ack } from './control-message.ts';
import { nextStep, registrationTarget } from './registration-plan.ts';
import { Registration, type Refusal } from './registration.ts';
import type { RealtimeSettings } from './settings.ts';
import type { LineLoss } from './socket-line.ts';

/** Unanswered registrations are looked for this often within the time an answer may take. */
const LOOKS = 2;

export interface DeskParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly settings: RealtimeSettings;
  readonly send: (what: 'subscribe' | 'unsubscribe', registration: Registration) => void;
  /** Whether REST can stand in for the channel. */
  readonly canPoll: (api: string) => boolean;
  /** Told after the wishers were: something may have to be polled, or not any more. */
  readonly changed: () => void;
}

export class RegistrationDesk {
  readonly #parts: DeskParts;
  readonly #byKey = new Map<string, Registration>();
  #order = 0;
  #budget: number;
  /** When the line opened, monotonic; null while there is none. */
  #openedMs: number | null = null;
  #downSinceMs: number;
  #sentMs = Number.NEGATIVE_INFINITY;
  #stepTimer: Timer | null = null;
  #answerTimer: Timer | null = null;
  #downTimer: Timer | null = null;
  #isTellPlanned = false;
  #gaps = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#budget = parts.settings.registrations;
    this.#downSinceMs = parts.clock.monotonicMs();
  }

  get all(): readonly Registration[] {
    return [...this.#byKey.values()];
  }

  /** What the server takes as far as we know. */
  get budget(): number {
    return this.#budget;
  }

  /** Times that a channel came back after it was cut off. */
  get gaps(): number {
    return this.#gaps;
  }

  get registered(): number {
    return this.all.filter(({ standing }) => standing !== 'idle').length;
  }

  polled(): readonly Registration[] {
    return this.all.filter((one) => [...one.wishes.values()].includes('polled'));
  }

  /** `refusal`: why it can never be registered here. */
  want(wish: ChannelWish, intake: ChannelIntake, refusal: Refusal | null): () => void {
    const id = `${intake.trId}|${wish.key}`;
    let registration = this.#byKey.get(id);
    if (!registration) {
      registration = new Registration({ intake, key: wish.key, order: (this.#order += 1) });
      const isFull = this.#byKey.size >= this.#parts.settings.wishes;
      registration.refusal = refusal ?? (isFull ? { code: 'KIS_CHANNEL_MANY', why: '' } : null);
      this.#byKey.set(id, registration);
    }
    const wanted = registration;
    // A copy, so that the same object wanted twice counts twice.
    const own = { ...wish };
    wanted.wishes.set(own, null);
    this.#soon();
    return () => {
      if (!wanted.wishes.delete(own)) return;
      if (!wanted.isWanted) this.#unwanted(id, wanted);
      this.#soon();
    };
  }

  find(intake: ChannelIntake, key: string): Registration | undefined {
    return this.#byKey.get(`${intake.trId}|${key}`);
  }

  of(intake: ChannelIntake): readonly Registration[] {
    return this.all.filter((one) => one.intake === intake);
  }

  lineOpened(): void {
    const { clock, settings, timers } = this.#parts;
    this.#openedMs = clock.monotonicMs();
    this.#budget = settings.registrations;
    this.#downTimer?.cancel();
    this.#answerTimer = timers.every(settings.ackMs / LOOKS, () => this.#lookForAnswers());
    for (const one of this.#byKey.values()) {
      one.tries = 0;
      one.renewals = 0;
      // One that may have broken the last line waits until all others are through, so that the blame is sure.
      one.notBeforeMs = one.suspicions > 0 ? this.#openedMs + settings.noticeGraceMs : 0;
    }
    this.#wake();
  }

  lineLost(loss: LineLoss): void {
    const { clock, settings, timers } = this.#parts;
    const now = clock.monotonicMs();
    if (this.#openedMs !== null) this.#downSinceMs = now;
    // Silence and a network that is gone are nobody's fault.
    if (loss.kind === 'lost' && loss.fault !== 'timeout' && loss.fault !== 'offline') this.#suspect(now);
    this.#openedMs = null;
    this.#stepTimer?.cancel();
    this.#answerTimer?.cancel();
    this.#downTimer?.cancel();
    for (const [id, one] of this.#byKey) {
      if (one.standing === 'live') one.wasLive = true;
      one.standing = 'idle';
      if (!one.isWanted) this.#unwanted(id, one);
    }
    this.#downTimer = timers.after(Math.max(0, this.#downSinceMs + settings.pollWhenDownMs - now), () => this.#tell());
    this.#tell();
  }

  /** An answer of the server to one registration or withdrawal. */
  answered(ack: Ack, registration: Registration): void {
    const meaning = ackMeaning(ack);
    if (registration.standing === 'leaving') this.#leavingAnswered(meaning, registration);
    else if (meaning === 'live' || meaning === 'done') this.#liveAnswered(ack, registration);
    else if (meaning !== 'gone') this.#refused(ack, meaning, registration);
    this.#tell();
    this.#wake();
  }

  /** Data of the channel came, so it is registered whether we heard the answer or not. */
  heard(registration: Registration): void {
    registration.isProven = true;
    if (registration.standing !== 'asked') return;
    this.#live(registration);
    this.#tell();
  }

  /** The registration that an answer without names belongs to: the one that waits longest. */
  oldestAsked(): Registration | undefined {
    return this.all
      .filter(({ standing }) => standing === 'asked' || standing === 'leaving')
      .toSorted((a, b) => a.sentMs - b.sentMs)[0];
  }

  /** Withdraws and asks again, for new keys; a few times a line. */
  renew(registration: Registration): void {
    if (registration.standing !== 'live' || registration.renewals >= this.#parts.settings.asks) return;
    registration.renewals += 1;
    registration.wasLive = true;
    this.#send('unsubscribe', registration);
    this.#tell();
  }

  close(): void {
    for (const timer of [this.#stepTimer, this.#answerTimer, this.#downTimer]) timer?.cancel();
    this.#byKey.clear();
  }

  /** An answer to a withdrawal; "registered" is a late one to what was asked before. */
  #leavingAnswered(meaning: AckMeaning, registration: Registration): void {
    if (meaning === 'again') this.#unanswered(registration, this.#parts.clock.monotonicMs());
    else if (meaning !== 'live') this.#gone(registration);
  }

  #liveAnswered(ack: Ack, registration: Registration): void {
    const { channel, hasKeys } = registration.intake;
    this.#live(registration);
    // Registered already, so its key went to somebody before us: withdrawn and asked again it comes anew.
    if (channel.encrypted && !hasKeys && ack.code === 'OPSP0002') this.renew(registration);
  }

  #refused(ack: Ack, meaning: AckMeaning, registration: Registration): void {
    const { clock, logger, settings } = this.#parts;
    const now = clock.monotonicMs();
    if (meaning === 'again') {
      this.#unanswered(registration, now);
      return;
    }
    if (meaning === 'full') {
      const others = this.registered - (registration.standing === 'idle' ? 0 : 1);
      this.#budget = Math.max(1, Math.min(this.#budget, others));
      registration.standing = 'idle';
      if (others === 0) registration.notBeforeMs = now + settings.restMs;
      logger.warn('the server takes fewer registrations', { budget: this.#budget });
      return;
    }
    registration.standing = 'idle';
    registration.refusal = { code: 'KIS_CHANNEL_REFUSED', why: ack.message || ack.code };
    const { channel } = registration.intake;
    logger.warn('a channel was refused', { api: channel.id, code: ack.code, message: ack.message });
  }

  #unwanted(id: string, registration: Registration): void {
    registration.lingerUntilMs = this.#parts.clock.monotonicMs() + this.#parts.settings.lingerMs;
    // A notice that breaks lines stays known, or whoever wants it again would break the next one.
    const isKept = registration.refusal?.code === 'KIS_NOTICE_ID' || registration.suspicions > 0;
    if (registration.standing === 'idle' && !isKept) this.#byKey.delete(id);
  }

  #live(registration: Registration): void {
    registration.standing = 'live';
    registration.tries = 0;
    if (registration.wasLive) this.#gaps += 1;
    registration.wasLive = false;
    if (!registration.isWanted)
      registration.lingerUntilMs = this.#parts.clock.monotonicMs() + this.#parts.settings.lingerMs;
  }

  #gone(registration: Registration): void {
    registration.standing = 'idle';
    registration.tries = 0;
    if (!registration.isWanted) this.#unwanted(`${registration.intake.trId}|${registration.key}`, registration);
  }

  /**
   * A wrong HTS id ends the line without a word: the notice asked just before the end is blamed, and refused at the second
   * time, for which it was asked alone. One that ever stayed is beyond doubt, so a bad network cannot bring it down.
   */
  #suspect(now: number): void {
    const { noticeGraceMs } = this.#parts.settings;
    for (const one of this.#byKey.values()) {
      if (!one.intake.channel.encrypted || one.isProven) continue;
      const isFresh = one.standing !== 'idle' && now - one.sentMs < noticeGraceMs;
      one.isProven = one.standing === 'live' && !isFresh;
      one.suspicions = isFresh ? one.suspicions + 1 : 0;
      if (one.suspicions < 2) continue;
      one.refusal = { code: 'KIS_NOTICE_ID', why: '' };
      this.#parts.logger.warn('order notices end the line; the HTS id is wrong', { api: one.intake.channel.id });
    }
  }

  #lookForAnswers(): void {
    const now = this.#parts.clock.monotonicMs();
    const late = this.all.filter(
      ({ standing, sentMs }) =>
        (standing === 'asked' || standing === 'leaving') && now - sentMs >= this.#parts.settings.ackMs,
    );
    for (const one of late) this.#unanswered(one, now);
    if (late.length === 0) return;
    this.#tell();
    this.#wake();
  }

  #unanswered(registration: Registration, now: number): void {
    const { asks, restMs, sendGapMs } = this.#parts.settings;
    const isTired = registration.tries >= asks;
    if (registration.standing === 'leaving') {
      if (isTired) this.#gone(registration);
      else this.#send('unsubscribe', registration);
      return;
    }
    registration.standing = 'idle';
    registration.notBeforeMs = now + (isTired ? restMs : sendGapMs * 2 ** registration.tries);
    if (isTired) registration.tries = 0;
  }

  #send(what: 'subscribe' | 'unsubscribe', registration: Registration): void {
    const isRepeated = what === 'subscribe' || registration.standing === 'leaving';
    registration.tries = isRepeated ? registration.tries + 1 : 1;
    registration.standing = what === 'subscribe' ? 'asked' : 'leaving';
    registration.sentMs = this.#sentMs = this.#parts.clock.monotonicMs();
    this.#parts.send(what, registration);
  }

  /** Takes the next step as soon as the pace allows. */
  #wake(waitMs = 0): void {
    if (this.#openedMs === null) return;
    this.#stepTimer?.cancel();
    const { clock, settings, timers } = this.#parts;
    const pacedMs = this.#sentMs + settings.sendGapMs - clock.monotonicMs();
    this.#stepTimer = timers.after(Math.max(0, waitMs, pacedMs), () => this.#step());
  }

  #step(): void {
    if (this.#openedMs === null) return;
    const nowMs = this.#parts.clock.monotonicMs();
    const step = nextStep(this.all, { budget: this.#budget, nowMs });
    if (step.kind === 'wait') {
      if (step.untilMs !== null) this.#wake(step.untilMs - nowMs);
      return;
    }
    this.#send(step.kind, step.registration);
    this.#tell();
    this.#wake();
  }

  #soon(): void {
    this.#wake();
    if (this.#isTellPlanned) return;
    this.#isTellPlanned = true;
    this.#parts.timers.yieldTurn(() => {
      this.#isTellPlanned = false;
      this.#tell();
    });
  }

  #stateOf(registration: Registration, targets: ReadonlySet<Registration>): WishState {
    if (registration.refusal) return 'refused';
    if (registration.standing === 'live') return 'live';
    const { clock, settings, canPoll } = this.#parts;
    const isDown = this.#openedMs === null && clock.monotonicMs() - this.#downSinceMs >= settings.pollWhenDownMs;
    const isOut = isDown || !targets.has(registration);
    return isOut && canPoll(registration.intake.channel.id) ? 'polled' : 'waiting';
  }

  /** Tells every wisher whose state is another than the one told last. */
  #tell(): void {
    const targets = new Set(registrationTarget(this.#byKey.values(), this.#budget));
    for (const registration of this.all) {
      const state = this.#stateOf(registration, targets);
      for (const [wish, told] of registration.wishes) {
        if (told === state) continue;
        registration.wishes.set(wish, state);
        try {
          wish.state?.(state);
        } catch (error) {
          this.#parts.logger.error('a wisher failed on its state', { error });
        }
      }
    }
    this.#parts.changed();
  }
}
