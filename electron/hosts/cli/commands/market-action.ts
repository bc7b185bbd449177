/** `market action`: a corporate action of the practice market, entered or listed. */
import type { RegisteredAction } from '#shared/contract/index.ts';
import { CorporateAction, codeOf, krxId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { actionNameKo } from '#shared/market/index.ts';
import type { Command } from '../command.ts';
import { readInteger, type Flags } from '../flags.ts';
import { facts, table } from '../table.ts';

const KINDS = [
  'split',
  'bonus',
  'stockDividend',
  'rights',
  'capitalReduction',
  'splitOff',
  'relisting',
  'newListing',
  'distribution',
  'cashDividend',
] as const;

/** Two whole numbers, "1:5". */
function ratioOf(flags: Flags, name: string): readonly [number, number] {
  const [before = '', after = '', ...rest] = flags.text(name).split(':');
  const numbers = [readInteger(before), readInteger(after)] as const;
  if (rest.length > 0 || numbers[0] === null || numbers[1] === null)
    throw new AppError('INPUT_INVALID', { where: `--${name}`, why: '1:5처럼 정수 두 개로 적으세요.' });
  return [numbers[0], numbers[1]];
}

/** The action as its options say; what an action does not need is not read. */
function actionOf(flags: Flags): Record<string, unknown> {
  flags.text('kind');
  const kind = flags.oneOf('kind', KINDS);
  const change = (name = 'ratio') => {
    const [from, to] = ratioOf(flags, name);
    return { from, to };
  };
  const added = () => {
    const [old, more] = ratioOf(flags, 'ratio');
    return { old, new: more };
  };
  switch (kind) {
    case 'stockDividend':
    case 'bonus':
      return { kind, ...added() };
    case 'rights':
      return { kind, ...added(), issuePrice: flags.integer('won') };
    case 'split':
    case 'capitalReduction':
      return { kind, ...change() };
    case 'splitOff': {
      const code = flags.optional('new-code');
      const newIssue = code === null ? {} : { newIssue: { instrumentId: krxId(code), ...change('new-ratio') } };
      return { kind, ...change(), appraisal: flags.integer('won'), ...newIssue };
    }
    case 'relisting':
      return { kind, appraisal: flags.integer('won') };
    case 'newListing':
      return { kind, offerPrice: flags.integer('won') };
    default:
      return { kind, perUnit: flags.integer('won') };
  }
}

function rowOf({ no, instrumentId, exDate, action, appliedOn }: RegisteredAction): (string | number)[] {
  return [no, codeOf(instrumentId), exDate, actionNameKo(action), appliedOn ?? '예정'];
}

export const marketAction: Command = {
  name: 'market action',
  summary: '연습 시장에 권리 변동을 등록합니다. --code를 적지 않으면 등록한 것을 보여 줍니다.',
  takes: '',
  options: {
    code: { kind: 'text', value: 'CODE', summary: '종목 코드(예: 005930)' },
    date: { kind: 'text', value: 'YYYY-MM-DD', summary: '권리락일: 이날 아침부터 기준가와 잔고가 바뀝니다.' },
    kind: { kind: 'text', value: 'KIND', summary: `${KINDS.join(', ')} 가운데 하나` },
    ratio: {
      kind: 'text',
      value: 'A:B',
      summary: '분할·병합·감자는 A주가 B주로, 증자·주식배당은 A주당 새로 B주',
    },
    won: { kind: 'text', value: 'N', summary: '발행가, 평가가격, 공모가 또는 1주당 배당금·분배금(원)' },
    remove: { kind: 'text', value: 'N', summary: '아직 적용되지 않은 N번을 등록에서 뺍니다.' },
    'new-code': { kind: 'text', value: 'CODE', summary: '분할로 함께 받는 종목' },
    'new-ratio': { kind: 'text', value: 'A:B', summary: 'A주당 함께 받는 종목 B주' },
  },
  async run({ flags, core, result }) {
    const code = flags.optional('code');
    const removed = flags.optionalInteger('remove');
    if (code === null) {
      const { simulation } = await core();
      const actions = removed === null ? await simulation.actions({}) : await simulation.removeAction({ no: removed });
      result({ actions }, () => table(['번호', '종목', '권리락일', '내용', '적용'], actions.map(rowOf)));
      return undefined;
    }
    const date = flags.text('date');
    const parsed = CorporateAction.safeParse(actionOf(flags));
    if (!parsed.success) {
      const why = '1부터 1,000,000,000까지의 정수로 적으세요.';
      throw new AppError('INPUT_INVALID', { where: '--ratio, --won', why });
    }
    const client = await core();
    const action = await client.simulation.addAction({ instrumentId: krxId(code), date, action: parsed.data });
    result({ action }, () =>
      facts([
        ['번호', action.no],
        ['종목', code],
        ['권리락일', action.exDate],
        ['내용', actionNameKo(action.action)],
      ]),
    );
    return undefined;
  },
};
