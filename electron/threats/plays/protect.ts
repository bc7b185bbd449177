/** P3, P4, P6 and P9: protections that stand against new orders. */
import { codeOf, type InstrumentId } from '#shared/domain/index.ts';
import { AppError, OVERRIDE_PHRASE } from '#shared/errors/index.ts';
import { epochMs, kstTimeText } from '#shared/time/index.ts';
import type { Play, PlayCause, PlayGround } from './play.ts';

const COLLAR_MS = 30_000;
const COOLING_MS = 600_000;

/** Protections bear the id of the play that put them up. */
const protectionId = ({ playId }: PlayCause): string => playId;

const nameOf = ({ hub }: PlayGround, id: InstrumentId | null): string =>
  id === null ? '모든 종목' : (hub.facts(id)?.instrument.nameKo ?? codeOf(id));
const nameEn = ({ hub }: PlayGround, id: InstrumentId | null): string =>
  id === null ? 'every issue' : (hub.facts(id)?.instrument.nameKo ?? codeOf(id));

const release: Play['release'] = (cause, { desk }) => void desk.protections.lift(protectionId(cause));

function words({ threat }: PlayCause) {
  return { whyKo: threat.latest.sentenceKo, whyEn: threat.latest.sentenceEn };
}

export const COLLAR: Play = {
  id: 'P3',
  run(cause, ground) {
    const { instrumentId } = cause;
    const fromTs = ground.clock.now();
    const id = protectionId(cause);
    ground.desk.protections.put({
      ...words(cause),
      protectionId: id,
      kind: 'collar',
      instrumentId,
      fromTs,
      forMs: COLLAR_MS,
    });
    const untilTs = fromTs + COLLAR_MS;
    const until = kstTimeText(epochMs(untilTs));
    return {
      state: 'running',
      untilTs,
      did: {
        ko: `${nameOf(ground, instrumentId)}에 ${until}까지 가격 울타리를 치고 원클릭 주문을 멈췄습니다.`,
        en: `A collar stands on ${nameEn(ground, instrumentId)} until ${until}; one-click orders are paused.`,
      },
    };
  },
  release,
};

export const AUCTION_MODE: Play = {
  id: 'P4',
  run(cause, ground) {
    const { instrumentId } = cause;
    if (instrumentId === null) throw new AppError('INPUT_INVALID', { where: 'P4', why: '종목이 없는 위협입니다.' });
    const fromTs = ground.clock.now();
    const id = protectionId(cause);
    ground.desk.protections.put({
      ...words(cause),
      protectionId: id,
      kind: 'auction',
      instrumentId,
      fromTs,
      forMs: null,
    });
    const untilTs = ground.hub.facts(instrumentId)?.krx.interruption?.untilTs ?? null;
    const at = untilTs === null ? '' : ` 풀리는 시각은 ${kstTimeText(epochMs(untilTs))}쯤입니다.`;
    const atEn = untilTs === null ? '' : ` It should end about ${kstTimeText(epochMs(untilTs))}.`;
    return {
      state: 'running',
      did: {
        ko: `${nameOf(ground, instrumentId)}의 시장가를 접속매매로 돌아올 때까지 막았습니다.${at}`,
        en: `Market orders on ${nameEn(ground, instrumentId)} wait for continuous trading.${atEn}`,
      },
    };
  },
  release,
};

export const BLOCK: Play = {
  id: 'P6',
  run(cause, ground) {
    const { orderId, instrumentId, accountId, threat } = cause;
    const { protections } = ground.desk;
    // Confirmed by hand it comes after the order was judged: that one is past, and the next is what can be blocked.
    const judged = orderId !== null && ground.desk.order(orderId) === undefined;
    if (judged) protections.blockOrder(orderId, threat.latest.sentenceKo);
    // One slip is one order; a burst is not over with it, and an issue in trouble stays so.
    const lasting = threat.detector === 'O03' || !judged;
    if (lasting)
      protections.put({
        ...words(cause),
        protectionId: protectionId(cause),
        kind: 'block',
        instrumentId,
        accountId: instrumentId === null ? accountId : null,
        buysOnly: instrumentId !== null,
        fromTs: ground.clock.now(),
        forMs: null,
      });
    const override = `그래도 내려면 "${OVERRIDE_PHRASE}"를 입력하세요.`;
    const overrideEn = `Type "${OVERRIDE_PHRASE}" to send one anyway.`;
    if (!lasting)
      return { state: 'done', did: { ko: `이 주문을 막았습니다. ${override}`, en: `Blocked. ${overrideEn}` } };
    const what = instrumentId === null ? '이 계좌의 새 주문을' : `${nameOf(ground, instrumentId)} 새 매수를`;
    const whatEn = instrumentId === null ? 'New orders of the account' : `Purchases of ${nameEn(ground, instrumentId)}`;
    return {
      state: 'running',
      did: {
        ko: `위협이 가실 때까지 ${what} 막았습니다. ${override}`,
        en: `${whatEn} are blocked until the threat is over. ${overrideEn}`,
      },
    };
  },
  release,
};

export const COOLING: Play = {
  id: 'P9',
  run(cause, ground) {
    const { accountId } = cause;
    const fromTs = ground.clock.now();
    const untilTs = fromTs + COOLING_MS;
    const id = protectionId(cause);
    ground.desk.protections.put({
      ...words(cause),
      protectionId: id,
      kind: 'cooling',
      accountId,
      buysOnly: true,
      fromTs,
      forMs: COOLING_MS,
    });
    const until = kstTimeText(epochMs(untilTs));
    return {
      state: 'running',
      untilTs,
      did: { ko: `${until}까지 새 매수를 받지 않습니다.`, en: `Purchases are refused until ${until}.` },
    };
  },
  release,
};
