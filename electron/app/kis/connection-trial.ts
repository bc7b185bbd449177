/** Tries a connection step by step, without orders, and tells of each step whether it went well and why not. */
import type { ConnectionCheck } from '#shared/contract/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { faultError } from '#core/broker/kis/index.ts';
import { TransportError } from '#core/platform/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { KisLine } from '../environments/composed.ts';
import type { KisLineParts } from './lines.ts';
import { hostOf } from '../connections/endpoint.ts';
import { trySession } from './session-trial.ts';

/** Longest wait for somebody to answer at the address, milliseconds. */
const REACH_MS = 5_000;
/** A server's clock that is off by more is told, milliseconds; that of the offline server runs as its market does. */
const SKEW_MS = 5_000;

type StepName = ConnectionCheck['step'];

const NAMES: Readonly<Record<StepName, string>> = {
  address: '서버에 닿기',
  token: '접근 토큰 받기',
  account: '계좌 조회',
  approval: '웹소켓 접속키 받기',
  socket: '실시간 연결',
  notice: '체결통보 등록',
  clock: '서버 시계',
};

export interface TrialFacts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The line, where this connection is in force: its socket is the only one that the broker allows. */
  readonly inForce: KisLine | null;
  readonly timers: Timers;
  readonly logger: Logger;
}

/** What a cash account answers without any order. */
const SHARE_BALANCE = {
  AFHR_FLPR_YN: 'N',
  OFL_YN: '',
  INQR_DVSN: '02',
  UNPR_DVSN: '01',
  FUND_STTL_ICLD_YN: 'N',
  FNCG_AMT_AUTO_RDPT_YN: 'N',
  PRCS_DVSN: '00',
} as const;

const SHARES = { api: 'domestic-stock.inquire-balance', params: SHARE_BALANCE } as const;
/** What an account of futures and options answers; the share account's inquiry would refuse it. */
const CONTRACTS = {
  api: 'domestic-futureoption.inquire-balance',
  params: { MGNA_DVSN: '01', EXCC_STAT_CD: '1' },
} as const;

/** And a retirement pension, which has inquiries of its own. */
const PENSION = {
  api: 'domestic-stock.pension-inquire-balance',
  params: { ACCA_DVSN_CD: '00', INQR_DVSN: '00' },
} as const;
const BALANCES: Readonly<Record<string, typeof SHARES | typeof CONTRACTS | typeof PENSION>> = {
  '03': CONTRACTS,
  '29': PENSION,
};

export async function tryConnection(line: KisLineParts, facts: TrialFacts): Promise<ConnectionCheck[]> {
  const { clock, signal } = facts;
  const checks: ConnectionCheck[] = [];
  /** Runs a step; what comes after one that failed and was needed is not tried. */
  const step = async (name: StepName, act: () => Promise<void>): Promise<boolean> => {
    const startMs = clock.monotonicMs();
    let error: unknown = null;
    try {
      if (signal.aborted) throw new AppError('CANCELED');
      await act();
    } catch (caught) {
      error = caught;
    }
    const told = error === null ? null : toEnvelope(error);
    const reason = told && { code: told.code, messageKo: told.messageKo, actionKo: told.actionKo };
    const ms = Math.max(0, Math.round(clock.monotonicMs() - startMs));
    checks.push({ step: name, nameKo: NAMES[name], ok: error === null, reason, ms });
    return error === null;
  };
  if (!(await step('address', () => reach(line)))) return checks;
  if (!(await step('token', () => line.rest.ensureToken()))) return checks;
  await step('account', async () => {
    const { api, params } = BALANCES[line.keys.productCode] ?? SHARES;
    await line.rest.call({ api, params, lane: 'account', signal });
  });
  await step('clock', async () => checkClock(line));
  const approved = await step('approval', async () => {
    await line.rest.approvalKey();
  });
  if (!approved) return checks;
  await trialSession(line, facts, step);
  return checks;
}

/** A name that resolves and somebody who answers; what is answered does not matter yet. */
async function reach({ transport, endpoint }: KisLineParts): Promise<void> {
  const request = { method: 'GET', url: `${endpoint.restUrl}/`, headers: {}, body: null, timeoutMs: REACH_MS } as const;
  try {
    await transport.request(request);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw faultError(error, hostOf(endpoint.restUrl));
  }
}

function checkClock({ serverClock, endpoint }: KisLineParts): void {
  const skewMs = serverClock.skewMs();
  if (skewMs === null || endpoint.kind === 'emulator' || Math.abs(skewMs) <= SKEW_MS) return;
  throw new AppError('KIS_CLOCK', { seconds: Math.round(skewMs / 1_000) });
}

async function trialSession(
  line: KisLineParts,
  facts: TrialFacts,
  step: (name: StepName, act: () => Promise<void>) => Promise<boolean>,
): Promise<void> {
  const { inForce } = facts;
  if (inForce) {
    // A second session would be refused as "already in use", or push out the one that is trading.
    await step('socket', async () => {
      const { state } = inForce.health().socket;
      if (state === 'inUse') throw new AppError('KIS_LINE_IN_USE');
      if (state !== 'open') throw new AppError('KIS_LINE_DOWN');
    });
    return;
  }
  const asked = trySession(line, facts);
  const passed = await step('socket', async () => {
    const { socket } = await asked;
    if (socket) throw socket;
  });
  if (!passed || line.keys.htsId === null) return;
  await step('notice', async () => {
    const { notice } = await asked;
    if (notice) throw notice;
  });
}
