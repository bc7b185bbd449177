/** `emulator`: the offline KIS, on which any client of the broker can trade without the broker. */
import { AppError } from '#shared/errors/index.ts';
import type { Command, EmulatorWish } from '../command.ts';
import type { Flags } from '../flags.ts';

const HIGHEST_PORT = 65_535;
const HIGHEST_SEED = 4_294_967_295;
const HIGHEST_SPEED = 10_000;

function within(
  flags: Flags,
  name: string,
  bounds: { readonly from: number; readonly to: number; readonly usual: number },
): number {
  const value = flags.optionalInteger(name) ?? bounds.usual;
  if (value < bounds.from || value > bounds.to) {
    const why = `${bounds.from}에서 ${bounds.to} 사이여야 합니다.`;
    throw new AppError('INPUT_INVALID', { where: `--${name}`, why });
  }
  return value;
}

function timeOf(flags: Flags): string | null {
  const at = flags.optional('at');
  if (at === null) return null;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) {
    throw new AppError('INPUT_INVALID', { where: '--at', why: '09:00처럼 시각을 적으세요.' });
  }
  return at;
}

/** Asian currencies that an account may begin with. */
const ASIAN = ['HKD', 'JPY', 'CNY', 'VND'] as const;

/** Which of them, as typed: "HKD,JPY"; null: as the environment has it. */
function currenciesOf(flags: Flags): EmulatorWish['currencies'] {
  const typed = flags.optional('currencies');
  if (typed === null) return null;
  const words = typed.toUpperCase().split(',');
  const known = ASIAN.filter((currency) => words.includes(currency));
  if (known.length === words.length) return known;
  throw new AppError('INPUT_INVALID', { where: '--currencies', why: `${ASIAN.join(', ')}를 쉼표로 이어 적으세요.` });
}

export const emulatorCommand: Command = {
  name: 'emulator',
  summary: '오프라인 KIS: 증권사 없이 KIS API로 거래할 수 있는 서버를 이 컴퓨터에 엽니다.',
  takes: '',
  options: {
    env: { kind: 'text', value: 'paper|real', summary: '모의투자(paper) 또는 실전(real)의 규칙. 적지 않으면 paper' },
    port: { kind: 'text', value: 'N', summary: 'REST 포트. 0이면 빈 포트' },
    'ws-port': { kind: 'text', value: 'N', summary: '웹소켓 포트. 0이면 빈 포트' },
    speed: { kind: 'text', value: 'N', summary: '시장 시계의 배속. 적지 않으면 1' },
    seed: { kind: 'text', value: 'N', summary: '시장의 씨앗. 같은 씨앗은 같은 시장입니다.' },
    market: { kind: 'text', value: 'kr|us', summary: '국내 장(kr) 또는 미국 장과 선물옵션 야간장(us)에서 시작합니다.' },
    at: {
      kind: 'text',
      value: 'HH:MM',
      summary: '시작할 서버 시각. 20시부터 06시까지는 미국 장과 선물옵션 야간장입니다.',
    },
    currencies: {
      kind: 'text',
      value: 'HKD,…',
      summary: '달러 말고 처음부터 가진 외화. 적지 않으면 실전은 모두, 모의는 없음',
    },
    faults: { kind: 'text', value: 'FILE', summary: '일으킬 고장의 대본(JSON 줄)' },
  },
  async run({ flags, world }) {
    const at = timeOf(flags);
    const night = at !== null && (at >= '20:00' || at < '06:00');
    const market = flags.oneOf('market', night ? ['us', 'kr'] : ['kr', 'us']);
    const running = await world.startEmulator({
      env: flags.oneOf('env', ['paper', 'real']),
      port: within(flags, 'port', { from: 0, to: HIGHEST_PORT, usual: 0 }),
      wsPort: within(flags, 'ws-port', { from: 0, to: HIGHEST_PORT, usual: 0 }),
      speed: within(flags, 'speed', { from: 1, to: HIGHEST_SPEED, usual: 1 }),
      seed: within(flags, 'seed', { from: 0, to: HIGHEST_SEED, usual: 1 }),
      data: flags.optional('data'),
      faults: flags.optional('faults'),
      currencies: currenciesOf(flags),
      market,
      at,
    });
    world.stdout(`${JSON.stringify(running.line)}\n`);
    await running.stopped;
    return undefined;
  },
};
