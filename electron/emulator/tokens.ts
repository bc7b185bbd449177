/** Access tokens and approval keys: issued, kept, run out, revoked. */
import { SECOND_MS, type EpochMs } from '#shared/time/index.ts';
import { gateway } from './refusals.ts';
import type { EmulatorSettings } from './settings.ts';

export interface Issued {
  readonly token: string;
  readonly expiresTs: EpochMs;
  readonly lifeS: number;
}

interface Kept {
  readonly token: string;
  readonly issuedTs: number;
  expiresTs: number;
}

export interface TokenParts {
  readonly settings: EmulatorSettings;
  /** The server's clock. */
  readonly now: () => EpochMs;
  /** Wall time that never jumps, milliseconds. */
  readonly wallMs: () => number;
  readonly random: (size: number) => Uint8Array;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const url64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export class Tokens {
  readonly #parts: TokenParts;
  #tokens: Kept[] = [];
  readonly #revoked = new Set<string>();
  #lastIssueMs = Number.NEGATIVE_INFINITY;
  #approvals: Kept[] = [];

  constructor(parts: TokenParts) {
    this.#parts = parts;
  }

  /** A token: the same one for six hours. Throws EGW00133 within a minute of the last issue. */
  issue(): Issued {
    const { settings, now, wallMs, random } = this.#parts;
    if (wallMs() - this.#lastIssueMs < settings.tokenEveryMs) throw gateway('EGW00133');
    this.#lastIssueMs = wallMs();
    const last = this.#tokens.at(-1);
    if (last && now() < last.expiresTs && now() - last.issuedTs < settings.tokenSameS * SECOND_MS)
      return this.#told(last);
    const body = url64(
      new TextEncoder().encode(JSON.stringify({ sub: 'token', iss: 'emulator', jti: hex(random(16)) })),
    );
    // The shape of a signed web token, as the broker's are; 3 parts, about 350 characters.
    const token = `eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.${body}.${url64(random(128))}`;
    const kept: Kept = { token, issuedTs: now(), expiresTs: now() + settings.tokenLifeS * SECOND_MS };
    if (settings.newTokenEndsOld) for (const { token: old } of this.#tokens) this.#revoked.add(old);
    this.#tokens = settings.newTokenEndsOld ? [kept] : [...this.#tokens.slice(-9), kept];
    return this.#told(kept);
  }

  /** Throws EGW00121 for a token that is not ours or was revoked, EGW00123 for one that ran out. */
  check(token: string): void {
    const found = this.#tokens.find((each) => each.token === token);
    if (!found || this.#revoked.has(token)) throw gateway('EGW00121');
    if (this.#parts.now() >= found.expiresTs) throw gateway('EGW00123');
  }

  /** Ends a token; false: it was not ours. */
  revoke(token: string): boolean {
    const found = this.#tokens.some((each) => each.token === token);
    this.#tokens = this.#tokens.filter((each) => each.token !== token);
    if (found) this.#revoked.add(token);
    return found;
  }

  /** All tokens run out at once; a new one may be had at once. */
  expireAll(): void {
    for (const kept of this.#tokens) kept.expiresTs = this.#parts.now();
    this.#lastIssueMs = Number.NEGATIVE_INFINITY;
  }

  /** An approval key for sockets, in the form of a UUID. */
  approve(): string {
    const { settings, now, random } = this.#parts;
    const last = this.#approvals.at(-1);
    if (last && now() < last.expiresTs) return last.token;
    const text = hex(random(16));
    const token = [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
      '-',
    );
    this.#approvals.push({ token, issuedTs: now(), expiresTs: now() + settings.approvalLifeS * SECOND_MS });
    return token;
  }

  /** Whether an approval key opens a session now. */
  approved(key: string): boolean {
    return this.#approvals.some(({ token, expiresTs }) => token === key && this.#parts.now() < expiresTs);
  }

  /** All approval keys run out at once. */
  expireApprovals(): void {
    this.#approvals = [];
  }

  #told({ token, expiresTs }: Kept): Issued {
    const lifeS = Math.max(0, Math.floor((expiresTs - this.#parts.now()) / SECOND_MS));
    return { token, expiresTs: expiresTs as EpochMs, lifeS };
  }
}
