/** Why an HTTP call brought no answer, from the errors of Node and undici. */
import type { TransportFault } from './transport.ts';

const OFFLINE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);
const TIMEOUT = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const TLS =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|EPROTO)/;

function chain(error: unknown): readonly Error[] {
  const errors: Error[] = [];
  for (let next = error; next instanceof Error && errors.length < 6; next = next.cause) errors.push(next);
  return errors;
}

function codesOf(error: unknown): readonly string[] {
  return chain(error).flatMap((link) => {
    const { code } = link as { readonly code?: unknown };
    return typeof code === 'string' ? [code] : [];
  });
}

/** What went wrong before the request was written. */
function beforeWrite(codes: readonly string[], viaProxy: boolean): TransportFault {
  if (codes.includes('UND_ERR_PRX_TLS')) return 'proxy';
  if (codes.some((code) => TLS.test(code))) return 'tls';
  // Until the tunnel stands, whatever fails is the proxy's: its address, its refusal, its line.
  if (viaProxy) return codes.some((code) => TIMEOUT.has(code)) ? 'timeout' : 'proxy';
  if (codes.includes('ECONNREFUSED')) return 'refused';
  if (codes.some((code) => OFFLINE.has(code))) return 'offline';
  return codes.some((code) => TIMEOUT.has(code)) ? 'timeout' : 'cut';
}

/** The fault behind an error; `sent` says whether the request had started to go out. */
export function httpFault(
  error: unknown,
  facts: { readonly sent: boolean; readonly viaProxy: boolean },
): TransportFault {
  const codes = codesOf(error);
  if (codes.includes('UND_ERR_RES_EXCEEDED_MAX_SIZE') || codes.includes('UND_ERR_HEADERS_OVERFLOW')) return 'tooLarge';
  if (!facts.sent) return beforeWrite(codes, facts.viaProxy);
  return codes.some((code) => TIMEOUT.has(code)) ? 'timeout' : 'cut';
}
