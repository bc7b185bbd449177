/** The way through an HTTP proxy for sockets: CONNECT, and the line that it hands over. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { TransportError } from './transport.ts';
import { placeOf } from './way-out.ts';

/** What Node calls when a line stands, or does not. */
type Handover = (error: Error | null, socket?: Socket) => void;

const OK = 200;

function credentials(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Makes the connection of one request to `target` through `proxy`; its errors never hold the proxy's address or password. */
export function tunnel(parts: {
  readonly proxy: string;
  readonly target: URL;
  readonly timeoutMs: number;
}): (options: unknown, handover: Handover) => undefined {
  const { proxy, target, timeoutMs } = parts;
  return (_options, handover) => {
    const fail = (): void => handover(new TransportError('proxy', false));
    const url = URL.parse(proxy);
    if (!url || !/^https?:$/.test(url.protocol)) {
      setImmediate(fail);
      return undefined;
    }
    const { host, port } = placeOf(target);
    const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    const way = placeOf(url);
    const ask = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const asked = ask({
      host: way.host,
      port: way.port,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...credentials(url) },
      timeout: timeoutMs,
      agent: false,
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', fail);
    asked.once('response', () => {
      asked.destroy();
      fail();
    });
    asked.once('connect', (answer, socket: Socket) => {
      asked.removeListener('error', fail);
      if (answer.statusCode !== OK) {
        socket.destroy();
        fail();
        return;
      }
      socket.setTimeout(0);
      if (target.protocol === 'wss:')
        handover(null, tlsConnect({ socket, servername: host, rejectUnauthorized: true }));
      else handover(null, socket);
    });
    asked.end();
    return undefined;
  };
}
