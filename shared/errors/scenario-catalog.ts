/** Error codes about scenarios and their runs: family, Korean sentence, next step. */
import { input, refused, type CatalogEntry } from './catalog-entry.ts';

export const SCENARIO_CATALOG = {
  SCENARIO_ONE_ACCOUNT: input(
    '증권사 장애가 있는 시나리오는 계좌 하나로 실행합니다.',
    '계좌를 하나만 남기거나 장애 이벤트를 빼세요.',
  ),
  SCENARIO_BROKEN: input('시나리오에 고칠 곳이 {count}곳 있습니다. 처음: {first}', '편집기에서 표시된 곳을 고치세요.'),
  SCENARIO_UNKNOWN: input('없는 시나리오입니다: {id}', '목록을 새로 확인하세요.'),
  SCENARIO_ISSUE: input('모의 시장에 없는 종목입니다: {code}', '상장된 종목의 코드로 바꾸세요.'),
  SCENARIO_NO_RECORD: input(
    '{date}의 {code} 기록이 없어 재생할 수 없습니다.',
    '데이터 가져오기로 그날의 기록을 먼저 넣거나 날짜와 종목을 바꾸세요.',
  ),
  SCENARIO_CHANGED: refused('다른 창에서 먼저 바꾼 시나리오입니다.', '새로 연 뒤 다시 고치세요.'),
  SCENARIO_RUNS_FULL: refused('시나리오를 한 번에 {limit}개까지 실행합니다.', '끝나기를 기다리거나 하나를 멈추세요.'),
  SCENARIO_SHIPPED: refused('함께 온 시나리오는 바꿀 수 없습니다.', '사본을 만들어 고치세요.'),
} as const satisfies Record<string, CatalogEntry>;
