/** Every error code: family, Korean sentence, next step. `{name}` is filled from the error's numbers. */
import { denied, halting, input, refused, unavailable, type CatalogEntry } from './catalog-entry.ts';
import { IMPORT_CATALOG } from './import-catalog.ts';
import { KIS_CATALOG } from './kis-catalog.ts';
import { MANDATE_CATALOG } from './mandate-catalog.ts';
import { MASTER_CATALOG } from './master-catalog.ts';
import { PRODUCT_CATALOG } from './product-catalog.ts';
import { SCENARIO_CATALOG } from './scenario-catalog.ts';
import { SCREEN_CATALOG } from './screen-catalog.ts';
import { TABLE_CATALOG } from './table-catalog.ts';
import { THREAT_CATALOG } from './threat-catalog.ts';
import { FOREIGN_CATALOG } from './foreign-catalog.ts';
import { WATCH_CATALOG } from './watch-catalog.ts';

export const CATALOG = {
  // Protocol
  FRAME_MALFORMED: input('읽을 수 없는 요청입니다. {why}', '요청의 모양을 계약 문서와 맞추세요.'),
  FRAME_TOO_LARGE: input('요청이 {size}바이트로 너무 큽니다.', '{limit}바이트 아래로 나누어 보내세요.'),
  FRAME_OUT_OF_ORDER: input('순서에 맞지 않는 요청입니다. {why}', '연결을 새로 열고 다시 시도하세요.'),
  METHOD_UNKNOWN: input('없는 기능입니다: {name}', '앱을 다시 시작해 화면과 프로그램의 버전을 맞추세요.'),
  INPUT_INVALID: input('입력값이 맞지 않습니다. {where}: {why}', '표시된 칸을 고친 뒤 다시 시도하세요.'),
  PROTOCOL_VERSION: input('화면과 프로그램의 버전이 다릅니다.', '앱을 다시 시작하세요.'),
  TOO_MANY_CALLS: unavailable('한꺼번에 진행하는 요청이 {limit}건을 넘었습니다.', '잠시 뒤 다시 시도하세요.'),
  TOO_MANY_STREAMS: unavailable('열어 둔 실시간 화면이 {limit}개를 넘었습니다.', '쓰지 않는 화면을 닫으세요.'),
  STREAM_OVERFLOW: unavailable('화면이 소식을 따라가지 못해 다시 받습니다.', '그대로 두면 다시 연결됩니다.'),
  CANCELED: unavailable('작업을 취소했습니다.', '필요하면 다시 시작하세요.'),
  PIPE_CLOSED: unavailable('프로그램과 연결이 끊겼습니다.', '다시 연결될 때까지 기다리거나 앱을 다시 시작하세요.'),
  OUTCOME_UNKNOWN: {
    family: 'unknown',
    ko: '연결이 끊겨 결과를 확인하지 못했습니다.',
    action: '다시 보내지 말고, 연결되면 목록에서 결과를 확인하세요.',
  },
  TOKEN_INVALID: refused('이 주소로는 들어올 수 없습니다.', '프로그램이 알려 준 주소를 그대로 여세요.'),
  INTERNAL_BUG: {
    family: 'bug',
    ko: '프로그램 안에서 오류가 났습니다.',
    action: '기록 폴더의 로그에서 추적 번호를 찾아 알려 주세요.',
  },

  // Platform and storage
  NODE_TOO_OLD: unavailable('Node {found}에서는 실행할 수 없습니다.', 'Node {needed} 이상으로 실행하세요.'),
  PORT_UNAVAILABLE: unavailable(
    '{port}번 포트를 열 수 없습니다. 다른 프로그램이 쓰고 있거나 쓸 수 없는 번호입니다.',
    '--port로 다른 번호를 고르세요.',
  ),
  DATA_IN_USE: unavailable(
    '다른 Maru가 이 자료 폴더를 쓰고 있습니다: {path}',
    '열려 있는 Maru를 쓰거나 끈 뒤 다시 시작하세요.',
  ),
  DATA_NOT_WRITABLE: unavailable(
    '자료 폴더에 쓸 수 없습니다: {path}',
    '폴더의 권한을 확인하거나 --data로 다른 폴더를 고르세요.',
  ),
  DISK_FULL: unavailable(
    '디스크가 가득 찼습니다. 기록할 수 없어 새 주문을 막았습니다.',
    '1 GB를 비운 뒤 다시 시작하세요.',
  ),
  DISK_FAILED: unavailable(
    '디스크에 쓰지 못했습니다: {path} ({why})',
    '디스크를 점검한 뒤 다시 시작하세요. 이미 기록한 내용은 그대로입니다.',
  ),
  PREFERENCES_CORRUPT: unavailable(
    '설정 파일을 읽지 못해 기본 설정으로 시작했습니다. 이전 파일은 그대로 두었습니다: {kept}',
    '설정을 다시 고르세요.',
  ),
  DB_CORRUPT: unavailable(
    '자료 파일이 손상되었습니다: {path}',
    '파일을 지우지 말고 백업에서 되돌리거나 그대로 보관해 알려 주세요.',
  ),
  RECORD_MISSING: unavailable(
    '기록 파일이 없거나 비어 있습니다: {path}',
    '백업에서 그 파일을 되돌리세요. 새로 시작하려면 --data로 다른 폴더를 고르세요.',
  ),
  DB_NEWER: unavailable(
    '더 새로운 Maru가 만든 자료입니다: {path} (형식 {found}, 이 프로그램 {known})',
    'Maru를 최신 버전으로 바꾸세요.',
  ),
  JOURNAL_BROKEN: {
    family: 'bug',
    ko: '주문 기록의 사슬이 {seq}번에서 끊겼습니다.',
    action: '매매를 멈췄습니다. 백업과 대조한 뒤 다시 시작하세요.',
  },
  CORE_UNREACHABLE: unavailable('실행 중인 Maru에 연결하지 못했습니다.', 'Maru를 다시 시작하세요.'),

  COMMAND_UNKNOWN: input('없는 명령입니다: {name}', 'npm run -s maru -- help로 명령을 확인하세요.'),

  // Market and replay
  INSTRUMENT_UNKNOWN: input('없는 종목입니다: {code}', '종목 코드를 확인하거나 자료를 가져오세요.'),
  RULES_KRX_ONLY: input('{code}의 규칙 안내는 아직 없습니다.', '규칙 안내는 국내 종목에서 여세요.'),
  DATE_INVALID: input('날짜가 아닙니다: {date}', 'YYYY-MM-DD로 적으세요.'),
  DATE_NOT_SESSION: input('{date}은 휴장일입니다.', '거래일을 고르세요.'),
  REPLAY_NO_DATA: input('{code}의 {date} 자료가 없습니다.', '그날이 들어 있는 파일을 먼저 가져오세요.'),
  REPLAY_SUSPENDED: input('{code}는 {date}에 거래가 정지되어 있었습니다.', '거래가 있던 날을 고르세요.'),
  REPLAY_ROW_BAD: input('{code}의 {date} 자료가 앞뒤가 맞지 않습니다. {why}', '다른 자료로 다시 가져오세요.'),
  REPLAY_LAST_DAY: input(
    '{code}의 {date} 다음에 재생할 자료가 없습니다.',
    '뒤의 날이 들어 있는 파일을 가져오거나 다른 시장을 여세요.',
  ),
  CALENDAR_UNKNOWN: input(
    '{date}의 거래일을 알 수 없습니다. 달력은 {from}부터 {to}까지입니다.',
    '달력 안의 날로 시장을 여세요.',
  ),
  SIMULATION_BUSY: unavailable('시장을 계산하고 있습니다.', '계산이 끝나거나 취소한 뒤 다시 하세요.'),
  JUMP_ABSENT: input('이 날에는 {phase}이 없습니다.', '다른 시점을 고르세요.'),
  REWIND_RANGE: input('{from}부터 지금까지로만 되감을 수 있습니다.', '그 사이의 시각을 고르세요.'),
  REPLAY_MARKET_UNKNOWN: input(
    '{code}가 어느 시장의 종목인지 모릅니다.',
    '그 종목이 들어 있는 전 종목 일별 시세 파일을 먼저 가져오세요.',
  ),
  JUMP_PAST: input('오늘은 이미 지난 시점입니다: {phase}', '다음 날로 넘어간 뒤 다시 고르세요.'),
  ACTION_REPLAY: input(
    '지금은 지난 날을 재생하고 있습니다. 기록된 시세에는 권리 변동이 이미 들어 있습니다.',
    '연습 시장을 연 뒤 등록하세요.',
  ),
  ACTION_PAST: input(
    '{date}은 지난 날이거나 이미 시작했습니다. 지금 시장은 {today}입니다.',
    '그 뒤의 거래일을 고르세요.',
  ),
  ACTION_IMPOSSIBLE: input('등록할 수 없는 권리 변동입니다: {what}. {why}', '비율과 금액을 고쳐 다시 등록하세요.'),
  ACTION_UNKNOWN: input('{no}번 권리 변동은 없습니다.', '등록한 목록에서 번호를 확인하세요.'),
  ACTION_APPLIED: input(
    '{no}번 권리 변동은 {date}에 이미 적용되어 되돌릴 수 없습니다.',
    '되돌리려면 반대되는 권리 변동을 새로 등록하세요.',
  ),
  ACTION_TWICE: input(
    '{code}의 {date}에는 같은 권리 변동이 이미 있습니다: {what}',
    '등록한 목록을 확인하고 다른 날을 고르세요.',
  ),
  QUOTE_MISSING: unavailable('{code}의 시세가 아직 없습니다.', '시장이 열리면 다시 시도하세요.'),
  SPEED_INVALID: input('속도는 1배에서 10,000배까지입니다.', '범위 안의 값을 고르세요.'),
  SCRIPT_LINE: input('{line}번째 줄을 읽지 못했습니다. {why}', '그 줄을 고친 뒤 다시 실행하세요.'),

  // Accounts and orders: our guard
  ACCOUNT_UNKNOWN: input('없는 계좌입니다: {accountId}', '계좌를 다시 고르세요.'),
  ACCOUNT_LIMIT: input('계좌는 {limit}개까지 만들 수 있습니다.', '있는 계좌를 쓰세요.'),
  ACCOUNT_NONE: input('계좌가 없습니다.', '계좌를 먼저 만드세요.'),
  ACCOUNT_CHOOSE: input('계좌가 {count}개입니다.', '--account로 하나를 고르세요.'),
  ACCOUNT_NAME_TAKEN: input('같은 이름의 계좌가 있습니다: {name}', '다른 이름을 쓰세요.'),
  ORDER_UNKNOWN: input('없는 주문입니다: {orderId}', '주문 목록을 새로 고치세요.'),
  REQUEST_REUSED: input('같은 요청 번호로 다른 주문이 왔습니다.', '주문을 새로 내세요.'),
  ORDER_NOT_OPEN: denied('이미 끝난 주문입니다.', '주문 목록에서 상태를 확인하세요.'),
  ORDER_PENDING: denied('이 주문의 정정이나 취소를 이미 보냈습니다.', '결과가 올 때까지 기다리세요.'),
  GUARD_SESSION: denied('지금은 주문을 받지 않습니다({phase}).', '{next}에 다시 내세요.'),
  GUARD_TYPE: denied('{phase}에서는 {type} 주문을 받지 않습니다.', '지정가로 내세요.'),
  GUARD_TYPE_HOURS: denied(
    '{type} 주문은 지금({venue} {phase}) 받지 않습니다.',
    '{next}에 내거나 지금 받는 유형으로 바꾸세요.',
  ),
  GUARD_KIND: denied('없는 주문 유형입니다: {type}', '유형과 조건(당일·IOC·FOK)을 다시 고르세요.'),
  GUARD_TYPE_DATE: denied('{date}에는 {type} 주문이 없었습니다.', '그날 있던 유형으로 내세요.'),
  GUARD_VENUE_TYPE: denied('{venue}에서는 {type} 주문을 받지 않습니다.', 'KRX로 보내거나 지정가로 내세요.'),
  GUARD_NOT_ON_NXT: denied('NXT에서 거래하지 않는 종목입니다.', 'KRX로 보내세요.'),
  GUARD_NO_ETP: denied('ETF와 ETN은 애프터마켓과 NXT에서 거래하지 않습니다.', 'KRX 정규장에 내세요.'),
  GUARD_MARKET_HALT: denied(
    '서킷브레이커로 {market} 시장 전체가 멈췄습니다. 취소만 할 수 있습니다.',
    '{until} 뒤에 다시 내세요.',
  ),
  GUARD_SINGLE_PRICE: denied('30분마다 한 가격으로 거래하는 종목이라 {type} 주문을 받지 않습니다.', '지정가로 내세요.'),
  GUARD_BEST_SAME_NOW: denied(
    '최우선지정가에는 IOC와 FOK를 붙일 수 없습니다.',
    '당일로 내거나 최유리지정가로 바꾸세요.',
  ),
  GUARD_MARKET_BANNED: denied('첫 가격이 나오기 전이거나 정리매매라 {type} 주문을 받지 않습니다.', '지정가로 내세요.'),
  GUARD_NO_REFERENCE: denied('기준이 될 종가가 없어 {type} 주문을 받지 않습니다.', '거래가 있는 시간에 내세요.'),
  GUARD_CONDITIONAL_LIMIT: denied(
    '조건부지정가는 상한가 매수와 하한가 매도에 쓸 수 없습니다.',
    '지정가로 내거나 가격을 바꾸세요.',
  ),
  GUARD_NO_QUOTE: denied('{type} 주문이 가격을 가져올 호가가 없습니다.', '지정가로 내세요.'),
  GUARD_STOP_MISSING: denied('스톱지정가 주문에 조건 가격이 없습니다.', '조건 가격을 적으세요.'),
  GUARD_STOP_UNWANTED: denied(
    '조건 가격은 스톱지정가 주문에만 적습니다.',
    '조건 가격을 지우거나 스톱지정가로 바꾸세요.',
  ),
  GUARD_STOP_TICK: denied('조건 가격이 호가 단위 {tick}원에 맞지 않습니다.', '{below}원이나 {above}원으로 바꾸세요.'),
  GUARD_STOP_LIMITS: denied(
    '조건 가격이 하한가 {lower}원과 상한가 {upper}원을 벗어났습니다.',
    '그 사이의 가격으로 바꾸세요.',
  ),
  GUARD_STOP_COLLAR: denied(
    '조건 가격이 현재가에서 {percent}% 떨어져 있습니다. {limit}%까지 낼 수 있습니다.',
    '조건 가격을 다시 확인하세요.',
  ),
  GUARD_AMEND_TYPE: denied('{type} 주문은 가격을 정정할 수 없습니다.', '취소한 뒤 새로 내세요.'),
  GUARD_HALT: denied('거래가 정지된 종목입니다. 취소만 할 수 있습니다.', '거래가 재개된 뒤 다시 내세요.'),
  GUARD_TICK: denied('가격이 호가 단위 {tick}원에 맞지 않습니다.', '{below}원이나 {above}원으로 바꾸세요.'),
  GUARD_LIMIT_UP: denied('상한가 {limit}원을 넘었습니다.', '{limit}원까지 낼 수 있습니다.'),
  GUARD_LIMIT_DOWN: denied('하한가 {limit}원보다 낮습니다.', '{limit}원부터 낼 수 있습니다.'),
  GUARD_LOT: denied('수량이 매매 단위 {lot}주에 맞지 않습니다.', '{lot}주 단위로 적으세요.'),
  GUARD_QUANTITY_CAP: denied('한 번에 낼 수 있는 수량은 {limit}주입니다.', '나누어 내세요.'),
  GUARD_PRICE_MISSING: denied('{type} 주문에 가격이 없습니다.', '가격을 적으세요.'),
  GUARD_PRICE_UNWANTED: denied('{type} 주문에는 가격을 적지 않습니다.', '가격을 지우거나 지정가로 바꾸세요.'),
  GUARD_CASH: denied('주문 가능 금액이 {short}원 모자랍니다.', '수량을 {fit}주로 줄이세요.'),
  GUARD_SELLABLE: denied(
    '팔 수 있는 수량은 {sellable}주입니다. {reserved}주가 다른 주문에 묶여 있습니다.',
    '수량을 {sellable}주 이하로 줄이세요.',
  ),
  GUARD_NOTIONAL: denied('한 번에 {limit}원까지입니다.', '나누어 내거나 설정에서 한도를 바꾸세요.'),
  GUARD_COLLAR: denied(
    '현재가에서 {percent}% 벗어난 가격입니다. {limit}%까지 낼 수 있습니다.',
    '가격을 다시 확인하세요.',
  ),
  GUARD_STALE: denied('시세가 {since}부터 멈췄습니다. 이 종목의 주문을 막았습니다.', '시세가 다시 오면 내세요.'),
  GUARD_DUPLICATE: denied(
    '같은 주문을 {seconds}초 전에 냈습니다.',
    '한 번 더 내려면 Shift Enter를 누르거나, 명령줄에서는 --allow-duplicate를 붙이세요.',
  ),
  GUARD_RATE: denied('{windowSeconds}초 안에 주문을 {limit}건까지 낼 수 있습니다.', '잠시 뒤 다시 내세요.'),
  GUARD_REDUCING: denied('청산만 할 수 있는 상태입니다.', '보유 수량을 줄이는 주문만 내세요.'),
  GUARD_HALTED: denied('매매를 멈춘 상태입니다.', '풀려면 ‘매매 재개’라고 입력하세요.'),
  // Notes on a draft, which stop nothing
  GUARD_VI_NOW: denied(
    '변동성완화장치가 걸려 {until}까지 주문을 모아 한 가격에 체결합니다.',
    '바로 체결되지 않아도 괜찮은지 확인하세요.',
  ),
  GUARD_STOP_MET: denied('조건 가격에 이미 닿아 있어 바로 지정가 주문이 됩니다.', '조건 가격을 다시 확인하세요.'),
  GUARD_UNCONFIRMED: denied('이 종목에 결과를 확인하고 있는 주문이 있습니다.', '확인이 끝난 뒤 다시 내세요.'),
  GUARD_OTHER_MARKET: denied('지금 재생하는 시장에 없는 종목입니다: {code}', '그 종목이 있는 시장을 여세요.'),
  ADOPT_PHRASE: denied('증권사 잔고를 가져오지 않았습니다.', '‘증권사 잔고로 맞춤’이라고 정확히 입력하세요.'),
  ADOPT_NOT_HALTED: denied(
    '매매를 멈춘 동안에만 증권사 잔고로 맞출 수 있습니다.',
    '먼저 매매를 멈추고 증권사 화면의 잔고를 확인하세요.',
  ),
  RESUME_PHRASE: denied('매매를 풀지 않았습니다.', '‘매매 재개’라고 정확히 입력하세요.'),
  RESUME_NOT_RECONCILED: denied(
    '아직 확인하지 못한 주문이 {count}건 있어 풀 수 없습니다.',
    '주문 결과가 확인된 뒤 다시 푸세요.',
  ),
  ORDER_UNCONFIRMED: {
    family: 'unknown',
    ko: '주문 결과를 확인하고 있습니다. 다시 주문하지 마세요.',
    action: '잔고와 주문 목록이 확인될 때까지 기다리세요.',
  },
  NEVER_ARRIVED: refused('주문이 접수되지 않은 것으로 확인했습니다.', '필요하면 새로 주문하세요.'),
  DESK_BUSY: unavailable('처리를 기다리는 주문 요청이 {limit}건을 넘었습니다.', '잠시 뒤 다시 내세요.'),
  DESK_NOT_READY: unavailable('증권사의 주문과 잔고를 맞추고 있습니다.', '주문 표시등이 켜지면 다시 내세요.'),

  // What the desk tells by itself
  TRADING_STOPPED: denied('매매를 멈췄습니다. 미체결 {count}건을 취소합니다.', '풀려면 ‘매매 재개’라고 입력하세요.'),
  TRADING_STILL_STOPPED: denied('매매를 멈춘 상태로 다시 열었습니다.', '풀려면 ‘매매 재개’라고 입력하세요.'),
  CANCELS_CONFIRMED: refused('증권사에 남은 미체결 주문이 없음을 확인했습니다.', '더 할 일은 없습니다.'),
  CANCELS_REMAIN: unavailable(
    '미체결 {count}건이 아직 취소되지 않았습니다. 계속 취소합니다.',
    '급하면 증권사 화면에서도 취소하세요.',
  ),
  CANCEL_REFUSED: refused('{name} 주문의 취소가 받아들여지지 않았습니다. {why}', '주문 목록에서 상태를 확인하세요.'),
  REPLACE_REFUSED: refused(
    '{name} 주문의 정정이 받아들여지지 않았습니다. {why}',
    '주문은 이전 가격으로 남아 있습니다.',
  ),
  REPLACE_LOST: refused(
    '{name} 주문의 정정이 반영되지 않았습니다.',
    '주문은 이전 가격으로 남아 있습니다. 필요하면 다시 정정하세요.',
  ),
  ORDER_REFUSED: refused('{name} 주문이 거부되었습니다. {why}', '주문 목록에서 이유를 확인하세요.'),
  ORDER_AMBIGUOUS: {
    family: 'unknown',
    ko: '{name} 주문의 결과를 하나로 정하지 못했습니다. 증권사에 같은 주문이 {count}건 있습니다.',
    action: '증권사 화면에서 확인한 뒤, 없는 주문이면 ‘접수 안 됨’을 누르세요.',
  },
  ORDER_NOT_FOUND: {
    family: 'unknown',
    ko: '{seconds}초 동안 {name} 주문을 증권사에서 찾지 못했습니다.',
    action: '증권사 앱에서 확인한 뒤 ‘접수 안 됨’을 누르세요.',
  },
  ORDER_DAY_UNTOLD: refused(
    '{name} 주문이 {date}에 어떻게 끝났는지 이 계좌의 조회로는 알 수 없어, 남은 수량을 만료로 적었습니다.',
    '증권사 앱에서 그날의 체결을 확인하세요. 체결되었다면 보유 수량이 달라 매매를 멈추고 알립니다.',
  ),
  ORDER_RELINKED: refused(
    '접수되지 않은 것으로 보았던 {name} 주문을 증권사에서 찾았습니다.',
    '주문 목록과 잔고를 확인하세요.',
  ),
  STOP_TRIGGERED: refused(
    '{name} 스톱 주문의 조건 가격에 닿아 지정가로 나갔습니다.',
    '주문 목록에서 체결을 확인하세요.',
  ),
  CONDITIONAL_CONVERTED: refused(
    '{name} 조건부지정가의 남은 수량이 종가 단일가에서 시장가가 되었습니다.',
    '바라지 않으면 체결 전에 취소하세요.',
  ),
  ORDER_OFF_LIMITS: refused(
    '가격 제한폭이 새로 정해져 {name} 주문이 그 밖에 놓였고, 거래소가 취소했습니다.',
    '새 상·하한가 안에서 다시 내세요.',
  ),
  ORDER_VOID: refused(
    '{name} 주문의 유형이 끝나는 시각이 되어 거래소가 취소했습니다.',
    '지금 받는 유형으로 다시 내세요.',
  ),
  ORDER_EXTERNAL: refused('다른 프로그램에서 낸 {name} 주문을 찾았습니다.', '직접 낸 주문인지 확인하세요.'),
  HOLDING_ADJUSTED: refused(
    '{code} {what}: {before}주 → {after}주{more}',
    '잔고와 평균 단가를 확인하고, 주문은 오늘의 기준가에 맞추어 내세요.',
  ),
  HOLDINGS_TAKEN: refused('증권사 계좌에 있던 {count}종목을 가져왔습니다.', '잔고의 수량과 매입 단가를 확인하세요.'),
  HOLDINGS_ADOPTED: refused(
    '다르던 {count}종목의 보유를 증권사 잔고로 맞추었습니다.',
    '잔고를 확인한 뒤 ‘매매 재개’를 입력하세요.',
  ),
  HOLDING_PAID: refused(
    '{code} {what}: {quantity}주에 대해 {paid}원을 받았습니다.',
    '예수금에 들어왔고 실현 손익에 셉니다. 배당과 분배금은 세금을 뗀 금액입니다.',
  ),
  LATE_FILL: refused('끝난 것으로 보았던 {name} 주문이 {quantity}주 체결되었습니다.', '잔고를 확인하세요.'),
  DESK_STATE_BROKEN: halting('{name} 주문에 있을 수 없는 소식이 왔습니다({event}).'),
  DESK_NUMBER_TWICE: halting('주문번호 {no}가 두 주문에 쓰였습니다: {name}.'),
  DESK_FILL_BROKEN: halting('{name} 주문에 맞지 않는 체결이 왔습니다: {quantity}주, 합계 {total}주.'),
  DESK_FILL_DIFFERS: halting('{name} 주문의 체결이 Maru {ours}주, 증권사 {theirs}주로 다릅니다.'),
  DESK_ORDER_MISSING: halting('주문번호 {no}를 증권사에서 찾지 못했습니다: {name}.'),
  DESK_POSITION_DIFFERS: {
    ...halting('{code} 보유가 Maru {ours}주, 증권사 {theirs}주로 다릅니다.'),
    action: '증권사 화면의 잔고와 대조하세요. 증권사가 맞으면 ‘증권사 잔고로 맞춤’ 뒤에 매매를 재개하세요.',
  },
  RECORD_RESTORED: unavailable(
    '다시 기록할 수 있습니다. 밀린 기록 {count}건을 남겼습니다.',
    '풀려면 ‘매매 재개’라고 입력하세요.',
  ),

  // The exchange and the simulated broker
  EXCH_SESSION: refused('거래소가 주문을 받지 않는 시간입니다.', '장이 열리면 다시 내세요.'),
  EXCH_TYPE: refused('이 시간에 받지 않는 주문 유형입니다.', '지정가로 내세요.'),
  EXCH_QUANTITY: refused('거래소가 수량을 받지 않습니다.', '1 이상의 매매 단위로 내세요.'),
  EXCH_QUANTITY_CAP: refused('한 번에 낼 수 있는 수량을 넘었습니다.', '나누어 내세요.'),
  EXCH_PRICE: refused('시장가 주문에 가격이 적혀 있습니다.', '가격을 지우고 다시 내세요.'),
  EXCH_SAME_PRICE: refused('정정할 가격이 지금 가격과 같습니다.', '다른 가격으로 정정하세요.'),
  EXCH_TICK: refused('가격이 호가 단위에 맞지 않습니다.', '호가 단위에 맞추어 내세요.'),
  EXCH_LIMIT: refused('가격이 상·하한가를 벗어났습니다.', '상·하한가 안에서 내세요.'),
  EXCH_HALTED: refused('거래가 정지된 종목입니다.', '취소만 할 수 있습니다.'),
  EXCH_FULL: refused('거래소가 지금 더 많은 주문을 받지 못합니다.', '잠시 뒤 다시 내세요.'),
  EXCH_UNKNOWN_ISSUE: refused('거래소에 없는 종목입니다.', '종목 코드를 확인하세요.'),
  EXCH_UNKNOWN_ORDER: refused('거래소에 없는 주문입니다. 이미 체결되었거나 취소되었습니다.', '주문 목록을 확인하세요.'),
  EXCH_VENUE_TYPE: refused('이 거래소나 SOR이 받지 않는 주문 유형입니다.', 'KRX로 보내거나 지정가로 내세요.'),
  EXCH_NOT_ON_NXT: refused('NXT에서 거래하지 않는 종목입니다.', 'KRX로 보내세요.'),
  EXCH_NO_ETP: refused('ETF와 ETN은 애프터마켓과 NXT에서 거래하지 않습니다.', 'KRX 정규장에 내세요.'),
  EXCH_TYPE_HOURS: refused('다른 시간대의 주문 유형입니다.', '그 유형을 받는 시간에 내거나 유형을 바꾸세요.'),
  EXCH_MARKET_HALTED: refused(
    '서킷브레이커로 시장 전체가 멈췄습니다. 취소만 할 수 있습니다.',
    '거래가 재개된 뒤 내세요.',
  ),
  EXCH_CONDITIONAL_LIMIT: refused(
    '조건부지정가는 상한가 매수와 하한가 매도를 받지 않습니다.',
    '지정가로 내거나 가격을 바꾸세요.',
  ),
  EXCH_SINGLE_PRICE: refused('30분 단일가 종목이 받지 않는 주문 유형입니다.', '지정가로 내세요.'),
  EXCH_NO_QUOTE: refused('가격을 가져올 호가가 없습니다.', '지정가로 내세요.'),
  EXCH_BEST_SAME_NOW: refused(
    '최우선지정가에는 IOC와 FOK를 붙일 수 없습니다.',
    '당일로 내거나 최유리지정가로 바꾸세요.',
  ),
  EXCH_MARKET_BANNED: refused('첫 가격이 나오기 전이거나 정리매매라 시장가를 받지 않습니다.', '지정가로 내세요.'),
  EXCH_STOP_PRICE: refused(
    '조건 가격이 없거나, 호가 단위나 상·하한가에 맞지 않거나, 그 유형에 쓰지 않습니다.',
    '조건 가격을 다시 확인하세요.',
  ),
  EXCH_NO_REFERENCE: refused('기준이 될 종가가 없어 시간외 종가 주문을 받지 않습니다.', '거래가 있는 시간에 내세요.'),
  EXCH_SHORT_PRICE: refused('공매도 호가는 직전 가격보다 낮을 수 없습니다.', '직전 가격 이상으로 내세요.'),
  EXCH_AMEND_TYPE: refused('이 유형으로는 정정할 수 없습니다.', '취소한 뒤 새로 내세요.'),
  EXCH_AMEND_QUANTITY: refused(
    '남은 수량보다 많이 정정하거나 취소할 수 없습니다.',
    '주문 목록에서 남은 수량을 확인하세요.',
  ),
  EXCH_OTHER_DAY: refused('오늘이 아닌 날짜의 주문입니다.', '거래일을 확인하고 다시 내세요.'),
  EXCH_REFUSED: refused('거래소가 주문을 거부했습니다.', '가격과 수량, 장 시간을 확인하고 다시 내세요.'),
  EXCH_CASH: refused('증권사가 주문 가능 금액 부족으로 거부했습니다.', '수량을 줄이세요.'),
  EXCH_SELLABLE: refused('증권사가 매도 가능 수량 부족으로 거부했습니다.', '수량을 줄이세요.'),
  BROKER_UNAVAILABLE: unavailable('증권사에 연결되어 있지 않습니다.', '연결되면 다시 내세요.'),
  ...IMPORT_CATALOG,
  ...KIS_CATALOG,
  ...MANDATE_CATALOG,
  ...MASTER_CATALOG,
  ...SCENARIO_CATALOG,
  ...FOREIGN_CATALOG,
  ...PRODUCT_CATALOG,
  ...SCREEN_CATALOG,
  ...TABLE_CATALOG,
  ...THREAT_CATALOG,
  ...WATCH_CATALOG,
} as const satisfies Record<string, CatalogEntry>;

export type ErrorCode = keyof typeof CATALOG;
