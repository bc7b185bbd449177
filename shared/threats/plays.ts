/** The plays in words, in the order in which they are taken: what can be undone comes first. @source threat catalogue of 2026-11 */
import { atLeastAsSevere, type DetectorId, type PlayId, type ThreatSeverity } from '../domain/index.ts';

export interface PlayFacts {
  readonly id: PlayId;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly doesKo: string;
  readonly doesEn: string;
  /** What it acts on: the issue or account of the threat, one order, or everything. */
  readonly on: 'issue' | 'account' | 'order' | 'all';
  /** A threat below this is no reason for it. */
  readonly least: ThreatSeverity;
  /** How it ends: by time, when its cause is over, by hand, by the typed phrase, or with what it did. */
  readonly ends: 'time' | 'cause' | 'hand' | 'phrase' | 'itself';
}

export const PLAYS: readonly PlayFacts[] = [
  {
    id: 'P1',
    nameKo: '알림',
    nameEn: 'Notify',
    doesKo: '알립니다. 같은 까닭은 5분에 한 번입니다.',
    doesEn: 'Tells you; the same cause once in five minutes.',
    on: 'all',
    least: 'M',
    ends: 'itself',
  },
  {
    id: 'P2',
    nameKo: '노출 축소 계획',
    nameEn: 'Reduction plan',
    doesKo: '노출을 보이고, 크게 차지하는 종목부터 줄이는 주문 초안과 그 효과를 만듭니다. 주문은 사용자가 보냅니다.',
    doesEn:
      'Shows the exposure and drafts orders that reduce the largest holdings, with their effect. You send the orders.',
    on: 'all',
    least: 'M',
    ends: 'itself',
  },
  {
    id: 'P3',
    nameKo: '가격 울타리',
    nameEn: 'Price collar',
    doesKo: '30초 동안 시장가와 반대 호가를 1 % 넘는 지정가를 받지 않고, 원클릭 주문을 멈춥니다.',
    doesEn:
      'For 30 s refuses market orders and limits more than 1 % through the far side, and pauses one-click orders.',
    on: 'issue',
    least: 'M',
    ends: 'time',
  },
  {
    id: 'P4',
    nameKo: '단일가 모드',
    nameEn: 'Auction mode',
    doesKo: '접속매매로 돌아올 때까지 이 종목의 시장가를 받지 않습니다.',
    doesEn: 'Refuses market orders on the issue until continuous trading resumes.',
    on: 'issue',
    least: 'M',
    ends: 'cause',
  },
  {
    id: 'P5',
    nameKo: '청산만',
    nameEn: 'Reduce only',
    doesKo: '새 매수를 막고 매도만 받습니다.',
    doesEn: 'Refuses purchases; sales pass.',
    on: 'all',
    least: 'M',
    ends: 'hand',
  },
  {
    id: 'P6',
    nameKo: '주문 막기',
    nameEn: 'Block the order',
    doesKo: '문제가 된 주문을 막고 까닭을 보입니다. 문구를 입력하면 한 건을 낼 수 있습니다.',
    doesEn: 'Blocks the order in question and says why; a typed phrase lets one order pass.',
    on: 'order',
    least: 'H',
    ends: 'cause',
  },
  {
    id: 'P7',
    nameKo: '매매 중지',
    nameEn: 'Halt',
    doesKo: '새 주문과 정정을 막고, 열린 주문이 없음을 증권사가 확인할 때까지 모두 취소합니다.',
    doesEn: 'Refuses orders and changes, and cancels until the broker confirms that none is open.',
    on: 'all',
    least: 'C',
    ends: 'phrase',
  },
  {
    id: 'P8',
    nameKo: '다시 맞추기',
    nameEn: 'Resync',
    doesKo: '주문, 체결, 잔고를 지금 다시 조회하고, 장부가 같아질 때까지 자동 주문을 멈춥니다.',
    doesEn: 'Asks for orders, fills and balances now; automated orders wait until the books agree.',
    on: 'all',
    least: 'M',
    ends: 'itself',
  },
  {
    id: 'P9',
    nameKo: '쉬는 시간',
    nameEn: 'Cooling-off',
    doesKo: '10분 동안 이 계좌의 새 매수를 받지 않습니다.',
    doesEn: 'For 10 minutes refuses purchases of the account.',
    on: 'account',
    least: 'L',
    ends: 'time',
  },
  {
    id: 'P10',
    nameKo: '비밀 지키기',
    nameEn: 'Secure',
    doesKo: '접근토큰을 돌려주고 실전을 잠그며, 증거를 비밀 없이 파일로 모읍니다.',
    doesEn: 'Returns the access token, locks real trading, and gathers the evidence in files without secrets.',
    on: 'all',
    least: 'H',
    ends: 'itself',
  },
];

export function playFacts(id: PlayId): PlayFacts {
  const found = PLAYS.find((each) => each.id === id);
  if (!found) throw new RangeError(`no play ${id}`);
  return found;
}

/** Reduce-only for a whole account is no answer to a mere warning, except where the detector knows nothing worse. */
const MILD: ReadonlySet<DetectorId> = new Set(['A04']);

/** Whether a threat of this severity is a reason for the play. */
export function isReasonFor(play: PlayId, detector: DetectorId, severity: ThreatSeverity): boolean {
  const least = play === 'P5' && !MILD.has(detector) ? 'H' : playFacts(play).least;
  return atLeastAsSevere(severity, least);
}
