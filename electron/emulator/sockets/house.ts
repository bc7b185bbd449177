/** All sockets: one session per app key, its registrations, PINGPONG, and how lines end. */
import type { Timer, Timers } from '#shared/ports.ts';
import type { ApiMap, MeantChannel } from '../api-map.ts';
import type { Faults, SocketFault } from '../faults.ts';
import type { Ground } from '../ground.ts';
import type { ServerSession, ServerSocket } from '../ports.ts';
import { stampText } from '../server-text.ts';
import type { Tokens } from '../tokens.ts';
import { encrypted, newKeys, type CipherKeys } from './cipher.ts';
import {
  frame,
  isPingPong,
  messageOf,
  pingPong,
  spoken,
  Unreadable,
  wishOf,
  type SpokenCode,
  type Wish,
} from './control.ts';

export interface HouseParts {
  readonly ground: Ground;
  readonly tokens: Tokens;
  readonly apis: ApiMap;
  readonly faults: () => Faults;
  readonly timers: Timers;
  readonly wallMs: () => number;
  readonly random: (size: number) => Uint8Array;
}

/** A channel that a session listens to. */
export interface Registration {
  readonly trId: string;
  readonly trKey: string;
  readonly meant: MeantChannel;
  readonly keys: CipherKeys;
}

/** Close code of a line that the server ends for good reason. */
const NORMAL = 1000;
/** Channels on which a client hears of its own orders. */
const NOTICES = /^H0(ST|GS|IF|MF|EU)CNI[09]$/;

class Line {
  readonly socket: ServerSocket;
  readonly registrations = new Map<string, Registration>();
  lastReplyMs: number;
  asked = false;

  constructor(socket: ServerSocket, nowMs: number) {
    this.socket = socket;
    this.lastReplyMs = nowMs;
  }
}

export class SocketHouse {
  readonly #parts: HouseParts;
  readonly #lines = new Set<Line>();
  #active: Line | null = null;
  #heldUntilMs = 0;
  #muteUntilMs = 0;
  #moreColumns = 0;
  #pinger: Timer | null = null;
  #duplicate = 0;
  #missing = 0;
  #closed = false;
  /** Told of every registration that begins. */
  subscribed: (registration: Registration) => void = () => undefined;

  constructor(parts: HouseParts) {
    this.#parts = parts;
  }

  /** Begins to send PINGPONG. */
  start(): void {
    this.#pinger = this.#parts.timers.every(this.#parts.ground.settings.pingPongMs, () => this.#ping());
  }

  close(): void {
    this.#closed = true;
    this.#pinger?.cancel();
    for (const line of [...this.#lines]) this.#end(line, NORMAL, '');
  }

  get open(): number {
    return this.#lines.size;
  }

  /** Registrations of the session in use. */
  registrations(): readonly Registration[] {
    return this.#active ? [...this.#active.registrations.values()] : [];
  }

  connect(socket: ServerSocket): ServerSession {
    const line = new Line(socket, this.#parts.wallMs());
    this.#lines.add(line);
    return {
      received: (text) => this.#received(line, text),
      pong: () => this.#replied(line),
      closed: () => this.#gone(line, true),
    };
  }

  /** Sends records of a registration in one frame. */
  send(registration: Registration, records: readonly string[]): void {
    const line = this.#active;
    if (!line || records.length === 0) return;
    const secret = registration.meant.channel.encrypted;
    const sent = this.#moreColumns === 0 ? records : records.map((record) => this.#recut(record));
    const payload = sent.join('^');
    const text = secret ? encrypted(payload, registration.keys) : payload;
    this.#write(line, frame(registration.trId, records.length, text, secret));
  }

  /** Sends an order notice; faults may swallow or repeat it. */
  notice(registration: Registration, record: string): void {
    if (this.#missing > 0) {
      this.#missing -= 1;
      return;
    }
    this.send(registration, [record]);
    if (this.#duplicate > 0) {
      this.#duplicate -= 1;
      this.send(registration, [record]);
    }
  }

  wrong(fault: SocketFault): void {
    switch (fault.kind) {
      case 'drop':
        for (const line of [...this.#lines]) {
          if (fault.midFrame && line.registrations.size > 0) {
            const [first] = line.registrations.values();
            line.socket.send(frame(first?.trId ?? 'H0STCNT0', 1, '005930^0930'));
          }
          this.#end(line, null, '');
          this.#hold();
        }
        return;
      case 'close':
        for (const line of [...this.#lines]) this.#end(line, fault.code, '');
        return;
      case 'mute':
        this.#muteUntilMs = this.#parts.wallMs() + fault.ms;
        return;
      case 'duplicateNotices':
        this.#duplicate = fault.count;
        return;
      case 'missNotices':
        this.#missing = fault.count;
        return;
      case 'columns':
        this.#moreColumns = fault.more;
        return;
      case 'garbage':
        for (const line of this.#lines) this.#write(line, fault.text);
        return;
    }
  }

  #recut(record: string): string {
    if (this.#moreColumns > 0) return `${record}${'^0'.repeat(this.#moreColumns)}`;
    return record.split('^').slice(0, this.#moreColumns).join('^');
  }

  #write(line: Line, text: string): void {
    if (this.#parts.wallMs() < this.#muteUntilMs) return;
    line.socket.send(text);
  }

  #received(line: Line, text: string): void {
    // What is under way while the server ends meets nobody.
    if (this.#closed) return;
    const message = messageOf(text);
    if (message && isPingPong(message)) return this.#replied(line);
    try {
      if (!message) throw new Unreadable('OPSP9999');
      this.#wished(line, wishOf(message));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#write(line, spoken(error.code, { trId: '', trKey: '' }));
    }
  }

  #replied(line: Line): void {
    line.lastReplyMs = this.#parts.wallMs();
    line.asked = false;
  }

  #wished(line: Line, wish: Wish): void {
    const say = (code: SpokenCode, keys?: CipherKeys, secret = false): void =>
      this.#write(line, spoken(code, { ...wish, encrypted: secret }, keys));
    if (!this.#approved(wish)) {
      say(wish.approvalKey === null && wish.appKey === null ? 'OPSP9994' : 'OPSP0011');
      this.#end(line, NORMAL, '');
      return;
    }
    if ((this.#active && this.#active !== line) || (!this.#active && this.#parts.wallMs() < this.#heldUntilMs)) {
      say('OPSP8996');
      this.#end(line, NORMAL, '');
      return;
    }
    this.#active = line;
    const meant = this.#parts.apis.channel(wish.trId);
    const { env, htsId } = this.#parts.ground.facts;
    if (!meant || (env === 'paper' ? meant.env === 'real' : meant.env === 'paper')) return say('OPSP8991');
    if (wish.trKey === '') return say('OPSP8992');
    const name = `${wish.trId}|${wish.trKey}`;
    const secret = meant.channel.encrypted;
    if (!wish.subscribe) return say(line.registrations.delete(name) ? 'OPSP0001' : 'OPSP0003', undefined, secret);
    if (NOTICES.test(wish.trId) && wish.trKey !== htsId) {
      // The broker ends the line without a word. @source protocol.md §12
      this.#end(line, null, '');
      return;
    }
    if (line.registrations.has(name)) return say('OPSP0002');
    if (line.registrations.size >= this.#parts.ground.settings.registrations) return say('OPSP0008');
    const keys = newKeys(this.#parts.random);
    const registration = { trId: wish.trId, trKey: wish.trKey, meant, keys };
    line.registrations.set(name, registration);
    say('OPSP0000', keys, secret);
    this.subscribed(registration);
  }

  #approved({ approvalKey, appKey, appSecret }: Wish): boolean {
    const { facts } = this.#parts.ground;
    if (approvalKey !== null) return this.#parts.tokens.approved(approvalKey);
    return appKey === facts.appKey && appSecret === facts.appSecret;
  }

  #ping(): void {
    const { settings, now } = this.#parts.ground;
    const wallMs = this.#parts.wallMs();
    for (const line of [...this.#lines]) {
      if (line.asked && wallMs - line.lastReplyMs >= settings.pingPongWaitMs) {
        this.#end(line, null, '');
        continue;
      }
      if (!line.asked) line.lastReplyMs = wallMs;
      line.asked = true;
      this.#write(line, pingPong(stampText(now())));
    }
  }

  #end(line: Line, code: number | null, reason: string): void {
    this.#gone(line, false);
    line.socket.close(code, reason);
  }

  #hold(): void {
    const ms = this.#parts.faults().holdSessionMs ?? this.#parts.ground.settings.heldAfterDropMs;
    this.#heldUntilMs = this.#parts.wallMs() + ms;
  }

  #gone(line: Line, byClient: boolean): void {
    if (!this.#lines.delete(line)) return;
    if (this.#active !== line) return;
    this.#active = null;
    if (byClient) this.#hold();
  }
}
