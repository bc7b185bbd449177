/** `kis copy`, `kis postman` and `kis recipes`: calls as code, the catalogue for Postman, and what is ready to run. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { recipeBook } from '#core/catalogue/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';
import { readParams } from './kis-call.ts';
import { namedApi } from './kis-describe.ts';

const FORMS = ['curl', 'typescript', 'python', 'cli'] as const;
const ENVS = ['simulator', 'paper', 'real'] as const;

export const kisCopy: Command = {
  name: 'kis copy',
  summary: 'API를 부르는 코드를 씁니다. 키와 계좌는 환경 변수에서 읽게 합니다.',
  takes: 'ID',
  options: {
    as: { kind: 'text', value: FORMS.join('|'), summary: '코드의 말. 적지 않으면 curl' },
    env: { kind: 'text', value: ENVS.join('|'), summary: 'TR ID와 주소를 고를 환경. 적지 않으면 simulator' },
    param: { kind: 'text', value: 'NAME=VALUE', repeatable: true, summary: '입력 하나. 여러 번 적습니다.' },
    key: { kind: 'text', value: 'KEY', summary: '실시간 채널의 코드' },
  },
  async run({ args, flags, core, result }) {
    const api = namedApi(args[0]);
    const form = flags.oneOf('as', FORMS);
    const env = flags.oneOf('env', ENVS);
    const given = api.kind === 'rest' ? readParams(api, flags.all('param')) : {};
    const key = flags.optional('key') ?? (api.kind === 'ws' ? (api.keyExample ?? '') : '');
    const { apis } = await core();
    const { fields } = await apis.describe({ id: api.id });
    // What was not given begins as the form on the screen does.
    const starts = fields.filter(({ fill }) => fill === 'user').map(({ name, start }) => [name, start] as const);
    const params = { ...Object.fromEntries(starts), ...given };
    const { text } = await apis.copy({ api: api.id, env, params, key, form });
    result({ api: api.id, form, text }, () => text.trimEnd());
    return undefined;
  },
};

export const kisPostman: Command = {
  name: 'kis postman',
  summary: '모든 API를 Postman 컬렉션(2.1)으로 씁니다.',
  takes: '',
  options: { out: { kind: 'text', value: 'FILE', summary: '쓸 파일' } },
  async run({ flags, core, result, world }) {
    const out = flags.optional('out');
    if (out === null) throw new AppError('INPUT_INVALID', { where: '--out', why: '쓸 파일을 적으세요.' });
    const { apis } = await core();
    const { text } = await apis.postman({});
    const path = resolve(world.cwd, out);
    writeFileSync(path, text);
    result({ path, bytes: Buffer.byteLength(text) }, () => `${path}에 썼습니다.`);
    return undefined;
  },
};

export const kisRecipes: Command = {
  name: 'kis recipes',
  summary: '바로 쓸 수 있는 호출, 실시간 채널, 주문, 명령을 보여 줍니다.',
  takes: '',
  options: {
    product: { kind: 'text', value: 'TEXT', summary: '상품: domestic-stock, overseas-stock, domestic-bond …' },
  },
  run({ flags, result }) {
    const product = flags.optional('product');
    const found = recipeBook().recipes.filter((recipe) => product === null || recipe.product === product);
    result(found, () => {
      const rows = found.map(({ ko, kind, api, cli }) => [ko, kind, cli ?? api ?? '']);
      return `${table(['할 일', '종류', 'API나 명령'], rows)}\n\n${found.length}개`;
    });
    return Promise.resolve(undefined);
  },
};
