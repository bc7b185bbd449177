/** One-time tokens that let a page in, and the session secrets that let it back in after a reload or a restart of the core. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import type { SessionShelf } from './session-shelf.ts';

const SECRET_BYTES = 32;
/** Tokens not spent yet, and sessions, that are kept; the oldest is forgotten first. */
const KEPT = 64;

/** Who may come in through the web door. */
export interface TokenDesk {
  /** A new token, good for one welcome. */
  mint(): string;
  /** Spends a token, or recognises a session; returns the session's secret. Throws TOKEN_INVALID. */
  admit(claim: { readonly token?: string | undefined; readonly session?: string | undefined }): string;
}

/** Only digests are kept, and equal lengths make every comparison take equal time. */
class SecretSet {
  #digests: Buffer[];

  constructor(digests: readonly Buffer[] = []) {
    this.#digests = digests.slice(-KEPT);
  }

  get digests(): readonly Buffer[] {
    return this.#digests;
  }

  create(): string {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    this.#digests.push(digest(secret));
    if (this.#digests.length > KEPT) this.#digests.shift();
    return secret;
  }

  has(secret: string): boolean {
    return this.#find(secret) >= 0;
  }

  take(secret: string): boolean {
    const place = this.#find(secret);
    if (place >= 0) this.#digests.splice(place, 1);
    return place >= 0;
  }

  #find(secret: string): number {
    const wanted = digest(secret);
    let found = -1;
    for (const [place, kept] of this.#digests.entries()) if (timingSafeEqual(kept, wanted)) found = place;
    return found;
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** A desk with no token yet. Sessions on the shelf are known again, so a page comes back by itself after the core restarted. */
export function createTokenDesk(shelf: SessionShelf): TokenDesk {
  const tokens = new SecretSet();
  const sessions = new SecretSet(shelf.load());
  return {
    mint: () => tokens.create(),
    admit({ token, session }) {
      if (session !== undefined && sessions.has(session)) return session;
      if (token === undefined || !tokens.take(token)) throw new AppError('TOKEN_INVALID');
      const secret = sessions.create();
      shelf.save(sessions.digests);
      return secret;
    },
  };
}
