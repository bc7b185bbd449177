/** P8: asks the broker again until the books agree; automated orders wait meanwhile. */
import type { Play, PlayCause, PlayDid, PlayGround } from './play.ts';

/** Between two inquiries while something is unsettled, and how many before it is left to the user. */
const AGAIN_MS = 5_000;
const MOST_ROUNDS = 24;

type Outcome = Awaited<NonNullable<PlayDid['later']>>;

const EQUAL: Outcome = {
  state: 'done',
  did: {
    ko: '증권사와 장부가 같습니다. 자동 주문을 다시 받습니다.',
    en: 'The books agree with the broker; automated orders are taken again.',
  },
};
const DIFFERENT: Outcome = {
  state: 'running',
  did: {
    ko: '여러 번 조회해도 장부가 같아지지 않아 자동 주문을 멈춰 두었습니다. 직접 확인한 뒤 푸세요.',
    en: 'The books still differ after many inquiries; automated orders stay stopped until you release them.',
  },
};

const wait = ({ timers }: PlayGround, ms: number): Promise<void> =>
  new Promise((done) => void timers.after(ms, () => done()));

async function untilEqual({ playId }: PlayCause, ground: PlayGround): Promise<Outcome> {
  const { desk } = ground;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const unsettled = await desk.reconcileNow();
    // Taken back by hand meanwhile.
    if (desk.protections.get(playId) === undefined) return EQUAL;
    if (unsettled === 0) {
      desk.protections.lift(playId);
      return EQUAL;
    }
    await wait(ground, AGAIN_MS);
  }
  return DIFFERENT;
}

export const RESYNC: Play = {
  id: 'P8',
  run(cause, ground) {
    const { playId, threat } = cause;
    const { sentenceKo: whyKo, sentenceEn: whyEn } = threat.latest;
    ground.desk.protections.put({
      protectionId: playId,
      kind: 'freeze',
      whyKo,
      whyEn,
      fromTs: ground.clock.now(),
      forMs: null,
    });
    return {
      state: 'running',
      did: {
        ko: '주문, 체결, 잔고를 다시 조회합니다. 장부가 같아질 때까지 자동 주문을 멈춥니다.',
        en: 'Orders, fills and balances are asked for again; automated orders wait until the books agree.',
      },
      later: untilEqual(cause, ground),
    };
  },
  release: ({ playId }, { desk }) => void desk.protections.lift(playId),
};
