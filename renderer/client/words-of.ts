/** Any failure as words for the user. */
import { type ErrorEnvelope, toEnvelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';

/** The core's own words where the core has failed, else those of the catalog. */
export function wordsOf(error: unknown): ErrorEnvelope {
  return error instanceof RemoteError ? error.envelope : toEnvelope(error);
}
