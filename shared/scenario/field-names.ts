/** Names of a scenario's fields and kinds as people say them, in both languages, and the way to a place in words. */
const NAMES: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  schemaVersion: ['양식 판', 'Schema version'],
  name: ['이름', 'Name'],
  summary: ['설명', 'Summary'],
  tags: ['꼬리표', 'Tags'],
  sources: ['출처', 'Sources'],
  market: ['시장', 'Market'],
  accounts: ['계좌', 'Account'],
  actors: ['참여자', 'Actor'],
  events: ['이벤트', 'Event'],
  detectors: ['감지기', 'Detectors'],
  plays: ['대응', 'Play'],
  criteria: ['기준', 'Criterion'],
  labels: ['라벨', 'Label'],
  kind: ['종류', 'Kind'],
  date: ['날짜', 'Date'],
  dates: ['날짜', 'Dates'],
  days: ['일', 'Day'],
  day: ['날', 'Day'],
  issues: ['종목', 'Issues'],
  issue: ['종목', 'Issue'],
  volatility: ['변동성', 'Volatility'],
  liquidity: ['유동성', 'Liquidity'],
  betas: ['베타', 'Betas'],
  reconstructed: ['재구성', 'Reconstructed'],
  holdings: ['보유', 'Holding'],
  quantity: ['수량', 'Quantity'],
  averagePrice: ['평균 단가', 'Average price'],
  cashKrw: ['현금', 'Cash'],
  orders: ['주문', 'Order'],
  account: ['계좌', 'Account'],
  at: ['시각', 'Time'],
  after: ['뒤따름', 'After'],
  event: ['이벤트', 'Event'],
  seconds: ['초', 'Seconds'],
  minutes: ['분', 'Minutes'],
  pct: ['변동률', 'Percent'],
  factor: ['배율', 'Factor'],
  target: ['대상', 'Target'],
  side: ['방향', 'Side'],
  price: ['가격', 'Price'],
  when: ['조건', 'Condition'],
  then: ['할 일', 'Action'],
  percent: ['비율', 'Percent'],
  times: ['횟수', 'Times'],
  everySeconds: ['간격(초)', 'Every (seconds)'],
  measure: ['잣대', 'Measure'],
  is: ['비교', 'Is'],
  of: ['무엇의', 'Of'],
  value: ['값', 'Value'],
  detector: ['감지기', 'Detector'],
  from: ['부터', 'From'],
  to: ['까지', 'To'],
  play: ['대응', 'Play'],
  mode: ['방식', 'Mode'],
  severity: ['심각도', 'Severity'],
  note: ['메모', 'Note'],
  level: ['단계', 'Level'],
  count: ['개수', 'Count'],
  id: ['이름표', 'Id'],
  what: ['무엇', 'What'],
  KOSPI: ['코스피', 'KOSPI'],
  KOSDAQ: ['코스닥', 'KOSDAQ'],
  limit: ['지정가', 'Limit'],
  fromLastPct: ['현재가에서(%)', 'From the last price (%)'],
  atOrBelow: ['이하이면', 'At or below'],
  atOrAbove: ['이상이면', 'At or above'],
  params: ['수치', 'Figures'],
  on: ['깨우는 감지기', 'On'],
  confirmSeconds: ['확인까지(초)', 'Seconds to confirm'],
  required: ['꼭 감지', 'Required'],
  ms: ['밀리초', 'Milliseconds'],
  only: ['대상 호출', 'Only'],
  taken: ['처리됨', 'Taken'],
  text: ['문구', 'Text'],
  as: ['모양', 'As'],
  more: ['더한 열', 'Columns more'],
  where: ['자리', 'Where'],
  title: ['제목', 'Title'],
  group: ['주체', 'Group'],
  eokKrw: ['억 원', 'Hundred million won'],
  reason: ['사유', 'Reason'],
};

/** Kinds of events, actors, markets and measures. */
const KINDS: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  gap: ['갭', 'gap'],
  drift: ['추세', 'drift'],
  volatility: ['변동성', 'volatility'],
  liquidity: ['유동성', 'liquidity'],
  oneSided: ['한쪽 호가', 'one-sided book'],
  viCascade: ['VI 연쇄', 'VI cascade'],
  breaker: ['서킷브레이커', 'circuit breaker'],
  sidecar: ['사이드카', 'sidecar'],
  halt: ['거래정지', 'halt'],
  limitLock: ['상·하한가 잠김', 'limit lock'],
  venueSplit: ['KRX·NXT 괴리', 'KRX–NXT split'],
  fx: ['환율', 'FX'],
  flow: ['수급', 'flow'],
  news: ['뉴스', 'news'],
  latency: ['지연', 'latency'],
  silence: ['무응답', 'silence'],
  cutFeed: ['연결 끊김', 'line cut'],
  freezeFeed: ['시세 멈춤', 'frozen feed'],
  duplicateNotices: ['중복 체결통보', 'duplicate notices'],
  missNotices: ['누락 체결통보', 'missing notices'],
  reject: ['주문 거부', 'rejects'],
  rateStorm: ['호출 한도 폭주', 'rate storm'],
  expireToken: ['토큰 만료', 'expired token'],
  maintenance: ['점검', 'maintenance'],
  columns: ['열 변화', 'column drift'],
  keyInText: ['키 노출', 'key in text'],
  orderBurst: ['주문 폭주', 'order burst'],
  clockShift: ['시계 어긋남', 'clock shift'],
  tamper: ['파일 변조', 'tampered file'],
  foreignToken: ['외부 토큰', 'foreign token'],
  orders: ['주문 대본', 'scripted orders'],
  rule: ['규칙', 'rule'],
};

/** What a figure is counted in, by its field; a space stands before words that need one. */
const UNITS: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  pct: [' %', ' %'],
  percent: [' %', ' %'],
  fromLastPct: [' %', ' %'],
  minutes: ['분', ' min'],
  seconds: ['초', ' s'],
  everySeconds: ['초', ' s'],
  confirmSeconds: ['초', ' s'],
  ms: ['ms', ' ms'],
  factor: ['배', ' times'],
  quantity: ['주', ' shares'],
  cashKrw: ['원', ' won'],
  averagePrice: ['원', ' won'],
  limit: ['원', ' won'],
  eokKrw: ['억 원', '00 million won'],
};

/** Values that are words. */
const VALUES: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  buy: ['매수', 'buy'],
  sell: ['매도', 'sell'],
  upper: ['상한가', 'upper limit'],
  lower: ['하한가', 'lower limit'],
  all: ['전체', 'all'],
  market: ['시장가', 'market'],
  auto: ['바로', 'at once'],
  confirm: ['확인 뒤', 'once confirmed'],
  atMost: ['이하', 'at most'],
  atLeast: ['이상', 'at least'],
  exactly: ['같음', 'exactly'],
  KOSPI: ['코스피', 'KOSPI'],
  KOSDAQ: ['코스닥', 'KOSDAQ'],
  foreign: ['외국인', 'foreign'],
  institution: ['기관', 'institutions'],
  retail: ['개인', 'retail'],
  orders: ['주문만', 'orders only'],
  others: ['조회만', 'queries only'],
  html: ['안내 화면', 'a page'],
  code: ['오류 코드', 'an error code'],
  log: ['로그', 'log'],
  export: ['내보낸 파일', 'export'],
  clipboard: ['클립보드', 'clipboard'],
  file: ['파일', 'file'],
  crash: ['오류 보고', 'crash report'],
  journal: ['주문 기록', 'journal'],
  settings: ['설정', 'settings'],
  scenario: ['시나리오', 'scenario'],
  positionReturn: ['종목 수익률', 'return of a holding'],
  accountReturn: ['계좌 수익률', 'return of the account'],
  indexChange: ['지수 등락률', 'change of an index'],
  price: ['가격', 'price'],
  L: ['알림', 'low'],
  M: ['주의', 'medium'],
  H: ['위험', 'high'],
  C: ['심각', 'critical'],
  maxDrawdownPct: ['최대 낙폭 (%)', 'largest drawdown (%)'],
  endReturnPct: ['끝 수익률 (%)', 'return at the end (%)'],
  worstDayLossPct: ['최악의 하루 손실 (%)', 'loss of the worst day (%)'],
  leastCashKrw: ['가장 적은 현금 (원)', 'least cash (won)'],
  ordersWhileStale: ['옛 시세로 낸 주문 (건)', 'orders while prices were old'],
  ordersAfterHalt: ['중지 뒤 주문 (건)', 'orders after the halt'],
  secondsToHalt: ['중지까지 (초)', 'seconds to the halt'],
  secondsToDetect: ['감지까지 (초)', 'seconds to detect'],
  falseAlarms: ['거짓 경보 (건)', 'false alarms'],
  unconfirmedAtEnd: ['끝까지 확인되지 않은 주문 (건)', 'orders unconfirmed at the end'],
  booksDiffer: ['장부 차이 (건)', 'differences of the books'],
  duplicateOrders: ['중복 주문 (건)', 'duplicate orders'],
  ordersSent: ['보낸 주문 (건)', 'orders sent'],
  playsRun: ['실행한 대응 (건)', 'plays taken'],
};

export type Language = 'ko' | 'en';

/** What a field's figure is counted in; nothing where it has no unit. */
export function unitName(field: string, language: Language): string {
  return UNITS[field]?.[language === 'ko' ? 0 : 1] ?? '';
}

/** A value that is a word, as people say it; the value itself where none is known. */
export function valueName(value: string, language: Language): string {
  return VALUES[value]?.[language === 'ko' ? 0 : 1] ?? value;
}

/** The name of a field; the field itself where none is known. */
export function fieldName(field: string, language: Language): string {
  return NAMES[field]?.[language === 'ko' ? 0 : 1] ?? field;
}

/** The name of an event's or actor's kind; the kind itself where none is known. */
export function kindName(kind: string, language: Language): string {
  return KINDS[kind]?.[language === 'ko' ? 0 : 1] ?? kind;
}

/** What an entry of a list is told by: its kind, else what names it. */
function entryName(entry: unknown, language: Language): string {
  if (entry === null || typeof entry !== 'object') return '';
  const { kind, name, id, detector, play, issue, at } = entry as Readonly<Record<string, unknown>>;
  const found = [name, kind, id, detector, play, issue, at].find((each) => typeof each === 'string');
  return typeof found === 'string' ? ` (${found === kind ? kindName(found, language) : found})` : '';
}

/** The way to a place: "이벤트 3 (추세) › 시각". `root`: the document, by which entries of lists are named. */
export function pathWords(path: readonly PropertyKey[], language: Language, root?: unknown): string {
  const parts: string[] = [];
  let now = root;
  for (const step of path) {
    now = now !== null && typeof now === 'object' ? (now as Readonly<Record<PropertyKey, unknown>>)[step] : undefined;
    if (typeof step !== 'number') parts.push(fieldName(String(step), language));
    else parts[parts.length - 1] = `${parts.at(-1) ?? ''} ${step + 1}${entryName(now, language)}`;
  }
  return parts.join(' › ');
}
