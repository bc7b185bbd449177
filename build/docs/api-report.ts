/** Calls every row of the broker's list against the offline KIS and writes what was measured into docs/api-report.md. */
import { writeFileSync } from 'node:fs';
import { isOrderApi, kisCatalogue, officialList, type KisApi } from '#core/catalogue/index.ts';
import { hearChannels, hearRest, type Heard } from '#test/support/all-apis.ts';

type Pass = ReadonlyMap<string, Heard>;

/** A pass with the time that it took, milliseconds of this machine. */
async function timed(run: () => Promise<Pass>): Promise<{ readonly heard: Pass; readonly ms: number }> {
  const startMs = performance.now();
  const heard = await run();
  return { heard, ms: Math.round(performance.now() - startMs) };
}

const number = (value: number): string => value.toLocaleString('en-US');
const sum = (all: readonly Heard[], of: (heard: Heard) => number): number =>
  all.reduce((total, each) => total + of(each), 0);

/** What became of an API in one environment, in a few words. */
function told(heard: Heard | undefined, api: KisApi, env: 'real' | 'paper'): string {
  if (!heard) return '–';
  const { outcome, code, pages, rows, synthetic, faults } = heard;
  if (faults.length > 0) return `✗ ${faults[0] ?? ''}`;
  if (outcome === 'refused')
    return code === 'KIS_NOT_IN_PAPER' && env === 'paper' && !api.paper ? '모의에 없음' : `거절 ${code ?? ''}`;
  if (outcome === 'registered') return '등록됨, 이 시장에 없는 소식';
  const size = api.kind === 'ws' ? `${number(rows)}건` : `${number(pages)}쪽 ${number(rows)}건`;
  return `${size}${synthetic ? ' (합성)' : ''}`;
}

function totals(name: string, { heard, ms }: { readonly heard: Pass; readonly ms: number }): string {
  const all = [...heard.values()];
  const count = (outcome: Heard['outcome']): number => all.filter((each) => each.outcome === outcome).length;
  const paged = all.filter(({ pages }) => pages > 1).length;
  const cells = [
    name,
    number(all.length),
    number(count('answered')),
    number(count('registered')),
    number(count('refused')),
    number(sum(all, ({ pages }) => pages)),
    number(paged),
    number(sum(all, ({ rows }) => rows)),
    number(sum(all, ({ values }) => values)),
    number(sum(all, ({ faults }) => faults.length)),
    `${(ms / 1_000).toFixed(1)} s`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const catalogue = kisCatalogue();
const real = await timed(() => hearRest('real'));
const paper = await timed(() => hearRest('paper'));
const channels = await timed(hearChannels);

const rows = officialList().map(({ group, name, apiId }, place) => {
  const api = catalogue.find(apiId);
  if (!api) return `| ${place + 1} | ${group} | ${name} | ${apiId} | ✗ | ✗ |`;
  const inReal = api.kind === 'ws' ? channels.heard.get(apiId) : real.heard.get(apiId);
  const inPaper = api.kind === 'ws' ? undefined : paper.heard.get(apiId);
  const kind = isOrderApi(api) ? `${name} (주문)` : name;
  return `| ${place + 1} | ${group} | ${kind} | \`${apiId}\` | ${told(inReal, api, 'real')} | ${told(inPaper, api, 'paper')} |`;
});

const page = `# 모든 API를 한 번에 부른 결과

공식 목록 ${rows.length}줄을 실제 클라이언트로 오프라인 KIS에 모두 부른 결과입니다. \`build/docs/api-report.ts\`가 만들고, 같은 점검을 \`test/integration/kis/all-apis.test.ts\`가 합니다.
답은 모두 합성 자료이거나 지어낸 시장의 자료입니다. (합성)은 항목의 형식에 맞추어 지어낸 값입니다. 주문 API는 시험에서만 만들 수 있는 통과증으로 보냈고, 프로그램에서는 주문 창만 보낼 수 있습니다.

| 환경 | API | 답함 | 등록만 | 거절 | 쪽 | 여러 쪽인 API | 줄 | 살펴본 값 | 틀린 값 | 걸린 시간 |
|---|---|---|---|---|---|---|---|---|---|---|
${totals('REST 실전', real)}
${totals('REST 모의', paper)}
${totals('실시간', channels)}

거절: 모의투자에 없는 API이고, 클라이언트가 보내기 전에 거절합니다.
등록만: 오프라인 KIS에 그 시장이 없어(선물옵션의 주문 통보, NXT의 예상 체결) 아무것도 오지 않습니다.

| 번호 | 분류 | 이름 | API | 실전 | 모의 |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
writeFileSync(new URL('../../docs/api-report.md', import.meta.url), page);
