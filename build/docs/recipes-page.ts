/** Writes docs/recipes.md from the recipes and the catalogue. */
import { writeFileSync } from 'node:fs';
import { kisCatalogue, recipeBook, type Recipe } from '#core/catalogue/index.ts';

const PRODUCTS: Readonly<Record<string, string>> = {
  auth: '연결과 인증',
  'domestic-stock': '국내주식',
  'overseas-stock': '해외주식',
  'domestic-futureoption': '국내 선물옵션',
  'overseas-futureoption': '해외 선물옵션',
  'domestic-bond': '채권',
  elw: 'ELW',
  etfetn: 'ETF·ETN',
};

const { recipes, samples } = recipeBook();
const catalogue = kisCatalogue();

/** As one word of a shell. */
const word = (text: string): string => (/^[\w.=-]+$/.test(text) ? text : `'${text}'`);

/** How a recipe is run without the screen. */
function way({ kind, api, cli, params = {}, key }: Recipe): string {
  if (kind === 'cli') return `\`${cli ?? ''}\``;
  if (kind === 'order') return cli === undefined ? '여기서 보내지 않습니다' : `\`${cli}\``;
  if (kind === 'channel') return key === undefined ? '실시간' : `실시간, 코드 \`${key}\``;
  const given = Object.entries(params).map((pair) => ` --param ${word(pair.join('='))}`);
  return `\`kis call ${api ?? ''}${given.join('')}\``;
}

function row(recipe: Recipe): string {
  const api = recipe.api === undefined ? undefined : catalogue.find(recipe.api);
  const paper = api === undefined ? '' : api.paper ? '됨' : '안 됨';
  return `| ${recipe.ko} | ${recipe.api === undefined ? '' : `\`${recipe.api}\``} | ${paper} | ${way(recipe)} |`;
}

const sections = Object.entries(PRODUCTS).map(([product, name]) => {
  const found = recipes.filter((recipe) => recipe.product === product);
  const sample = samples.find((each) => each.product === product);
  const files = sample
    ? `대신하는 공식 예제: \`${sample.folder}\`의 ${sample.files.map((file) => `\`${file}\``).join(', ')}\n\n`
    : '';
  return `## ${name}\n\n${files}| 할 일 | API | 모의 | 명령줄 |\n|---|---|---|---|\n${found.map(row).join('\n')}\n`;
});

writeFileSync(
  new URL('../../docs/recipes.md', import.meta.url),
  `# 바로 쓰는 예제

공식 예제 프로그램 ${samples.flatMap(({ files }) => files).length}개가 하는 일을 API 탐색기의 '예제'와 명령줄로 합니다. \`resources/kis/recipes.json\`에서 \`build/docs/recipes-page.ts\`가 만듭니다.
명령은 \`npm run -s maru --\` 뒤에 적습니다. \`kis call\`은 적지 않은 입력을 예제로 채우고 시뮬레이터에 보냅니다. \`--env paper\`나 \`--env real\`을 붙이면 연결로 보냅니다. 같은 목록은 \`kis recipes\`에도 있습니다.
주문은 점검과 기록을 거치는 주문 창과 \`order\` 명령으로만 나갑니다. 주문 창이 다루지 않는 상품의 주문 API는 어디서도 보내지 않습니다.

${sections.join('\n')}`,
);
