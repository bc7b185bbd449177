/** Error codes about watchlists and the files they are read from: family, Korean sentence, next step. */
import { input, type CatalogEntry } from './catalog-entry.ts';

export const WATCH_CATALOG = {
  WATCH_FULL: input(
    '관심 목록 하나에 {limit}종목까지 담을 수 있습니다. 지금 {count}종목이 있습니다.',
    '목록을 나누거나 보지 않는 종목을 빼세요.',
  ),
  WATCH_FOLDERS_FULL: input('관심 목록 하나에 폴더를 {limit}개까지 둘 수 있습니다.', '쓰지 않는 폴더를 지우세요.'),
  WATCH_FILE_LARGE: input(
    '파일이 너무 큽니다({size}MB). {limit}MB까지 읽습니다.',
    '목록 하나에 {rows}종목까지 담을 수 있으니 파일을 나누세요.',
  ),
  WATCH_FILE_ROWS: input('파일에 {count}줄이 있습니다. {limit}줄까지 읽습니다.', '파일을 나누어 차례로 넣으세요.'),
  WATCH_FILE_TEXT: input('UTF-8도 CP949도 아닌 파일입니다: {name}', '엑셀에서 "CSV UTF-8"로 다시 저장한 뒤 넣으세요.'),
  WATCH_FILE_QUOTE: input(
    '{line}번째 줄에서 연 따옴표가 닫히지 않았습니다.',
    '그 줄의 따옴표를 고친 뒤 다시 넣으세요.',
  ),
} as const satisfies Record<string, CatalogEntry>;
