/** What the command line says about itself. */
import type { Command, OptionSpec } from './command.ts';
import { textWidth } from './table.ts';

/** Options that every command takes. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { kind: 'flag', summary: 'JSON 하나로 답합니다.' },
  data: { kind: 'text', value: 'DIR', summary: '자료 폴더' },
  help: { kind: 'flag', summary: '이 명령의 도움말' },
};

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => textWidth(left)));
  return rows.map(([left, right]) => `  ${left}${' '.repeat(width - textWidth(left))}  ${right}`).join('\n');
}

function optionRow(name: string, spec: OptionSpec): readonly [string, string] {
  const more = spec.repeatable === true ? ' …' : '';
  return [spec.kind === 'flag' ? `--${name}` : `--${name} ${spec.value ?? 'VALUE'}${more}`, spec.summary];
}

function usage(command: Command): string {
  return command.takes === '' ? command.name : `${command.name} ${command.takes}`;
}

/** All commands, a line each. */
export function overview(commands: readonly Command[]): string {
  return [
    'npm run -s maru -- 명령 [선택]',
    '',
    '명령',
    columns(commands.map((command) => [usage(command), command.summary])),
    '',
    '모든 명령의 선택',
    columns(Object.entries(COMMON_OPTIONS).map(([name, spec]) => optionRow(name, spec))),
    '',
    '끝난 값: 0 마침, 1 실패, 2 잘못된 입력',
  ].join('\n');
}

/** One command with its options. */
export function commandHelp(command: Command): string {
  const options = { ...command.options, ...COMMON_OPTIONS };
  return [
    `npm run -s maru -- ${usage(command)}`,
    command.summary,
    '',
    columns(Object.entries(options).map(([name, spec]) => optionRow(name, spec))),
  ].join('\n');
}
