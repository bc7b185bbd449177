/** Error codes about American issues and dollar accounts: family, Korean sentence, next step. Amounts come as text. */
import { denied, type CatalogEntry } from './catalog-entry.ts';

export const US_CATALOG = {
  GUARD_US_ACCOUNT: denied('미국 종목은 달러 계좌에서 주문합니다.', '이 연결의 달러 계좌를 고르세요.'),
  GUARD_KRW_ACCOUNT: denied('국내 종목은 원화 계좌에서 주문합니다.', '원화 계좌를 고르세요.'),
  GUARD_US_TYPE: denied('미국 종목은 지정가 당일 주문만 낼 수 있습니다.', '유형을 지정가, 조건을 당일로 바꾸세요.'),
  GUARD_US_TICK: denied('가격이 호가 단위 {tick}달러에 맞지 않습니다.', '{below}달러나 {above}달러로 바꾸세요.'),
  GUARD_US_CASH: denied('주문 가능 금액이 {short}달러 모자랍니다.', '수량을 {fit}주로 줄이세요.'),
  GUARD_US_NOTIONAL: denied('한 번에 {limit}달러까지입니다.', '나누어 내거나 설정에서 한도를 바꾸세요.'),
  GUARD_US_NO_PRICE: denied('이 종목의 현재가를 아직 모릅니다.', '시세가 표시된 뒤 다시 내세요.'),
} as const satisfies Record<string, CatalogEntry>;
