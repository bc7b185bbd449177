/** Error codes about KIS, keys and environments: family, Korean sentence, next step. */
import { denied, input, refused, unavailable, unknownOutcome, type CatalogEntry } from './catalog-entry.ts';

export const KIS_CATALOG = {
  // What the broker itself said; sentence and next step stand in resources/kis/error-codes.json.
  KIS_INPUT: input('{ko} ({code})', '{action}'),
  KIS_REFUSED: refused('{ko} ({code})', '{action}'),
  KIS_UNAVAILABLE: unavailable('{ko} ({code})', '{action}'),
  KIS_UNKNOWN: unknownOutcome('{ko} ({code})', '{action}'),
  // What we found before or instead of an answer
  KIS_NOT_IN_PAPER: refused('모의투자에서는 쓸 수 없는 기능입니다: {name}', '실전투자로 바꾸거나 다른 기능을 쓰세요.'),
  KIS_STATEMENT_NONE: refused('이 계좌에는 없는 조회입니다: {name}', '다른 계좌를 고르세요.'),
  KIS_NO_ANSWER: unavailable(
    '증권사 서버에서 답이 오지 않았습니다. {why}',
    '인터넷 연결을 확인하고 잠시 뒤 다시 시도하세요.',
  ),
  KIS_OUTCOME_UNKNOWN: unknownOutcome(
    '주문 결과를 확인하고 있습니다.',
    '다시 주문하지 마세요. 주문 목록에서 결과를 확인하세요.',
  ),
  KIS_ANSWER_BAD: unavailable(
    '증권사 서버의 답을 읽을 수 없습니다. {why}',
    '점검 시간이거나 프록시가 끼어들었을 수 있습니다. 잠시 뒤 다시 시도하세요.',
  ),
  KIS_OFFICIAL_LOCKED: denied(
    '증권사 실제 서버로 나가는 길이 닫혀 있습니다: {host}',
    '연결 설정에서 공식 서버를 직접 고른 뒤 다시 시도하세요.',
  ),
  KIS_NO_KEYS: unavailable('이 연결의 API 키가 없습니다.', '연결 설정에서 키를 넣으세요.'),
  KIS_API_UNKNOWN: input('없는 API입니다: {id}', '비슷한 이름: {near}. 전체 이름은 `kis list`에서 확인하세요.'),
  KIS_PARAM: input('{name} 값이 맞지 않습니다. {why}', '`kis describe {id}`에서 입력값을 확인하세요.'),
  KIS_KEYS_FORM: input('API 키에 쓸 수 없는 글자가 있습니다.', '연결 설정에서 앱키와 앱시크릿을 다시 넣으세요.'),
  KIS_ACCOUNT_FORM: input(
    '계좌번호가 숫자 8자리와 상품코드 2자리가 아닙니다.',
    '연결 설정에서 계좌번호를 12345678-01처럼 고치세요.',
  ),
  KIS_PARAM_UNKNOWN: input('이 API에 없는 입력값입니다: {name}', '`kis describe {id}`에서 입력값을 확인하세요.'),
  KIS_PARAM_CHOICE: input('{name} 값은 {values} 가운데 하나입니다.', '`kis describe {id}`에서 입력값을 확인하세요.'),
  KIS_TOKEN_GUARD: unavailable(
    '증권사가 접근토큰을 1분에 한 번만 내줍니다. {seconds}초 뒤에 다시 받습니다.',
    '그대로 두면 저절로 이어집니다.',
  ),
  KIS_QUEUE_FULL: unavailable(
    '증권사에 보낼 요청이 {limit}건 밀려 있습니다.',
    '열어 둔 화면을 줄이거나 잠시 뒤 다시 시도하세요.',
  ),
  KIS_PAGES_CIRCLE: unavailable(
    '증권사가 같은 쪽을 되풀이해서 {pages}쪽까지만 받았습니다.',
    '받은 자료는 일부입니다. 조건을 좁혀 다시 조회하세요.',
  ),
  KIS_ORDER_API: denied(
    '주문을 내는 API는 이 길로 부를 수 없습니다: {id}',
    '주문 화면이나 `order place` 명령으로 내세요.',
  ),
  KIS_SECRET_API: denied(
    '키와 토큰을 다루는 API는 이 길로 부를 수 없습니다: {id}',
    '연결 설정에서 연결 시험이나 토큰 폐기를 쓰세요.',
  ),
  KIS_CLOCK: unavailable(
    '이 컴퓨터의 시계가 증권사 서버와 {seconds}초 다릅니다.',
    '운영체제의 시각 자동 맞춤을 켜세요. 5분 넘게 다르면 새 주문을 막습니다.',
  ),
  KIS_CLOCK_ORDER: denied(
    '이 컴퓨터의 시계가 증권사 서버와 {minutes}분 달라 새 주문을 막았습니다. 취소는 할 수 있습니다.',
    '운영체제의 시각 자동 맞춤을 켠 뒤 다시 내세요.',
  ),
  // The real-time line
  KIS_LINE_DOWN: unavailable(
    '증권사 실시간 서버와 연결이 끊겼습니다.',
    '자동으로 다시 연결합니다. 인터넷 연결을 확인하세요.',
  ),
  KIS_LINE_PROXY: unavailable(
    '프록시나 점검 화면이 {host} 실시간 연결을 막았습니다.',
    '프록시가 이 주소를 허용하는지 확인하거나 NO_PROXY에 넣으세요. 점검 시간이면 기다리세요.',
  ),
  KIS_LINE_IN_USE: unavailable(
    '같은 앱키로 다른 곳에서 실시간 연결을 쓰고 있습니다. 앱키 하나에 연결은 하나입니다.',
    '다른 프로그램의 연결을 끊으세요. 간격을 늘려 가며 다시 연결하고, 그동안은 조회로 시세를 받습니다.',
  ),
  KIS_LINE_KEY: unavailable(
    '실시간 접속키를 새로 받아도 서버가 받지 않습니다.',
    '연결 설정에서 앱키와 시크릿을 확인하세요.',
  ),
  KIS_FRAME_LARGE: unavailable('실시간 서버가 너무 큰 자료를 보내 연결을 끊었습니다.', '자동으로 다시 연결합니다.'),
  KIS_CHANNEL_REFUSED: refused(
    '서버가 {name} 등록을 거부했습니다. {why}',
    '종목 코드와 실시간 시세 이용 신청을 확인하세요.',
  ),
  KIS_TRIAL_CHANNEL: refused('실시간 등록이 되지 않았습니다. {why}', 'HTS ID와 실시간 시세 이용 신청을 확인하세요.'),
  KIS_CHANNEL_NOT_HERE: refused('모의투자에는 {name} 채널이 없습니다.', '조회로 확인하거나 실전투자로 바꾸세요.'),
  KIS_CHANNEL_MANY: refused('{name}: 한꺼번에 볼 수 있는 실시간 채널 수를 넘었습니다.', '보고 있는 목록을 줄이세요.'),
  KIS_NOTICE_ID: refused(
    '{name}을 등록할 때마다 서버가 연결을 끊습니다. HTS ID가 맞지 않는 것 같습니다.',
    '연결 설정에서 HTS ID를 확인하세요. 그동안 체결은 조회로 확인합니다.',
  ),
  KIS_COLUMNS_EXTRA: unavailable(
    '서버가 항목을 {fields}개 보냅니다. 아는 {columns}개만 읽고 나머지는 버립니다.',
    'Maru의 새 판이 있는지 확인하세요.',
  ),
  KIS_COLUMNS_FEWER: unavailable(
    '서버가 항목을 {fields}개만 보냅니다. {columns}개 가운데 뒤쪽 값이 없습니다.',
    'Maru의 새 판이 있는지 확인하세요.',
  ),
  KIS_FRAME_BROKEN: unavailable('읽을 수 없는 자료 {count}건을 버렸습니다.', '계속되면 연결을 새로 하세요.'),
  KIS_FRAME_ASTRAY: unavailable(
    '어느 종목인지 알 수 없는 자료 {count}건을 버렸습니다.',
    '계속되면 연결을 새로 하세요.',
  ),
  KIS_FRAME_SEALED: unavailable(
    '암호를 풀지 못한 체결통보 {count}건이 있습니다. 체결은 조회로 확인합니다.',
    '계속되면 연결을 새로 하세요.',
  ),
  // Environments and the lock of the real one
  ENVIRONMENT_SWITCHED: unavailable('매매 환경이 바뀌었습니다.', '그대로 두면 새 환경의 자료를 다시 받습니다.'),
  ENVIRONMENT_SWITCHING: unavailable('매매 환경을 바꾸고 있습니다.', '바뀐 뒤 다시 시도하세요.'),
  ENVIRONMENT_ABSENT: refused('이 환경으로는 바꿀 수 없습니다. {why}', '연결 설정에서 연결을 확인하세요.'),
  SIMULATION_ONLY: denied(
    '지금은 {environment} 환경이라 연습 시장을 움직일 수 없습니다.',
    '시뮬레이션 환경으로 바꾼 뒤 다시 시도하세요.',
  ),
  REAL_LOCKED: denied(
    '실전투자가 잠겨 있어 주문을 막았습니다.',
    'PIN으로 잠금을 푼 뒤 다시 내세요. 취소는 그대로 됩니다.',
  ),
  REAL_WEB: denied(
    '웹으로 연 화면에서는 증권사 공식 서버의 실전 주문 잠금을 풀 수 없습니다.',
    '데스크톱 앱을 쓰거나 --allow-real을 붙여 다시 시작하세요.',
  ),
  REAL_NOT_IN_FORCE: denied('지금은 실전투자 환경이 아닙니다.', '실전투자로 바꾼 뒤 잠금을 푸세요.'),
  REAL_HALTED: denied('매매를 멈춘 상태라 잠금을 풀 수 없습니다.', '매매를 재개한 뒤 잠금을 푸세요.'),
  PIN_MISSING: denied('아직 PIN을 정하지 않았습니다.', '실전 잠금 PIN을 먼저 정하세요.'),
  PIN_WRONG: denied('PIN이 다릅니다. 지금까지 {count}번 틀렸습니다.', '{seconds}초 뒤에 다시 입력하세요.'),
  PIN_WAIT: denied('PIN을 여러 번 틀려 기다려야 합니다.', '{seconds}초 뒤에 다시 입력하세요.'),
  PIN_CURRENT: denied('PIN을 바꾸려면 지금 쓰는 PIN이 필요합니다.', '지금 PIN을 함께 입력하세요.'),
  // Keys and connections
  KEYCHAIN_FAILED: unavailable(
    '운영체제 키체인을 읽거나 쓰지 못했습니다. {why}',
    '키체인 잠금을 풀고 Maru를 다시 시작하세요. 저장한 키는 그대로 있습니다.',
  ),
  CONNECTION_FIELD: input('{field}: {why}', '{action}'),
  CONNECTION_UNKNOWN: input('없는 연결입니다: {connectionId}', '연결 목록을 새로 고치세요.'),
  CONNECTION_LIMIT: input('연결은 {limit}개까지 둘 수 있습니다.', '쓰지 않는 연결을 지우세요.'),
  CONNECTION_IN_FORCE: denied('지금 쓰고 있는 연결이라 지울 수 없습니다.', '다른 환경으로 바꾼 뒤 지우세요.'),
  CONNECTIONS_CORRUPT: unavailable(
    '연결 목록 파일을 읽지 못했습니다. 이전 파일은 그대로 두었습니다: {kept}',
    '키를 다시 입력해 연결을 저장하세요.',
  ),
  YAML_BAD: input('YAML을 읽지 못했습니다. {line}번째 줄: {why}', '그 줄을 고친 뒤 다시 가져오세요.'),
  YAML_EMPTY: input('가져올 키가 없습니다.', 'my_app, my_sec 또는 paper_app, paper_sec가 들어 있는지 확인하세요.'),
} as const satisfies Record<string, CatalogEntry>;
