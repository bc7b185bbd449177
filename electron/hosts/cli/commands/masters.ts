/** `masters`: the broker's symbol files in, how they stand, and the search over everything that they name. */
import { resolve } from 'node:path';
import type { MasterReport, MasterStatus, MasterSymbol } from '#shared/contract/index.ts';
import { MASTER_PRODUCTS, MasterProduct } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { epochMs, kstDate, kstTimeText } from '#shared/time/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { facts, table } from '../table.ts';

const FOUND = 20;
const MOST_FOUND = 200;

/** "2026-11-27 06:10" in Korea. */
function moment(ts: number | null): string | null {
  if (ts === null) return null;
  const at = epochMs(ts);
  return `${kstDate(at)} ${kstTimeText(at).slice(0, 5)}`;
}

function statusText({ files, symbols, nightly }: MasterStatus): string {
  const rows = files.map(({ file, title, kept, refused }) => [
    file,
    title,
    kept?.rows ?? null,
    kept?.faulty ?? null,
    kept?.fileDate ?? null,
    moment(kept?.importedTs ?? null),
    refused?.why.messageKo ?? '',
  ]);
  const head = facts([
    ['종목', symbols],
    ['받는 곳', nightly.base],
    ['밤마다 받기', nightly.on ? `켬 (${nightly.at})` : '끔'],
    ['마지막으로 다 받은 때', moment(nightly.doneTs)],
    ['마지막 실패', nightly.failed?.why.messageKo ?? null],
  ]);
  return `${head}\n\n${table(['파일', '이름', '줄', '빠진 줄', '파일 날짜', '가져온 때', '가져오지 못한 까닭'], rows)}`;
}

function reportText({ files, ms }: MasterReport): string {
  const rows = files.map(({ file, title, state, rows: count, rowsBefore, faulty, error }) => [
    file,
    title,
    state === 'taken' ? '가져옴' : '그대로 둠',
    count,
    rowsBefore,
    faulty,
    error?.messageKo ?? '',
  ]);
  const head = facts([
    ['가져온 줄', files.reduce((sum, each) => sum + each.rows, 0)],
    ['걸린 시간(ms)', Math.round(ms)],
  ]);
  return `${head}\n\n${table(['파일', '이름', '결과', '줄', '이전 줄', '빠진 줄', '까닭'], rows)}`;
}

/** 1 where no file came in. */
function answer(context: CommandContext, report: MasterReport): number | undefined {
  context.result(report, () => reportText(report));
  return report.files.some(({ state }) => state === 'taken') ? undefined : 1;
}

export const mastersStatus: Command = {
  name: 'masters status',
  summary: '종목 마스터 파일마다 날짜, 줄 수, 빠진 줄을 보입니다.',
  takes: '',
  options: {},
  async run(context) {
    const status = await (await context.core()).masters.status({});
    context.result(status, () => statusText(status));
    return undefined;
  },
};

export const mastersImport: Command = {
  name: 'masters import',
  summary: '종목 마스터 파일(.mst, .cod, zip)이나 그런 파일이 든 폴더를 가져옵니다.',
  takes: 'PATH...',
  options: {},
  async run(context) {
    const { args, world } = context;
    if (args.length === 0)
      throw new AppError('INPUT_INVALID', { where: 'PATH', why: '가져올 파일이나 폴더를 적으세요.' });
    const files = args.map((path) => ({ path: resolve(world.cwd, path) }));
    return answer(context, await (await context.core()).masters.importFiles({ files }));
  },
};

export const mastersDownload: Command = {
  name: 'masters download',
  summary: '종목 마스터를 공식 주소에서 받아 가져옵니다. 파일을 적지 않으면 모두 받습니다.',
  takes: '[FILE...]',
  options: {
    from: {
      kind: 'text',
      value: 'URL',
      summary: '받을 곳: official 또는 이 컴퓨터의 에뮬레이터 주소. 다음에도 씁니다.',
    },
  },
  async run(context) {
    const client = await context.core();
    const from = context.flags.optional('from');
    if (from !== null) await client.masters.configure({ base: from === 'official' ? null : from });
    const files = context.args.length === 0 ? null : [...context.args];
    return answer(context, await client.masters.download({ files }));
  },
};

export const mastersNightly: Command = {
  name: 'masters nightly',
  summary: '밤마다 받기를 켜거나 끕니다.',
  takes: 'on|off',
  options: {},
  async run(context) {
    const [word] = context.args;
    if (word !== 'on' && word !== 'off')
      throw new AppError('INPUT_INVALID', { where: word ?? 'on|off', why: 'on 또는 off로 적으세요.' });
    const nightly = await (await context.core()).masters.configure({ nightly: word === 'on' });
    context.result(nightly, () =>
      facts([
        ['밤마다 받기', nightly.on ? `켬 (${nightly.at})` : '끔'],
        ['다음', moment(nightly.nextTs)],
        ['받는 곳', nightly.base],
      ]),
    );
    return undefined;
  },
};

export const mastersSearch: Command = {
  name: 'masters search',
  summary: '모든 상품의 종목을 코드, 이름, 초성으로 찾습니다.',
  takes: 'WORDS...',
  options: {
    product: { kind: 'text', value: 'NAME', repeatable: true, summary: `상품: ${MASTER_PRODUCTS.join(', ')}` },
    limit: { kind: 'text', value: 'COUNT', summary: `찾을 개수(1~${MOST_FOUND})` },
  },
  async run(context) {
    const { args, flags } = context;
    if (args.length === 0) throw new AppError('INPUT_INVALID', { where: 'WORDS', why: '찾을 말을 적으세요.' });
    const products = flags.all('product').map((name) => {
      const product = MasterProduct.safeParse(name);
      if (!product.success)
        throw new AppError('INPUT_INVALID', {
          where: '--product',
          why: `${MASTER_PRODUCTS.join(', ')} 가운데 하나여야 합니다.`,
        });
      return product.data;
    });
    const limit = flags.optionalInteger('limit') ?? FOUND;
    const found = await (await context.core()).masters.search({ query: args.join(' '), products, limit });
    context.result(found, () =>
      found.length === 0
        ? '찾은 종목이 없습니다. masters status로 가져온 파일을 확인하세요.'
        : table(
            ['코드', '이름', '영문 이름', '상품', '시장', '번호'],
            found.map(({ code, nameKo, nameEn, product, market, id }) => [code, nameKo, nameEn, product, market, id]),
          ),
    );
    return undefined;
  },
};

function symbolText({ symbol, title, fileDate, importedTs, fields, linked }: MasterSymbol): string {
  const rows = fields
    .filter(({ kind, raw }) => kind !== 'filler' && raw !== '')
    .map(({ name, label, raw, meaningKo }) => [label, meaningKo === null ? raw : `${raw} (${meaningKo})`, name]);
  const head = facts([
    ['종목', `${symbol.nameKo} ${symbol.code}`],
    ['파일', title],
    ['파일 날짜', fileDate],
    ['가져온 때', moment(importedTs)],
    ['관련', linked.map(({ nameKo }) => nameKo).join(', ') || null],
  ]);
  return `${head}\n\n${table(['항목', '값', '이름'], rows)}`;
}

export const mastersShow: Command = {
  name: 'masters show',
  summary: '한 종목의 마스터 항목을 모두 보입니다. ID는 masters search의 번호입니다.',
  takes: 'ID',
  options: {},
  async run(context) {
    const [id] = context.args;
    if (id === undefined)
      throw new AppError('INPUT_INVALID', { where: 'ID', why: 'masters search의 번호를 적으세요.' });
    const symbol = await (await context.core()).masters.symbol({ id });
    context.result(symbol, () => symbolText(symbol));
    return undefined;
  },
};
