/** Which addresses the program may call: this machine always, another one only by a permission for exactly its host and port, and none under test. */

/** An address outside this machine that a person chose to let the program call. */
export interface WayOut {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443 };

/** Host without brackets and port of an address. */
export function placeOf(url: URL): WayOut {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return { host, port: url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? 0) : Number(url.port) };
}

/** Whether a host is this machine. Names other than localhost are not looked up: they may lead anywhere. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** Whether an address may be called. `testing` shuts every way out, whatever was permitted. */
export function mayCall(url: URL, rules: { readonly allowed: readonly WayOut[]; readonly testing: boolean }): boolean {
  const { host, port } = placeOf(url);
  if (isLoopback(host)) return true;
  return !rules.testing && rules.allowed.some((way) => way.host.toLowerCase() === host && way.port === port);
}

/** True in a test run, which no option can hide. */
export function underTest(): boolean {
  return process.env['VITEST'] !== undefined;
}
