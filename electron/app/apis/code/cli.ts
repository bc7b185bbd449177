/** A call as a line of this program's command line. */
import type { ApiEnvironment } from '#shared/contract/index.ts';
import type { CodeCall } from './question.ts';

const PLAIN = /^[\w.,:/+=-]+$/;

function word(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Empty fields are left out where they may be: they are sent empty anyway. */
export function asCommand({ api, fields, selectors }: CodeCall, env: ApiEnvironment): string {
  const needed = new Set(
    api.request.filter(({ required, blank }) => required && blank !== true).map(({ name }) => name),
  );
  const typed = fields.flatMap((field) =>
    'text' in field && (field.text !== '' || needed.has(field.name)) ? [`${field.name}=${field.text}`] : [],
  );
  const chosen = Object.entries(selectors).map((pair) => pair.join('='));
  const params = [...chosen, ...typed].map((pair) => `--param ${word(pair)}`);
  return `npm run -s maru -- kis call ${[api.id, `--env ${env}`, ...params].join(' ')}\n`;
}
