/** P10: the token goes back, real trading is locked, and the evidence is kept without secrets. */
import { toEnvelope } from '#shared/errors/index.ts';
import type { Play, PlayCause, PlayDid, PlayGround, Words } from './play.ts';

type Outcome = Awaited<NonNullable<PlayDid['later']>>;

const joined = (parts: readonly Words[]): Words => ({
  ko: parts.map(({ ko }) => ko).join(' '),
  en: parts.map(({ en }) => en).join(' '),
});

const CLIPBOARD: Words = {
  ko: '복사해 둔 키가 있으면 클립보드를 비우고, 증권사 사이트에서 키를 다시 발급하세요.',
  en: "Clear the clipboard if a key was copied, and issue new keys at the broker's site.",
};

function bundle({ playId, threat, open }: PlayCause, { security, desk, clock }: PlayGround): Words {
  if (security.exportIncident === null)
    return { ko: '증거 파일을 둘 곳이 없습니다.', en: 'There is no place for the evidence.' };
  const facts = {
    wallTs: clock.now(),
    environment: desk.environment,
    tradingState: desk.tradingState,
    orders: desk.accounts().flatMap(({ accountId }) => desk.orders({ accountId, open: false, limit: 100 })),
    protections: desk.protections.all(clock.now()),
  };
  try {
    const path = security.exportIncident({ playId, threat, open, facts });
    return { ko: `증거를 ${path}에 모았습니다.`, en: `The evidence is in ${path}.` };
  } catch (error) {
    const { messageKo } = toEnvelope(error);
    return { ko: `증거를 쓰지 못했습니다. ${messageKo}`, en: `The evidence could not be written. ${messageKo}` };
  }
}

function lock({ security }: PlayGround): Words {
  if (security.lockReal === null)
    return { ko: '실전이 아니어서 잠글 것이 없습니다.', en: 'Not the real environment: nothing to lock.' };
  try {
    security.lockReal();
    return { ko: '실전 주문을 잠갔습니다.', en: 'Real trading is locked.' };
  } catch (error) {
    // The lock shuts before it is recorded; what the disk refuses must not keep the token from going back.
    const { messageKo } = toEnvelope(error);
    return {
      ko: `실전 주문을 잠갔지만 기록하지 못했습니다. ${messageKo}`,
      en: `Real trading is locked, but that could not be recorded. ${messageKo}`,
    };
  }
}

async function revoke({ security }: PlayGround, before: readonly Words[]): Promise<Outcome> {
  if (security.revokeToken === null) {
    const none: Words = {
      ko: '증권사 연결이 아니어서 돌려줄 접근토큰이 없습니다.',
      en: 'No connection to a broker, so there is no access token to return.',
    };
    return { state: 'done', did: joined([...before, none, CLIPBOARD]) };
  }
  try {
    const was = await security.revokeToken();
    const did: Words = was
      ? { ko: '접근토큰을 돌려주었습니다.', en: 'The access token was returned.' }
      : { ko: '증권사가 아는 접근토큰이 없었습니다.', en: 'The broker knew no access token.' };
    return { state: 'done', did: joined([...before, did, CLIPBOARD]) };
  } catch (error) {
    const { messageKo } = toEnvelope(error);
    const did: Words = {
      ko: `접근토큰을 돌려주지 못했습니다. ${messageKo}`,
      en: `The access token could not be returned. ${messageKo}`,
    };
    return { state: 'failed', did: joined([...before, did, CLIPBOARD]) };
  }
}

export const SECURE: Play = {
  id: 'P10',
  run(cause, ground) {
    const did = [lock(ground), bundle(cause, ground)];
    return { state: 'running', did: joined([...did, CLIPBOARD]), later: revoke(ground, did) };
  },
};
