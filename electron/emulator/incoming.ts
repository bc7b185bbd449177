/** A call as it came in, taken apart. */
import type { EmulatorServer } from './ports.ts';

/** A call as it came in, header names in lower case. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Splits a call into what the gate asks of it. */
export function incoming(asked: Parameters<EmulatorServer['handle']>[0]): Incoming {
  const url = new URL(asked.url, 'http://emulator');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(asked.headers)) headers[name.toLowerCase()] = value;
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  return { method: asked.method.toUpperCase(), path, query: url.searchParams, headers, body: asked.body ?? '' };
}
