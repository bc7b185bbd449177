/** Control messages: what is sent is what the samples show, and every sample answer is read. */
import { describe, expect, it } from 'vitest';
import { ackMeaning } from '#core/broker/kis/realtime/ack-meaning.ts';
import { askText, readControl } from '#core/broker/kis/realtime/control-message.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import samples from '../../fixtures/kis/ws.control-messages.json' with { type: 'json' };

function read(message: unknown) {
  return readControl(Buffer.from(JSON.stringify(message)));
}

describe('control messages', () => {
  it.each(['subscribe', 'unsubscribe'] as const)('%s as the sample does', (what) => {
    const approvalKey = samples.subscribe.header.approval_key;
    expect(JSON.parse(askText({ approvalKey, what, trId: 'H0STCNT0', trKey: '005930' }))).toEqual(samples[what]);
  });

  it('reads the key of a registration', () => {
    const { iv, key } = samples.ackSuccess.body.output;
    expect(read(samples.ackSuccess)).toEqual({
      kind: 'ack',
      trId: 'H0STCNT0',
      trKey: '005930',
      isDone: true,
      code: 'OPSP0000',
      message: 'SUBSCRIBE SUCCESS',
      keys: { iv, key },
    });
  });

  it.each([
    ['ackSuccess', 'live'],
    ['ackUnsubscribe', 'gone'],
    ['ackAlready', 'live'],
    ['ackAppkeyInUse', 'inUse'],
    ['ackMaxSubscribe', 'full'],
  ] as const)('knows what %s means', (name, meaning) => {
    const ack = read(samples[name]);
    if (ack?.kind !== 'ack') throw new Error('not an answer');
    expect(ackMeaning(ack)).toBe(meaning);
  });

  it('takes a code it does not know for what the server says of it', () => {
    expect(ackMeaning({ code: 'OPSP4711', isDone: true })).toBe('done');
    expect(ackMeaning({ code: '', isDone: false })).toBe('refused');
  });

  it('reads no names from "(null)"', () => {
    expect(read(samples.ackAppkeyInUse)).toMatchObject({ trId: '', trKey: '' });
  });

  it('reads the time of PINGPONG, and none from nonsense', () => {
    const serverTs = kstInstant(sessionDate('2024-01-02'), timeOfDayMs('10:00:00'));
    expect(read(samples.pingpong)).toEqual({ kind: 'ping', serverTs });
    for (const datetime of ['20240102', '20240230100000', '20240102250000', 20240102100000, null, undefined])
      expect(read({ header: { tr_id: 'PINGPONG', datetime } })).toEqual({ kind: 'ping', serverTs: null });
  });

  it.each([
    ['no JSON', '{'],
    ['a number', '1'],
    ['nothing', ''],
    ['no body', '{"header":{"tr_id":"H0STCNT0"}}'],
    ['a body that is text', '{"header":{},"body":"x"}'],
  ])('makes nothing of %s', (_, text) => {
    expect(readControl(Buffer.from(text))).toBeNull();
  });

  it('takes no key of another length', () => {
    const short = { ...samples.ackSuccess, body: { ...samples.ackSuccess.body, output: { iv: 'x', key: 'y' } } };
    expect(read(short)).toMatchObject({ keys: null });
  });
});
