/** What the user is reminded of, day by day. */
import { describe, expect, it } from 'vitest';
import type { StoredConnection } from '../../../electron/app/connections/connection-file.ts';
import { keyExpiry, remindersOf } from '../../../electron/app/connections/reminders.ts';
import { sessionDate } from '#shared/time/index.ts';

const STORED: StoredConnection = {
  connectionId: 'real-0123456789ab',
  label: '',
  kind: 'real',
  endpoint: 'official',
  restUrl: 'https://one.example:9443',
  wsUrl: 'ws://one.example:21000',
  accountMasked: '12******-01',
  hasHtsId: true,
  htsIdSigns: false,
  kept: 'keychain',
  keyIssuedOn: '2026-03-10',
  lastTradedOn: '2026-11-20',
  savedOn: sessionDate('2026-03-10'),
};

const kindsOn = (today: string, changes: Partial<StoredConnection> = {}, memoryOnly = false) =>
  remindersOf({ ...STORED, ...changes }, { today: sessionDate(today), memoryOnly }).map(({ kind, level }) => [
    kind,
    level,
  ]);

describe('reminders', () => {
  it('count one year from the issue of the keys, the 29th of February included', () => {
    expect(keyExpiry('2026-03-10')).toBe('2027-03-10');
    expect(keyExpiry('2028-02-29')).toBe('2029-02-28');
    expect(keyExpiry(null)).toBeNull();
  });

  it('speak of the keys from thirty days before their end', () => {
    const traded = { lastTradedOn: '2027-02-01' };
    expect(kindsOn('2027-02-07', traded)).toEqual([]);
    expect(kindsOn('2027-02-08', traded)).toEqual([['keyExpiring', 'caution']]);
    expect(kindsOn('2027-03-10', traded)).toEqual([['keyExpiring', 'caution']]);
    expect(kindsOn('2027-03-11', traded)).toEqual([['keyExpired', 'high']]);
    const [told] = remindersOf({ ...STORED, ...traded }, { today: sessionDate('2027-02-08'), memoryOnly: false });
    expect(told?.textKo).toContain('30일 남음');
    expect(told?.textKo).toContain('키가 바뀌므로');
  });

  it('speak of three months without a trade, from three weeks before', () => {
    expect(kindsOn('2027-01-29')).toEqual([]);
    expect(kindsOn('2027-01-30')).toEqual([['inactive', 'caution']]);
    expect(kindsOn('2027-02-21', { keyIssuedOn: '2027-01-01' })).toEqual([['inactive', 'high']]);
    // The end of a month stays the end of one.
    expect(kindsOn('2026-06-09', { lastTradedOn: null, savedOn: '2026-03-31' })).toEqual([['inactive', 'caution']]);
  });

  it('speak of signs in the HTS id, of memory, and of an unknown day of issue', () => {
    expect(kindsOn('2026-12-01', { htsIdSigns: true, keyIssuedOn: null }, true)).toEqual([
      ['htsIdSigns', 'caution'],
      ['memoryOnly', 'caution'],
      ['issueDateUnknown', 'info'],
    ]);
  });

  it('leave the offline KIS alone', () => {
    expect(kindsOn('2030-01-01', { endpoint: 'emulator' })).toEqual([]);
  });
});
