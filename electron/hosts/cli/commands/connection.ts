/** `connection …`: the connections to KIS. Keys come from questions or standard input, never from the command line, which others can see. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { NewKisConnection } from '#shared/contract/index.ts';
import type { KisConnection } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { table } from '../table.ts';

const KEPT = { keychain: '키체인', memory: '메모리', none: '없음' } as const;

function listed(connections: readonly KisConnection[]): string {
  const rows = connections.map((each) => [
    each.connectionId,
    each.kind === 'real' ? '실전' : '모의',
    each.endpoint === 'official' ? '공식' : '오프라인',
    each.accountMasked,
    each.label,
    KEPT[each.keptIn],
    each.keyExpiresOn,
  ]);
  const reminders = connections.flatMap((each) =>
    each.reminders.map(({ textKo }) => `· ${each.label === '' ? each.accountMasked : each.label}: ${textKo}`),
  );
  const list = table(['번호', '종류', '서버', '계좌', '이름', '키', '키 만료'], rows);
  return reminders.length === 0 ? list : `${list}\n\n${reminders.join('\n')}`;
}

export const connectionList: Command = {
  name: 'connection list',
  summary: 'KIS 연결을 모두 보여 줍니다. 키는 나오지 않습니다.',
  takes: '',
  options: {},
  async run({ core, result }) {
    const { connections, keychain } = await (await core()).kis.connections({});
    result({ connections, keychain }, () => {
      const note = keychain.reasonKo === null ? '' : `\n\n${keychain.reasonKo}`;
      return `${listed(connections)}${note}`;
    });
    return undefined;
  },
};

/** The line that the offline KIS prints at its start. */
interface EmulatorLine {
  readonly rest: string;
  readonly ws: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly account: string;
  readonly htsId: string;
  readonly env: 'paper' | 'real';
}

function emulatorLine(text: string): EmulatorLine {
  try {
    return JSON.parse(text) as EmulatorLine;
  } catch {
    // The parser's own words would repeat a piece of the keys.
    throw new AppError('INPUT_INVALID', { where: '표준 입력', why: 'JSON 한 줄이 아닙니다.' });
  }
}

async function asked({ flags, world }: CommandContext): Promise<NewKisConnection> {
  const first = await world.ask('앱키(App Key), 또는 오프라인 KIS의 JSON 한 줄', { secret: true });
  const label = flags.optional('label') ?? '';
  if (first.trimStart().startsWith('{')) {
    const { rest, ws, appKey, appSecret, account, htsId, env } = emulatorLine(first);
    const address = { restUrl: rest, wsUrl: ws };
    return { label, kind: env, endpoint: 'emulator', ...address, appKey, appSecret, account, htsId, issuedOn: null };
  }
  const endpoint = flags.oneOf('endpoint', ['official', 'emulator']);
  return {
    label,
    kind: flags.oneOf('kind', ['paper', 'real']),
    endpoint,
    restUrl: flags.optional('rest'),
    wsUrl: flags.optional('ws'),
    appKey: first,
    appSecret: await world.ask('앱시크릿(App Secret)', { secret: true }),
    account: await world.ask('계좌번호 (12345678-01)', { secret: true }),
    htsId: await world.ask('HTS ID (없으면 빈 줄)', { secret: true }),
    issuedOn: flags.optional('issued'),
  };
}

export const connectionAdd: Command = {
  name: 'connection add',
  summary: '연결을 저장합니다. 키는 물어보거나 표준 입력으로 받습니다(한 줄에 하나, 또는 오프라인 KIS의 JSON 한 줄).',
  takes: '',
  options: {
    kind: { kind: 'text', value: 'paper|real', summary: '모의(적지 않으면) 또는 실전' },
    endpoint: { kind: 'text', value: 'official|emulator', summary: '증권사 공식 서버(적지 않으면) 또는 오프라인 KIS' },
    rest: { kind: 'text', value: 'URL', summary: '오프라인 KIS의 REST 주소' },
    ws: { kind: 'text', value: 'URL', summary: '오프라인 KIS의 WebSocket 주소' },
    label: { kind: 'text', value: 'NAME', summary: '이름' },
    issued: { kind: 'text', value: 'DATE', summary: '키를 발급받은 날' },
  },
  async run(context) {
    const { core, result } = context;
    const entry = await asked(context);
    const saved = await (await core()).kis.save(entry);
    result(saved, () => listed([saved]));
    return undefined;
  },
};

export const connectionImport: Command = {
  name: 'connection import',
  summary: 'kis_devlp.yaml에서 연결을 가져옵니다. 파일은 그대로 둡니다.',
  takes: 'FILE',
  options: {
    endpoint: { kind: 'text', value: 'official|emulator', summary: '증권사 공식 서버(적지 않으면) 또는 오프라인 KIS' },
  },
  async run({ args, flags, core, result, world }) {
    const [file] = args;
    if (file === undefined || args.length > 1) {
      throw new AppError('INPUT_INVALID', { where: 'FILE', why: '파일 하나를 적으세요.' });
    }
    const path = resolve(world.cwd, file);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      throw new AppError('FILE_MISSING', { path }, { cause: error });
    }
    const endpoint = flags.oneOf('endpoint', ['official', 'emulator']);
    const taken = await (await core()).kis.importYaml({ text, endpoint });
    result(taken, () => [listed(taken.connections), ...taken.skipped.map((line) => `· ${line}`)].join('\n'));
    return taken.connections.length === 0 ? 1 : undefined;
  },
};

function idOf(args: readonly string[]): string {
  const [connectionId] = args;
  if (connectionId === undefined || args.length > 1) {
    throw new AppError('INPUT_INVALID', { where: 'ID', why: '연결 번호 하나를 적으세요. connection list에 있습니다.' });
  }
  return connectionId;
}

export const connectionRemove: Command = {
  name: 'connection remove',
  summary: '연결과 그 키를 지웁니다. 주문 기록은 남습니다.',
  takes: 'ID',
  options: {},
  async run({ args, core, result }) {
    const { removed } = await (await core()).kis.remove({ connectionId: idOf(args) });
    result({ removed }, () => (removed ? '지웠습니다.' : '없는 연결입니다.'));
    return removed ? undefined : 1;
  },
};

export const connectionTest: Command = {
  name: 'connection test',
  summary: '연결을 단계별로 확인합니다. 주문은 내지 않습니다.',
  takes: 'ID',
  options: {},
  async run({ args, core, result }) {
    const checks = await (await core()).kis.test({ connectionId: idOf(args) });
    const ok = checks.every((check) => check.ok);
    result({ ok, checks }, () => {
      const rows = checks.map((check) => [
        check.ok ? '예' : '아니요',
        check.nameKo,
        `${check.ms} ms`,
        check.reason === null ? '' : `${check.reason.messageKo} ${check.reason.actionKo}`,
      ]);
      return table(['됨', '단계', '걸린 시간', '까닭'], rows);
    });
    return ok ? undefined : 1;
  },
};
