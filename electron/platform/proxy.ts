/** The proxy of the environment for an address: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case of letters. */
import { isLoopback, placeOf } from './way-out.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function variable(env: Environment, name: string): string {
  return (env[name.toLowerCase()] ?? env[name.toUpperCase()] ?? '').trim();
}

/** "*", "host", ".domain", "*.domain", each with or without a port. */
function isExempt(url: URL, list: string): boolean {
  const { host, port } = placeOf(url);
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const match = /^(.*?)(?::(\d+))?$/.exec(entry);
      if (match?.[2] !== undefined && Number(match[2]) !== port) return false;
      const name = (match?.[1] ?? '').toLowerCase().replace(/^\*?\./, '');
      return name === '*' || host === name || host.endsWith(`.${name}`);
    });
}

/** Address of the proxy to go through; null: straight. This machine is never reached through a proxy. */
export function proxyFor(url: URL, env: Environment): string | null {
  if (isLoopback(placeOf(url).host) || isExempt(url, variable(env, 'no_proxy'))) return null;
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const proxy = variable(env, secure ? 'https_proxy' : 'http_proxy') || variable(env, 'all_proxy');
  if (proxy === '') return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}
