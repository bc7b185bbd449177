/** Error codes of symbol masters: files, rows that are left out, downloads. */
import { input, unavailable, type CatalogEntry } from './catalog-entry.ts';

export const MASTER_CATALOG = {
  MASTER_FILE_UNKNOWN: input(
    '종목 마스터 파일이 아닙니다: {path}',
    '한국투자증권이 주는 이름 그대로인 파일(kospi_code.mst, nasmst.cod.zip 등)을 고르세요.',
  ),
  MASTER_NONE: input(
    '종목 마스터 파일이 없는 폴더입니다: {path}',
    'kospi_code.mst처럼 받은 이름 그대로인 파일이 든 폴더를 고르세요.',
  ),
  MASTER_ZIP: input('압축 파일이 깨졌습니다: {path}', '파일을 다시 받으세요. 이전 자료는 그대로입니다.'),
  MASTER_TOO_LARGE: input('파일이 너무 큽니다: {path}. {limit}MB까지 읽습니다.', '올바른 파일인지 확인하세요.'),
  MASTER_DRIFT: input(
    '파일의 열 자리가 바뀐 것 같습니다. {total}줄 가운데 {faulty}줄이 어긋나고, 처음 어긋난 곳은 {line}번째 줄의 "{field}"입니다.',
    '가져오지 않고 이전 자료를 그대로 씁니다. 파일을 다시 받고, 그래도 같으면 프로그램을 새 판으로 바꾸세요.',
  ),
  MASTER_HOST: input(
    '종목 마스터를 받을 수 없는 주소입니다: {url}',
    '공식 주소를 쓰거나, 이 컴퓨터에서 도는 에뮬레이터의 주소(http://127.0.0.1:포트)를 적으세요.',
  ),
  MASTER_DOWNLOAD: unavailable(
    '{file} 파일을 받지 못했습니다. {why}',
    '인터넷 연결을 확인하고 다시 받으세요. 이전 자료는 그대로입니다.',
  ),
  MASTER_SYMBOL_UNKNOWN: input('종목 마스터에 없습니다: {id}', '종목 마스터를 가져오거나 다시 찾으세요.'),
  MASTER_SEARCH_LOST: unavailable('찾기를 다시 준비하고 있습니다.', '잠시 뒤 다시 입력하세요.'),

  // Rows that an import leaves out; the sentence is the reason beside file and line
  MASTER_ROW_LENGTH: input('줄의 길이가 {found}바이트입니다. {wanted}바이트여야 합니다.', '파일을 다시 받으세요.'),
  MASTER_ROW_FIELDS: input('칸이 {found}개입니다. {wanted}개여야 합니다.', '파일을 다시 받으세요.'),
  MASTER_ROW_VALUE: input('"{field}" 값이 맞지 않습니다: {value}', '파일을 다시 받으세요.'),
  MASTER_ROW_LETTERS: input('"{field}"의 글자가 깨졌습니다.', '파일을 다시 받으세요.'),
  MASTER_ROW_TWIN: input('같은 코드가 {line}번째 줄에 이미 있습니다: {code}', '앞의 줄을 씁니다.'),
} as const satisfies Record<string, CatalogEntry>;
