/** Which threats are about the same thing: alerts are told once for each cause. */
import type { DetectorId, Threat } from '../../domain/index.ts';

/** Detectors of the market as a whole. */
const WHOLE: ReadonlySet<DetectorId> = new Set(['M05', 'M06', 'M07', 'M08', 'M09', 'M16', 'M17']);
export function isWholeMarket(detector: DetectorId): boolean {
  return WHOLE.has(detector);
}

/** Detectors of one issue that a move of the whole market sets off as well. */
const FOLLOWING: ReadonlySet<DetectorId> = new Set(['M01', 'M02', 'M03', 'M10', 'M11', 'M12', 'M13', 'M15']);
/** Losses of an account and its portfolio. */
const LOSSES: ReadonlySet<DetectorId> = new Set(['A01', 'A02', 'A05']);
/** The line to the broker and what stands still with it. */
const LINE: ReadonlySet<DetectorId> = new Set(['O04', 'O06', 'O07', 'O09']);

/**
 * The cause of a threat. While the whole market moves, what its issues show is the market's; losses of an account are one
 * cause, and so is a line that fails. Anything else is a cause by its subject.
 */
export function causeOf(
  { detector, subject, family }: Pick<Threat, 'detector' | 'subject' | 'family'>,
  open: readonly Pick<Threat, 'detector' | 'phase'>[],
): string {
  if (isWholeMarket(detector)) return 'market';
  if (FOLLOWING.has(detector) && open.some((other) => isWholeMarket(other.detector) && other.phase !== 'fading'))
    return 'market';
  if (LOSSES.has(detector)) return `loss ${subject}`;
  if (LINE.has(detector)) return 'line';
  return `${family} ${subject}`;
}

export interface AlertTitle {
  readonly ko: string;
  readonly en: string;
}

const OF_CAUSE: Readonly<Record<string, AlertTitle>> = {
  market: { ko: '시장 전체의 움직임', en: 'The whole market moves' },
  line: { ko: '증권사 연결 이상', en: 'Trouble on the line to the broker' },
};
const OF_FAMILY: Readonly<Record<Threat['family'], AlertTitle>> = {
  account: { ko: '계좌 위험', en: 'Risk of an account' },
  portfolio: { ko: '포트폴리오 위험', en: 'Risk of the portfolio' },
  market: { ko: '종목의 이상 움직임', en: 'An issue moves unusually' },
  operation: { ko: '주문·운영 이상', en: 'Trouble with orders' },
  security: { ko: '보안 위험', en: 'Risk of security' },
};

/** What the alerts of a cause are called. The name of the issue or account is its teller's to add, from `subject`. */
export function titleOf(cause: string, { family }: Pick<Threat, 'family'>): AlertTitle {
  if (cause.startsWith('loss ')) return { ko: '계좌 손실', en: 'Losses of an account' };
  return OF_CAUSE[cause] ?? OF_FAMILY[family];
}
