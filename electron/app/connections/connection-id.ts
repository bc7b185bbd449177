/** The name of a connection: made from environment, address and account, so that the same account entered again is the same connection. */
import { scryptSync } from 'node:crypto';
import { isLoopback } from '#core/platform/index.ts';
import type { KisKind } from '#shared/domain/index.ts';

/**
 * Slow on purpose: eight digits could be found again from a plain hash in a second. The salt is fixed, because the name
 * has to come out the same when the list of connections was lost: the journal is filed under it.
 */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const SALT = 'maru connection';
const BYTES = 6;

/** "paper-3f9a1c2b7d04": no account number in it. */
export function connectionIdOf(facts: {
  readonly kind: KisKind;
  readonly restUrl: string;
  readonly accountNo: string;
  readonly productCode: string;
}): string {
  const { kind, restUrl, accountNo, productCode } = facts;
  const { host, hostname } = new URL(restUrl);
  // The offline server may come up on another port each time, and its account is the same.
  const place = isLoopback(hostname.replace(/^\[(.*)\]$/, '$1')) ? 'loopback' : host;
  const text = JSON.stringify([kind, place, accountNo, productCode]);
  return `${kind}-${scryptSync(text, SALT, BYTES, COST).toString('hex')}`;
}
