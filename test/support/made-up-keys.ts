/** Keys of the broker's lengths, made up for one run: random, so that they can be looked for, and valid nowhere. */
import { randomBytes } from 'node:crypto';
import type { NewKisConnection } from '#shared/contract/index.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits. */
export function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/** Random digits, the first of them never 0. */
export function digits(count: number): string {
  return Array.from(randomBytes(count), (byte, place) => String(place === 0 ? 1 + (byte % 9) : byte % 10)).join('');
}

/** An entry that passes every check. */
export function madeUpEntry(changes: Partial<NewKisConnection> = {}): NewKisConnection {
  return {
    label: '',
    kind: 'paper',
    endpoint: 'emulator',
    restUrl: 'http://127.0.0.1:9443',
    wsUrl: 'ws://127.0.0.1:21000',
    appKey: letters(36),
    appSecret: letters(180),
    account: `${digits(8)}-01`,
    htsId: null,
    issuedOn: null,
    ...changes,
  };
}
