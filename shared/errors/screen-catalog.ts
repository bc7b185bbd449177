/** Error codes about the user's documents and the screen's own files: family, Korean sentence, next step. */
import { denied, input, refused, unavailable, type CatalogEntry } from './catalog-entry.ts';

export const SCREEN_CATALOG = {
  DOCUMENT_CHANGED: refused('다른 창에서 먼저 바꾸었습니다.', '바뀐 내용을 불러왔습니다. 확인한 뒤 다시 바꾸세요.'),
  DOCUMENT_NEWER: refused(
    '더 새로운 버전의 Maru가 저장한 파일입니다: {id}',
    'Maru를 새 버전으로 바꾸세요. 파일은 그대로 두었습니다.',
  ),
  DOCUMENT_CORRUPT: unavailable(
    '저장한 파일을 읽지 못해 따로 두었습니다: {kept}',
    '새로 만들거나 따로 둔 파일을 고쳐 되돌리세요.',
  ),
  DOCUMENT_INVALID: input('저장할 내용이 맞지 않습니다. {where}: {why}', '내용을 고친 뒤 다시 저장하세요.'),
  DOCUMENT_TOO_LARGE: input('저장할 내용이 너무 큽니다.', '{limit}자 아래로 줄이세요.'),
  DOCUMENTS_FULL: input('{limit}개까지 저장할 수 있습니다.', '쓰지 않는 것을 지우세요.'),
  VIEW_READ_ONLY: denied('좁은 화면에서는 보기만 합니다.', '주문과 설정은 넓은 화면에서 하세요.'),
  PRICE_ALERT: refused('{name} {price}에 닿았습니다. {note}', '시세를 확인하세요.'),
  BASKET_TWICE: denied('{row}번째 줄과 같은 주문입니다.', '한 줄로 합치거나 한 줄을 지우세요.'),
} as const satisfies Record<string, CatalogEntry>;
