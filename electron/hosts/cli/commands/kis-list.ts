/** `kis list`: the APIs of KIS, from the catalogue alone. */
import { isOrderApi, kisCatalogue, type KisApi } from '#core/catalogue/index.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';

/** What the kinds are called. */
export const KIND_KO: Readonly<Record<KisApi['kind'], string>> = { rest: 'REST', ws: '실시간' };

/** TR ids of an API, real ones first; each once. */
export function trIdsOf({ trId, trIdBy = [], oldTrIds = [] }: KisApi): readonly string[] {
  const rules = [trId, ...trIdBy];
  const all = [...rules.map(({ real }) => real), ...rules.map(({ paper }) => paper), ...oldTrIds];
  return [...new Set(all.filter((id) => id !== null))];
}

/** Whether a word stands in the names, the path or the TR ids of an API. */
function holds(api: KisApi, word: string): boolean {
  const text = [api.id, api.name, api.repoName ?? '', api.group, api.path, ...trIdsOf(api)].join(' ').toLowerCase();
  return text.includes(word.toLowerCase());
}

export const kisList: Command = {
  name: 'kis list',
  summary: '한국투자증권 API를 모두 보여 줍니다.',
  takes: '',
  options: {
    group: { kind: 'text', value: 'TEXT', summary: '분류에 이 말이 있는 것만: 국내주식, 주문/계좌, 실시간시세' },
    paper: { kind: 'flag', summary: '모의투자에서 되는 것만' },
    search: { kind: 'text', value: 'TEXT', summary: '이름, 설명, 주소, TR ID에 이 말이 있는 것만' },
  },
  run({ flags, result }) {
    const group = flags.optional('group');
    const word = flags.optional('search');
    const found = kisCatalogue().apis.filter(
      (api) =>
        (group === null || api.group.includes(group)) &&
        (!flags.has('paper') || api.paper) &&
        (word === null || holds(api, word)),
    );
    const rows = found.map(({ id, name, group: of, kind, paper }) => ({ id, name, group: of, kind, paper }));
    result(rows, () => {
      const lines = found.map((api) => [
        api.id,
        api.name,
        api.group,
        isOrderApi(api) ? '주문' : KIND_KO[api.kind],
        api.paper ? '모의' : '',
      ]);
      return `${table(['이름', '설명', '분류', '종류', '모의투자'], lines)}\n\n${found.length}개`;
    });
    return Promise.resolve(undefined);
  },
};
