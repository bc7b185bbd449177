/** `env …`: which environment is in force, the switch, and the lock of the real one. */
import type { EnvironmentStatus } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { facts, table } from '../table.ts';

const ENVIRONMENTS = ['simulation', 'live', 'paper', 'real'] as const;
const NAMES = {
  simulation: '시뮬레이션',
  live: '실시세+모의체결',
  paper: 'KIS 모의투자',
  real: 'KIS 실전투자',
} as const;
const LOCKS = { none: '해당 없음', locked: '잠김', armed: '열림' } as const;
const PHASES = { ready: '정상', switching: '바꾸는 중', failed: '연결 안 됨' } as const;

/** The status now: the first that the stream tells. */
function statusNow(client: Client<Contract>): Promise<EnvironmentStatus> {
  return new Promise((resolve, reject) => {
    const stop = client.environment.status(
      {},
      {
        batch([status]) {
          if (!status) return;
          resolve(status);
          stop();
        },
        end: (error) => reject(new AppError(error?.code ?? 'PIPE_CLOSED', error?.details ?? {})),
      },
    );
  });
}

function told(status: EnvironmentStatus): string {
  const { environment, connectionId, endpoint, phase, reason, lock, choices, noticesKo } = status;
  const head = facts([
    ['환경', NAMES[environment]],
    ['연결', connectionId ?? '—'],
    ['서버', endpoint === null ? '—' : endpoint === 'official' ? '증권사 공식 서버' : '오프라인 KIS'],
    ['상태', PHASES[phase]],
    ...(reason === null ? [] : [['까닭', `${reason.messageKo} ${reason.actionKo}`] as const]),
    ['실전 잠금', LOCKS[lock.state]],
  ]);
  const rows = choices.map((choice) => [
    choice.environment,
    choice.connectionId ?? '—',
    choice.labelKo,
    choice.reasonKo ?? '바꿀 수 있음',
  ]);
  const notices = noticesKo.map((notice) => `· ${notice}`).join('\n');
  return `${head}\n\n${table(['이름', '연결', '환경', '가능'], rows)}${notices === '' ? '' : `\n\n${notices}`}`;
}

async function answer({ core, result }: CommandContext): Promise<undefined> {
  const status = await statusNow(await core());
  result(status, () => told(status));
}

export const envStatus: Command = {
  name: 'env status',
  summary: '지금 매매 환경과 바꿀 수 있는 환경',
  takes: '',
  options: {},
  run: (context) => answer(context),
};

export const envSwitch: Command = {
  name: 'env switch',
  summary: '매매 환경을 바꿉니다. 결과를 모르는 주문이 있으면 보여 주고 멈춥니다.',
  takes: 'ENV',
  options: {
    connection: { kind: 'text', value: 'ID', summary: '연결 번호. 적지 않으면 맞는 첫 연결' },
    confirm: { kind: 'flag', summary: '걸리는 것이 있어도 바꿉니다.' },
  },
  async run(context) {
    const { args, flags, core, result, world } = context;
    const environment = ENVIRONMENTS.find((name) => name === args[0]);
    if (environment === undefined || args.length > 1) {
      throw new AppError('INPUT_INVALID', { where: 'ENV', why: `${ENVIRONMENTS.join(', ')} 가운데 하나여야 합니다.` });
    }
    const client = await core();
    const connectionId = flags.optional('connection');
    const { done, blockers } = await client.environment.switchTo({
      environment,
      connectionId,
      confirmed: flags.has('confirm'),
    });
    if (done) return answer(context);
    result({ done, blockers }, () => blockers.map(({ textKo }) => `· ${textKo}`).join('\n'));
    world.stderr('그래도 바꾸려면 --confirm을 붙이세요.\n');
    return 1;
  },
};

export const envPin: Command = {
  name: 'env pin',
  summary: '실전 잠금 PIN을 정하거나 바꿉니다. PIN은 물어보거나 표준 입력의 한 줄로 받습니다.',
  takes: '',
  options: {},
  async run({ core, result, world }) {
    const client = await core();
    const { lock } = await statusNow(client);
    const current = lock.pinSet ? await world.ask('지금 PIN', { secret: true }) : null;
    const pin = await world.ask('새 PIN (숫자 4~12자리)', { secret: true });
    const next = await client.environment.setPin({ pin, current });
    result(next, () => 'PIN을 정했습니다.');
    return undefined;
  },
};

export const envArm: Command = {
  name: 'env arm',
  summary: '실전 잠금을 오늘 하루 풉니다. 실행 중인 Maru에서만 뜻이 있습니다.',
  takes: '',
  options: {},
  async run({ core, result, world }) {
    const client = await core();
    const pin = await world.ask('PIN', { secret: true });
    const lock = await client.environment.arm({ pin });
    result(lock, () => LOCKS[lock.state]);
    return undefined;
  },
};

export const envDisarm: Command = {
  name: 'env disarm',
  summary: '실전투자를 다시 잠급니다.',
  takes: '',
  options: {},
  async run({ core, result }) {
    const lock = await (await core()).environment.disarm({});
    result(lock, () => LOCKS[lock.state]);
    return undefined;
  },
};
