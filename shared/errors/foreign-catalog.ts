/** Error codes about foreign issues and the accounts of their currencies: family, Korean sentence, next step. Amounts come as text with their unit. */
import { denied, type CatalogEntry } from './catalog-entry.ts';

export const FOREIGN_CATALOG = {
  GUARD_FOREIGN_ACCOUNT: denied(
    '이 종목은 {currency} 계좌에서 주문합니다.',
    '이 연결의 {currency} 계좌를 고르세요. 보이지 않으면 먼저 증권사에서 환전하세요.',
  ),
  GUARD_KRW_ACCOUNT: denied('국내 종목은 원화 계좌에서 주문합니다.', '원화 계좌를 고르세요.'),
  GUARD_FOREIGN_TYPE: denied(
    '해외 종목은 지정가 당일 주문만 낼 수 있습니다.',
    '유형을 지정가, 조건을 당일로 바꾸세요.',
  ),
  GUARD_FOREIGN_AMEND: denied('이 거래소에서는 주문을 정정할 수 없습니다.', '취소한 뒤 새 가격으로 다시 주문하세요.'),
  GUARD_FOREIGN_TICK: denied(
    '가격이 호가 단위 {tick}{unit}에 맞지 않습니다.',
    '{below}{unit} 또는 {above}{unit}에 맞추세요.',
  ),
  GUARD_FOREIGN_CASH: denied('주문 가능 금액이 {short}{unit} 모자랍니다.', '수량을 {fit}주로 줄이세요.'),
  GUARD_FOREIGN_NOTIONAL: denied('한 번에 {limit}{unit}까지입니다.', '나누어 내거나 설정에서 한도를 바꾸세요.'),
  GUARD_FOREIGN_NO_PRICE: denied('이 종목의 현재가를 아직 모릅니다.', '시세가 표시된 뒤 다시 내세요.'),
  GUARD_FOREIGN_LIMIT_UP: denied('상한가 {limit}{unit}보다 높은 가격입니다.', '{limit}{unit} 이하로 바꾸세요.'),
  GUARD_FOREIGN_LIMIT_DOWN: denied('하한가 {limit}{unit}보다 낮은 가격입니다.', '{limit}{unit} 이상으로 바꾸세요.'),
  GUARD_FOREIGN_RULES_UNKNOWN: denied(
    '이 종목의 호가 단위를 모릅니다.',
    '증권사 앱에서 주문하세요. 알 수 없는 종목의 주문은 보내지 않습니다.',
  ),
  GUARD_LOT_UNKNOWN: denied(
    '이 종목의 매매 단위를 아직 모릅니다.',
    '종목 마스터를 가져오세요. 모의투자는 매매 단위를 알려 주지 않습니다.',
  ),
  GUARD_LOT_LEAST: denied('{least}주부터 주문할 수 있습니다.', '수량을 {least}주 이상으로 바꾸세요.'),
  GUARD_HOLIDAY_UNKNOWN: denied(
    '이 거래소의 휴장일을 모릅니다. 오늘 쉬는 날이면 거래소가 주문을 거부합니다.',
    '휴장일인지 확인하고 주문하세요.',
  ),
} as const satisfies Record<string, CatalogEntry>;
