/** What the line to the broker tells the detectors: only what is new since the last look. */
import { describe, expect, it } from 'vitest';
import { lineWatch, type LineWatchParts } from '#core/app/threats/line-watch.ts';
import type { ThreatEvent } from '#shared/threats/index.ts';

const NOW = 1_772_500_000_000;
const TS = 1_772_499_000_000;

type RestHealth = ReturnType<LineWatchParts['rest']['health']>;
type LineHealth = ReturnType<LineWatchParts['realtime']['health']>;

/** A line of which a test sets the figures; `look` tells what is new, without the running-out of the token. */
function line() {
  const rest: { -readonly [Key in keyof RestHealth]: RestHealth[Key] } = {
    callsPerSecond: 0,
    callLimit: 20,
    waitingCalls: 0,
    token: { state: 'none', ageMs: null, expiresInMs: null, guardMs: null },
    restP50Ms: null,
    errors: [],
  };
  let [reconnects, nowMs] = [0, NOW];
  const realtime = (): LineHealth => ({
    registrations: 0,
    registrationLimit: 41,
    polled: 0,
    socket: { state: 'open', ageMs: null, lastMessageMs: null, reconnects, nextTryMs: null },
    isUnencrypted: false,
    gaps: 0,
    problem: null,
    streams: [],
  });
  const look = lineWatch({
    connectionId: 'c1',
    rest: { health: () => rest },
    realtime: { health: realtime },
    now: () => nowMs,
  });
  return {
    /** The age of the token at the clock's time; null: there is none. */
    token: (ageMs: number | null) => {
      rest.token = {
        ...rest.token,
        state: ageMs === null ? 'none' : 'valid',
        ageMs,
        expiresInMs: ageMs === null ? null : 86_400_000 - ageMs,
      };
    },
    errors: (counts: Readonly<Record<string, number>>) => {
      rest.errors = Object.entries(counts).map(([code, count]) => ({ code, textKo: '', count, lastTs: NOW as never }));
    },
    reconnect: () => void (reconnects += 1),
    pass: (ms: number) => void (nowMs += ms),
    all: () => {
      const events: ThreatEvent[] = [];
      look((event) => void events.push(event), TS);
      return events;
    },
    look() {
      return this.all().filter((event) => event.kind !== 'token' || event.what !== 'expires');
    },
  };
}

describe('the watch over a line', () => {
  it('only remembers at its first look, whatever has happened before', () => {
    const watched = line();
    watched.token(10_000);
    watched.errors({ EGW00201: 9, EGW00123: 3 });
    watched.reconnect();
    expect(watched.look()).toEqual([]);
    expect(watched.look()).toEqual([]);
  });

  it('tells when the token runs out, by the exchange time of the look', () => {
    const watched = line();
    watched.token(86_400_000 - 300_000);
    expect(watched.all()).toEqual([
      { kind: 'token', ts: TS, what: 'expires', expiresTs: TS + 300_000, connection: 'c1' },
    ]);
    watched.token(null);
    expect(watched.all()).toEqual([]);
  });

  it('tells a token that was issued, once, and not one that merely grows older', () => {
    const watched = line();
    watched.look();
    watched.token(500);
    expect(watched.look()).toMatchObject([{ kind: 'token', what: 'issued', connection: 'c1' }]);
    watched.pass(60_000);
    // Ages are rounded: a second of difference is the same token.
    watched.token(61_000);
    expect(watched.look()).toEqual([]);
    watched.pass(3_600_000);
    watched.token(0);
    expect(watched.look()).toMatchObject([{ what: 'issued' }]);
    watched.token(null);
    expect(watched.look()).toEqual([]);
  });

  it('tells each refusal of the token, and refusals for rate with their number', () => {
    const watched = line();
    watched.errors({ EGW00123: 1, EGW00201: 2 });
    watched.look();
    watched.errors({ EGW00123: 2, EGW00121: 1, EGW00201: 7, EGW00202: 5 });
    expect(watched.look()).toEqual([
      { kind: 'token', ts: TS, what: 'refused', expiresTs: null, connection: 'c1' },
      { kind: 'token', ts: TS, what: 'refused', expiresTs: null, connection: 'c1' },
      { kind: 'program', ts: TS, what: 'rateLimited', value: 5 },
    ]);
    expect(watched.look()).toEqual([]);
    // A line made anew counts from the beginning: nothing is told twice, and nothing negative.
    watched.errors({});
    expect(watched.look()).toEqual([]);
    watched.errors({ EGW00201: 1 });
    expect(watched.look()).toMatchObject([{ what: 'rateLimited', value: 1 }]);
  });

  it('tells a reconnection', () => {
    const watched = line();
    watched.look();
    watched.reconnect();
    watched.reconnect();
    expect(watched.look()).toEqual([{ kind: 'program', ts: TS, what: 'reconnect', value: 2 }]);
    expect(watched.look()).toEqual([]);
  });
});
