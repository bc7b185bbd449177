/** Where a connection may lead: the broker's own addresses from the resources, or this computer. */
import hosts from '#resources/kis/hosts.json' with { type: 'json' };
import type { EndpointKind, KisKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** Base addresses without a path. */
export interface EndpointAddress {
  readonly restUrl: string;
  readonly wsUrl: string;
}

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The broker's own addresses. @source resources/kis/hosts.json */
export function officialAddress(kind: KisKind): EndpointAddress {
  const { rest, ws } = hosts.endpoints[kind];
  return { restUrl: rest, wsUrl: ws };
}

function bad(field: string, why: string): AppError {
  return new AppError('CONNECTION_FIELD', {
    field,
    why,
    action: '오프라인 KIS가 시작할 때 알려 준 주소를 그대로 붙여 넣으세요.',
  });
}

/** An address on this computer, without path, query or user. */
function readLocal(field: string, text: string | null, protocols: readonly string[]): string {
  const typed = (text ?? '').normalize('NFKC').trim();
  if (typed === '') throw bad(field, '비어 있습니다.');
  const url = URL.parse(typed);
  if (url === null) throw bad(field, '주소가 아닙니다.');
  if (!protocols.includes(url.protocol)) throw bad(field, `${protocols.join('나 ')}//로 시작해야 합니다.`);
  if (url.username !== '' || url.password !== '') throw bad(field, '주소에 사용자 이름이나 암호를 넣을 수 없습니다.');
  if (!LOOPBACK.test(url.hostname)) throw bad(field, '이 컴퓨터의 주소(127.0.0.1, localhost)가 아닙니다.');
  return `${url.protocol}//${url.host}`;
}

/** The addresses of an entry. Throws CONNECTION_FIELD where the emulator's are not on this computer. */
export function readAddress(entry: {
  readonly kind: KisKind;
  readonly endpoint: EndpointKind;
  readonly restUrl: string | null;
  readonly wsUrl: string | null;
}): EndpointAddress {
  if (entry.endpoint === 'official') {
    // Typed addresses beside the official ones would be a way to send keys elsewhere.
    for (const [field, typed] of [['REST 주소', entry.restUrl] as const, ['WebSocket 주소', entry.wsUrl] as const]) {
      if (typed !== null && typed.trim() !== '') throw bad(field, '공식 서버의 주소는 적지 않습니다.');
    }
    return officialAddress(entry.kind);
  }
  return {
    restUrl: readLocal('REST 주소', entry.restUrl, ['http:', 'https:']),
    wsUrl: readLocal('WebSocket 주소', entry.wsUrl, ['ws:', 'wss:']),
  };
}

/** Host and port, as the screen shows them. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
