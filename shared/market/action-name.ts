/** Korean names of corporate actions, as notices and lists say them. */
import type { CorporateAction } from '../domain/index.ts';
import { assertNever, groupDigits } from '../errors/index.ts';

const won = (amount: number): string => `${groupDigits(amount)}원`;

/** What an action is, without the issue: "1:5 액면분할". */
export function actionNameKo(action: CorporateAction): string {
  switch (action.kind) {
    case 'stockDividend':
      return `${action.old}주당 ${action.new}주 주식배당`;
    case 'bonus':
      return `${action.old}주당 ${action.new}주 무상증자`;
    case 'rights':
      return `${action.old}주당 ${action.new}주 유상증자(발행가 ${won(action.issuePrice)})`;
    case 'split':
      return `${action.from}:${action.to} ${action.to > action.from ? '액면분할' : '액면병합'}`;
    case 'capitalReduction':
      return `${action.from}:${action.to} 감자`;
    case 'relisting':
      return `재상장(평가가격 ${won(action.appraisal)})`;
    case 'splitOff':
      return `${action.from}:${action.to} 분할(평가가격 ${won(action.appraisal)})`;
    case 'newListing':
      return `신규 상장(공모가 ${won(action.offerPrice)})`;
    case 'distribution':
      return `1주당 ${won(action.perUnit)} 분배금`;
    case 'cashDividend':
      return `1주당 ${won(action.perUnit)} 현금배당`;
    default:
      return assertNever(action);
  }
}
