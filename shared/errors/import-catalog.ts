/** Error codes about files and imports: family, Korean sentence, next step. */
import { input, unavailable, type CatalogEntry } from './catalog-entry.ts';

export const IMPORT_CATALOG = {
  // Files and imports
  FILE_NOT_WRITABLE: input('파일에 쓸 수 없습니다: {path}', '폴더와 권한을 확인하세요.'),
  FILE_MISSING: input('파일이 없습니다: {path}', '경로를 확인하세요.'),
  FILE_UNREADABLE: input('파일을 읽지 못했습니다: {path}. {why}', '파일이 온전한지 확인하고 다시 받으세요.'),
  FILE_TRUNCATED: input('파일이 중간에 끊겼습니다: {path}', '파일을 다시 받으세요. 이전 자료는 그대로입니다.'),
  FILE_ENCODING: input('글자 형식이 UTF-8이 아닙니다: {path}', 'UTF-8로 저장한 뒤 다시 가져오세요.'),
  FILE_COLUMNS: input('필요한 열이 없습니다: {columns}', '첫 줄의 열 이름을 확인하세요.'),
  FILE_EMPTY: input('가져올 줄이 없습니다: {path}', '파일 내용을 확인하세요.'),
  CSV_CODE_NEEDED: input(
    '어느 종목의 파일인지 모릅니다: {path}',
    '종목 코드를 적으세요. 명령줄에서는 --code로 적습니다.',
  ),
  CSV_MAPPING_NEEDED: input(
    '열의 뜻을 아직 모릅니다: {columns}',
    '날짜·시가·고가·저가·종가·거래량이 어느 열인지 고르세요.',
  ),
  FILE_TOO_LARGE: input('파일이 너무 큽니다: {path}', '{limit}줄 아래로 나누어 가져오세요.'),
  UPLOAD_UNKNOWN: input('올리던 파일을 찾을 수 없습니다.', '파일을 다시 고르세요.'),
  TOO_MANY_IMPORTS: unavailable(
    '기다리는 가져오기가 {limit}건을 넘었습니다.',
    '앞의 가져오기가 끝난 뒤 다시 시도하세요.',
  ),
  IMPORT_INTERRUPTED: unavailable('가져오기를 중단했습니다. 이전 자료는 그대로입니다.', '다시 가져오세요.'),

  // Rows that an import leaves out; the sentence is the reason beside file and line
  ROW_COLUMNS: input('칸의 수가 첫 줄과 다릅니다.', '그 줄을 고친 뒤 다시 가져오세요.'),
  ROW_QUOTES: input('따옴표가 맞지 않습니다.', '그 줄을 고친 뒤 다시 가져오세요.'),
  ROW_MISSING: input('{column} 값이 없습니다.', '그 줄을 고친 뒤 다시 가져오세요.'),
  ROW_NUMBER: input('{column} 값이 정수가 아닙니다: {value}', '그 줄을 고친 뒤 다시 가져오세요.'),
  ROW_NEGATIVE: input('{column} 값이 음수입니다: {value}', '그 줄을 고친 뒤 다시 가져오세요.'),
  ROW_DATE: input('날짜가 아닙니다: {value}', 'YYYY-MM-DD로 적으세요.'),
  ROW_CODE: input('종목 코드가 아닙니다: {value}', '여섯 자리 숫자나 대문자로 적으세요.'),
  ROW_MARKET: input('모르는 시장입니다: {value}', 'KOSPI, KOSDAQ, KONEX 가운데 하나로 적으세요.'),
  ROW_TIME: input('시각이 아닙니다: {value}', '09:00:00.000처럼 적으세요.'),
  ROW_SIDE: input('매수·매도 구분이 아닙니다: {value}', 'buy 또는 sell로 적거나 비워 두세요.'),
  ROW_MINUTE: input('같은 종목과 분이 {line}번째 줄에 이미 있습니다.', '한 줄만 남기고 다시 가져오세요.'),
  ROW_BOOK: input('매수 1호가가 매도 1호가보다 낮지 않습니다.', '그 줄을 고친 뒤 다시 가져오세요.'),
  FILE_LEVELS: input('호가 단계 수가 다른 파일이 섞여 있습니다: {path}', '단계 수가 같은 파일끼리 가져오세요.'),
  ROW_PRICES: input('고가와 저가 사이에 시가와 종가가 있지 않습니다.', '그 줄을 고친 뒤 다시 가져오세요.'),
  ROW_DUPLICATE: input('같은 종목과 날짜가 {line}번째 줄에 이미 있습니다.', '한 줄만 남기고 다시 가져오세요.'),
} as const satisfies Record<string, CatalogEntry>;
