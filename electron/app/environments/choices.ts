/** What can be switched to, and why not. */
import type { Environment, EnvironmentStatus, KisKind } from '#shared/domain/index.ts';
import { AppError, envelope } from '#shared/errors/index.ts';
import type { StoredConnection } from '../connections/connection-file.ts';
import type { Connections } from '../connections/connections.ts';
import type { EnvironmentName } from '../system-record.ts';

const LABELS: Readonly<Record<Environment, string>> = {
  simulation: '시뮬레이션',
  live: '실시세+모의체결',
  paper: 'KIS 모의투자',
  real: 'KIS 실전투자',
};

export function labelOf(environment: Environment): string {
  return LABELS[environment];
}

type Choice = EnvironmentStatus['choices'][number];

/** Keys of which kind an environment of KIS needs; live quotes come with either. */
function fits(environment: Environment, kind: KisKind): boolean {
  return environment === 'live' || environment === kind;
}

function nameOf(environment: Environment, stored: StoredConnection): string {
  const { label, accountMasked, endpoint } = stored;
  const where = endpoint === 'emulator' ? ' (오프라인 KIS)' : '';
  return `${labelOf(environment)}${where} · ${label === '' ? accountMasked : label}`;
}

function choicesFor(environment: Exclude<Environment, 'simulation'>, connections: Connections) {
  const fitting = connections.all().filter(({ kind }) => fits(environment, kind));
  if (fitting.length === 0) {
    const reasonKo = '이 환경에 맞는 연결이 없습니다. 연결을 먼저 만드세요.';
    return [{ environment, connectionId: null, labelKo: labelOf(environment), reasonKo }];
  }
  return fitting.map((stored): Choice => {
    const none = connections.keptIn(stored) === 'none';
    const reasonKo = none ? `${envelope('KIS_NO_KEYS').messageKo} ${envelope('KIS_NO_KEYS').actionKo}` : null;
    return { environment, connectionId: stored.connectionId, labelKo: nameOf(environment, stored), reasonKo };
  });
}

/** Every environment with every connection that fits it. */
export function choicesOf(connections: Connections): Choice[] {
  return [
    { environment: 'simulation', connectionId: null, labelKo: labelOf('simulation'), reasonKo: null },
    ...choicesFor('live', connections),
    ...choicesFor('paper', connections),
    ...choicesFor('real', connections),
  ];
}

/** The connection that was named, else the first that fits and has its keys. Throws CONNECTION_UNKNOWN and ENVIRONMENT_ABSENT. */
export function fittingConnection(connections: Connections, wish: EnvironmentName): StoredConnection {
  const { environment, connectionId } = wish;
  if (connectionId !== null) {
    const named = connections.stored(connectionId);
    if (fits(environment, named.kind)) return named;
    const kind = labelOf(named.kind);
    throw new AppError('ENVIRONMENT_ABSENT', { why: `고른 연결은 ${kind} 키입니다.` });
  }
  const fitting = connections.all().filter(({ kind }) => fits(environment, kind));
  const found = fitting.find((stored) => connections.keptIn(stored) !== 'none') ?? fitting[0];
  if (!found) throw new AppError('ENVIRONMENT_ABSENT', { why: '맞는 연결이 없습니다.' });
  return found;
}
