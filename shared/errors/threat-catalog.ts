/** Error codes about threats, plays and the protections that they put up: family, Korean sentence, next step. */
import { denied, input, refused, type CatalogEntry } from './catalog-entry.ts';

export const THREAT_CATALOG = {
  GUARD_COLLARED: denied(
    '가격 울타리가 쳐진 동안 이 종목의 시장가와 {price}원을 넘어서는 지정가는 받지 않습니다. {why}',
    '{price}원 안쪽의 지정가로 내거나 {until}까지 기다리세요.',
  ),
  GUARD_AUCTION_MODE: denied(
    '단일가 모드인 종목에는 시장가를 받지 않습니다. {why}',
    '지정가로 내거나 접속매매로 돌아올 때까지({release}) 기다리세요.',
  ),
  GUARD_BLOCKED: denied(
    '위협 대응으로 막은 주문입니다. {why}',
    '주문을 다시 확인하세요. 그래도 내려면 위협 센터에서 "{phrase}"를 입력하세요.',
  ),
  GUARD_COOLING: denied('쉬는 시간입니다. {until}까지 새 매수를 받지 않습니다. {why}', '{until} 뒤에 다시 내세요.'),
  GUARD_FROZEN: denied(
    '잔고를 증권사와 맞추는 동안 자동 주문을 멈췄습니다. {why}',
    '장부가 같아지면 저절로 풀립니다. 손으로 내는 주문은 됩니다.',
  ),
  PLAY_UNKNOWN: input('없는 대응입니다: {playId}', '목록을 새로 확인하세요.'),
  PLAY_OVER: refused('이미 끝난 대응입니다.', '목록을 새로 확인하세요.'),
  PLAY_NO_PLAN: input('보낼 주문이 없는 대응입니다.', '계획을 다시 만들거나 직접 주문하세요.'),
  PLAY_RELEASE_HALT: refused(
    '매매 중지는 여기서 풀지 않습니다.',
    '증권사와 장부가 맞는지 확인한 뒤 매매 재개에서 문구를 입력하세요.',
  ),
  PROTECTION_UNKNOWN: input('없는 보호 조치입니다: {protectionId}', '목록을 새로 확인하세요.'),
  PROTECTION_NO_OVERRIDE: refused('{kind} 조치는 건너뛸 수 없습니다.', '조치를 풀거나 저절로 풀릴 때까지 기다리세요.'),
  OVERRIDE_PHRASE: input('건너뛰려면 "{phrase}"를 그대로 입력하세요.', '주문을 다시 확인한 뒤 입력하세요.'),
  DETECTOR_UNKNOWN: input('없는 감지기입니다: {id}', '목록을 새로 확인하세요.'),
  DETECTOR_PARAM: input('{label}은 {min}부터 {max}까지입니다: {value}', '범위 안의 값으로 바꾸세요.'),
  PLAY_MANDATE_PAST: input('위임의 끝이 이미 지났습니다: {until}', '오늘이나 뒤의 날로 바꾸세요.'),
  PLAY_MANDATE_LONG: input('위임은 {days}일까지 할 수 있습니다.', '더 이른 날로 바꾸세요.'),
  PLAY_MANDATE_UNKNOWN: input('없는 위임입니다: {mandateId}', '목록을 새로 확인하세요.'),
  PLAY_MANDATES_FULL: refused('위임은 {limit}건까지 둘 수 있습니다.', '쓰지 않는 위임을 거두세요.'),
  PLAY_MANDATE_NONE: input('{play}는 위임 없이도 늘 켜져 있습니다.', '다른 대응을 고르세요.'),
  DOCUMENT_SIGNED: refused(
    '이 문서는 바로 고칠 수 없습니다: {kind}',
    '위협 센터에서 위임에 서명하거나 감지기 설정을 바꾸세요.',
  ),
  RISK_WON_ONLY: input('포트폴리오 위험은 원화 계좌만 계산합니다.', '원화 계좌를 고르세요.'),
  THREAT_TUNE_BUSY: refused('다른 값을 이미 시험하고 있습니다.', '끝나기를 기다리거나 취소한 뒤 다시 하세요.'),
  THREAT_TUNE_NO_DAYS: input(
    '보유·관심 종목의 기록된 거래일이 없어 지난 한 달로 시험할 수 없습니다.',
    '데이터 가져오기로 기록을 넣거나 시나리오로 시험하세요.',
  ),
  THREAT_TUNE_UNKNOWN: input('없는 시험입니다: {jobId}', '목록을 새로 확인하세요.'),
  THREAT_UNKNOWN: input('없는 위협입니다: {threatId}', '목록을 새로 확인하세요.'),
  THREAT_RAISED: refused('{name} 감지: {why}', '위협 센터에서 근거와 대응을 확인하세요.'),
  PLAY_RAN: refused('{play} 대응을 했습니다. {did}', '위협 센터에서 확인하고, 풀 수 있으면 거기서 푸세요.'),
  PLAY_FAILED: refused('{play} 대응을 하지 못했습니다. {why}', '직접 확인하고 필요한 조치를 하세요.'),
} as const satisfies Record<string, CatalogEntry>;
