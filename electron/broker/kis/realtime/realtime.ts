/** The real-time client: one socket, a budget of registrations, and what is wanted kept alive through every break. */
import { envelope, type ErrorEnvelope } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { KisCatalogue } from '../../../catalogue/index.ts';
import type { Transport, TransportFault } from '../../../platform/index.ts';
import type { ChannelRecord, ChannelWish, KisEndpoint, KisRealtime } from '../ports.ts';
import { ackMeaning } from './ack-meaning.ts';
import { ChannelIntake, type ChannelAlarm } from './channel-intake.ts';
import { ConnectGovernor } from './connect-governor.ts';
import { askText, type Ack } from './control-message.ts';
import { frameHead } from './frame-head.ts';
import { healthOf, type RealtimeHealth } from './realtime-health.ts';
import { RegistrationDesk } from './registration-desk.ts';
import type { Refusal, Registration } from './registration.ts';
import { REALTIME_SETTINGS, type RealtimeSettings } from './settings.ts';
import { SocketLine, type LineLoss } from './socket-line.ts';
import { WishPoller, type ChannelPoll } from './wish-poller.ts';

export interface KisRealtimeParts {
  readonly endpoint: KisEndpoint;
  /** The key that opens a session; `renew`: the server does not know the last one, so a new one has to be made. */
  readonly approvalKey: (renew?: boolean) => Promise<string>;
  readonly transport: Pick<Transport, 'openSocket'>;
  readonly catalogue: Pick<KisCatalogue, 'channel'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly rng: Rng;
  readonly logger: Logger;
  /** Learns the server's time from its PINGPONG. */
  readonly serverClock?: { heard(serverTs: EpochMs): void };
  /** Stands in for channels that have no registration. */
  readonly poll?: ChannelPoll;
  /** Counts connections of one app key; handed over where a client follows another for the same key. */
  readonly governor?: ConnectGovernor;
  readonly settings?: Partial<RealtimeSettings>;
}

/** A frame that was kept with an alarm, for whoever has to find out. */
export type KeptFrame = ChannelAlarm & { readonly api: string };

export interface KisRealtimeClient extends KisRealtime {
  health(): RealtimeHealth;
  /** The first frame of each alarm of each channel. */
  keptFrames(): readonly KeptFrame[];
  /** Ends the session; nothing stays registered and no wish is told anything any more. */
  close(): void;
}

/** An approval key that somebody else can read on its way is worth a warning, and ws:// is all there is. */
function isUnencrypted(endpoint: KisEndpoint): boolean {
  return endpoint.wsUrl.startsWith('ws:');
}

class RealtimeClient implements KisRealtimeClient {
  readonly #parts: KisRealtimeParts;
  readonly #line: SocketLine;
  readonly #desk: RegistrationDesk;
  readonly #poller: WishPoller | null;
  readonly #byApi = new Map<string, ChannelIntake>();
  readonly #byTrId = new Map<string, ChannelIntake>();
  readonly #watchers = new Set<(state: 'up' | 'down') => void>();
  #isUp = false;
  #isClosed = false;
  #problem: ErrorEnvelope | null = null;
  #strange = 0;

  constructor(parts: KisRealtimeParts) {
    this.#parts = parts;
    const { clock, timers, logger, rng, poll } = parts;
    const settings = { ...REALTIME_SETTINGS, ...parts.settings };
    const governor = parts.governor ?? new ConnectGovernor({ clock, rng, settings });
    const lineParts = { ...parts, settings, governor };
    this.#line = new SocketLine(lineParts, {
      opened: () => this.#desk.lineOpened(),
      data: (frame) => this.#data(frame),
      ack: (ack) => this.#ack(ack),
      serverTime: (at) => {
        this.#up();
        parts.serverClock?.heard(at);
      },
      strange: (frame) => this.#isStrange(frame),
      lost: (loss) => this.#lost(loss),
    });
    this.#desk = new RegistrationDesk({
      clock,
      timers,
      logger,
      settings,
      send: (what, { intake, key }) =>
        this.#line.send(askText({ approvalKey: this.#line.approvalKey, what, trId: intake.trId, trKey: key })),
      canPoll: (api) => poll?.offers(api) ?? false,
      changed: () => this.#poller?.wake(),
    });
    this.#poller = poll
      ? new WishPoller({
          poll,
          clock,
          timers,
          logger,
          gapMs: settings.pollGapMs,
          due: () => this.#desk.polled(),
          deliver: (registration, records) => this.#deliver(registration, records, clock.now()),
        })
      : null;
  }

  want(wish: ChannelWish): () => void {
    if (this.#isClosed) return () => undefined;
    const intake = this.#intake(wish.api);
    const refusal: Refusal | null = intake.trId === '' ? { code: 'KIS_CHANNEL_NOT_HERE', why: '' } : null;
    const stop = this.#desk.want(wish, intake, refusal);
    this.#line.start();
    return stop;
  }

  watchLine(listener: (state: 'up' | 'down') => void): () => void {
    this.#watchers.add(listener);
    listener(this.#isUp ? 'up' : 'down');
    return () => void this.#watchers.delete(listener);
  }

  health(): RealtimeHealth {
    const { clock, endpoint } = this.#parts;
    return healthOf({
      line: this.#line,
      desk: this.#desk,
      isUnencrypted: isUnencrypted(endpoint),
      problem: this.#problem,
      nowMs: clock.monotonicMs(),
    });
  }

  keptFrames(): readonly KeptFrame[] {
    return [...this.#byApi].flatMap(([api, { alarms }]) => [...alarms.values()].map((alarm) => ({ ...alarm, api })));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#poller?.stop();
    this.#desk.close();
    this.#line.stop();
    this.#watchers.clear();
  }

  /** The channel of an API; its TR id is empty where this environment has none. */
  #intake(api: string): ChannelIntake {
    const known = this.#byApi.get(api);
    if (known) return known;
    const channel = this.#parts.catalogue.channel(api);
    const intake = new ChannelIntake(channel, channel.trId[this.#parts.endpoint.environment] ?? '');
    this.#byApi.set(api, intake);
    if (intake.trId !== '') this.#byTrId.set(intake.trId, intake);
    return intake;
  }

  #up(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#problem = null;
    this.#tellLine('up');
  }

  #lost(loss: LineLoss): void {
    for (const intake of this.#byApi.values()) intake.forgetKeys();
    this.#problem = this.#problemOf(loss);
    this.#desk.lineLost(loss);
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#tellLine('down');
  }

  #tellLine(state: 'up' | 'down'): void {
    for (const listener of this.#watchers) {
      try {
        listener(state);
      } catch (error) {
        this.#parts.logger.error('a watcher of the real-time line failed', { error });
      }
    }
  }

  #problemOf({ kind, fault }: LineLoss): ErrorEnvelope {
    if (kind === 'inUse') return envelope('KIS_LINE_IN_USE');
    if (kind === 'unwelcome') return envelope('KIS_LINE_KEY');
    const code: Partial<Record<TransportFault, 'KIS_OFFICIAL_LOCKED' | 'KIS_FRAME_LARGE' | 'KIS_LINE_PROXY'>> = {
      proxy: 'KIS_LINE_PROXY',
      locked: 'KIS_OFFICIAL_LOCKED',
      tooLarge: 'KIS_FRAME_LARGE',
    };
    const host = new URL(this.#parts.endpoint.wsUrl).host;
    return envelope((fault && code[fault]) ?? 'KIS_LINE_DOWN', { host });
  }

  #ack(ack: Ack): void {
    const meaning = ackMeaning(ack);
    if (meaning === 'inUse') {
      this.#line.end('inUse');
      return;
    }
    if (meaning === 'keyRefused') {
      this.#line.refuseKey();
      return;
    }
    this.#line.acceptKey();
    this.#up();
    const intake = this.#byTrId.get(ack.trId);
    const named = intake && ack.trKey !== '' ? this.#desk.find(intake, ack.trKey) : undefined;
    const registration = named ?? (ack.trId === '' || ack.trKey === '' ? this.#desk.oldestAsked() : undefined);
    if (!registration) return;
    const { clock } = this.#parts;
    const now = clock.now();
    const waiting = ack.keys ? registration.intake.takeKeys(ack.keys, now, frameHead) : [];
    this.#desk.answered(ack, registration);
    this.#spread(registration.intake, waiting, now);
  }

  #data(frame: Buffer): void {
    this.#up();
    const head = frameHead(frame);
    if (head === null) {
      this.#isStrange(frame);
      return;
    }
    const intake = this.#byTrId.get(head.trId);
    // Withdrawn a moment ago, or never asked for.
    if (!intake) return;
    const now = this.#parts.clock.now();
    const taken = intake.take(frame, head, now);
    if ('records' in taken) {
      this.#spread(intake, taken.records, now, frame);
      return;
    }
    for (const registration of this.#desk.of(intake)) this.#desk.renew(registration);
  }

  /** Gives each record to those who want its key. */
  #spread(intake: ChannelIntake, records: readonly ChannelRecord[], now: EpochMs, frame?: Buffer): void {
    const keyColumn = intake.channel.columns[0]?.name ?? '';
    let lastKey: unknown;
    let receivers: readonly Registration[] | null = null;
    for (const record of records) {
      const key = record[keyColumn];
      if (receivers === null || key !== lastKey) receivers = this.#receivers(intake, key);
      lastKey = key;
      if (receivers.length === 0 && frame && this.#desk.of(intake).length > 1)
        intake.raise('astray', { frame, at: now, fields: null });
      for (const registration of receivers) {
        this.#desk.heard(registration);
        this.#deliver(registration, [record], now);
      }
    }
  }

  /**
   * A record names its key in its first column. Order notices name a user there, and are of the only account there is.
   * Where the name is another than the key we asked with, it is ours if only one key was asked; else nobody's.
   */
  #receivers(intake: ChannelIntake, key: unknown): readonly Registration[] {
    const named = typeof key === 'string' ? this.#desk.find(intake, key) : undefined;
    if (named) return [named];
    const all = this.#desk.of(intake);
    return intake.channel.encrypted || all.length === 1 ? all : [];
  }

  #deliver(registration: Registration, records: readonly ChannelRecord[], now: EpochMs): void {
    const { clock, logger } = this.#parts;
    registration.lastMs = clock.monotonicMs();
    registration.records += records.length;
    for (const record of records) {
      for (const wish of registration.wishes.keys()) {
        try {
          wish.record(record, now);
        } catch (error) {
          logger.error('a wisher failed on a record', { api: registration.intake.channel.id, error });
        }
      }
    }
  }

  #isStrange(frame: Buffer): void {
    this.#strange += 1;
    if (this.#strange === 1)
      this.#parts.logger.warn('a text of the real-time server could not be read', { bytes: frame.length });
  }
}

/** The real-time client of one app key; it connects when something is first wanted. */
export function createKisRealtime(parts: KisRealtimeParts): KisRealtimeClient {
  return new RealtimeClient(parts);
}
