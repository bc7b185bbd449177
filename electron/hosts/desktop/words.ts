/** Words of the shell itself, Korean first: menus and questions that stand outside the page. */
import type { Environment } from '#shared/domain/index.ts';

const KO = {
  name: '마루',
  file: '파일',
  importFiles: '일별 시세 파일 가져오기…',
  dataFolder: '자료 폴더 열기',
  savePdf: 'PDF로 저장',
  pdfFailed: 'PDF를 저장하지 못했습니다. 폴더에 쓸 수 있는지 확인하고 다시 하세요.',
  quit: '끝내기',
  about: '마루 정보',
  services: '서비스',
  hide: '마루 가리기',
  hideOthers: '다른 것 가리기',
  unhide: '모두 보기',
  edit: '편집',
  undo: '실행 취소',
  redo: '다시 실행',
  cut: '잘라내기',
  copy: '복사',
  paste: '붙여넣기',
  selectAll: '모두 선택',
  view: '보기',
  resetZoom: '원래 크기',
  zoomIn: '크게',
  zoomOut: '작게',
  fullScreen: '전체 화면',
  devTools: '개발자 도구',
  window: '창',
  minimize: '최소화',
  close: '창 닫기',
  front: '모두 앞으로',
  show: '마루 보기',
  halt: '거래 전체 중지',
  'environment.simulation': '시뮬레이션',
  'environment.live': '실시세 + 모의체결',
  'environment.paper': 'KIS 모의투자',
  'environment.real': 'KIS 실전투자',
  'line.ready': '연결됨',
  'line.paused': '시장 멈춤',
  'line.checking': '주문 확인 중',
  'line.switching': '환경 바꾸는 중',
  'line.stale': '시세가 오지 않음',
  'line.down': '연결 끊김',
  'line.record': '기록하지 못함',
  'line.unknown': '상태 확인 중',
  halted: '거래 중지됨',
  locked: '잠김',
  armed: '주문 열림',
  quitTitle: '아직 끝나지 않은 것이 있습니다. 마루를 끝낼까요?',
  'quit.ordersHere': '미체결 주문 {count}건: 끝내면 모의 시장도 멈춰, 다시 켤 때까지 체결되지 않습니다.',
  'quit.ordersBroker': '미체결 주문 {count}건: 끝내도 취소되지 않습니다. 증권사에 남아 체결될 수 있습니다.',
  'quit.unconfirmed': '결과를 모르는 주문 {count}건: 다시 켤 때 증권사에 확인합니다. 그 전에 다시 주문하지 마세요.',
  'quit.mandates': '조건 주문 {count}건: 마루가 지켜보는 주문이라, 끝나 있는 동안에는 가격이 닿아도 나가지 않습니다.',
  'quit.imports': '자료 가져오기 {count}건: 끝내면 취소되고 그 파일은 저장되지 않습니다.',
  'quit.notKnown': '열린 주문을 확인하지 못했습니다. 끝내기 전에 화면에서 확인하세요.',
  'quit.trayHint':
    '트레이에 두면 창만 닫히고 계속 지켜봅니다. 트레이 그림을 누르거나 마루를 다시 실행하면 창이 돌아옵니다.',
  'quit.stay': '계속 쓰기',
  'quit.tray': '트레이에 두기',
  'quit.go': '끝내기',
  windowLost: '화면이 거듭 멈춰 이 창을 닫습니다. 기록은 그대로입니다. 마루를 다시 시작하세요.',
  pageLost: '화면을 열지 못했습니다. 마루를 다시 시작하세요.',
  pick: '일별 시세 파일 가져오기',
  eod: '일별 시세',
} as const;

export type WordKey = keyof typeof KO;

const EN: Readonly<Record<WordKey, string>> = {
  name: 'Maru',
  file: 'File',
  importFiles: 'Import daily price files…',
  dataFolder: 'Open the data folder',
  savePdf: 'Save as PDF',
  pdfFailed: 'The PDF could not be saved. See whether the folder can be written to, and try again.',
  quit: 'Quit',
  about: 'About Maru',
  services: 'Services',
  hide: 'Hide Maru',
  hideOthers: 'Hide others',
  unhide: 'Show all',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  resetZoom: 'Actual size',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  fullScreen: 'Full screen',
  devTools: 'Developer tools',
  window: 'Window',
  minimize: 'Minimize',
  close: 'Close window',
  front: 'Bring all to front',
  show: 'Show Maru',
  halt: 'Halt all trading',
  'environment.simulation': 'Simulation',
  'environment.live': 'Live prices + simulated fills',
  'environment.paper': 'KIS paper trading',
  'environment.real': 'KIS real trading',
  'line.ready': 'Connected',
  'line.paused': 'Market paused',
  'line.checking': 'Checking orders',
  'line.switching': 'Switching environment',
  'line.stale': 'No prices arriving',
  'line.down': 'Disconnected',
  'line.record': 'Cannot record',
  'line.unknown': 'Checking',
  halted: 'Trading halted',
  locked: 'Locked',
  armed: 'Orders open',
  quitTitle: 'Some things are not finished. Quit Maru?',
  'quit.ordersHere':
    'Open orders: {count}. The simulated market stops too; they do not fill until Maru is started again.',
  'quit.ordersBroker': 'Open orders: {count}. Quitting does not cancel them. They stay at the broker and may fill.',
  'quit.unconfirmed':
    'Orders without an answer: {count}. The broker is asked at the next start. Do not order again before.',
  'quit.mandates':
    'Conditional orders: {count}. Maru watches them itself: while it is closed, none is sent even if its price is reached.',
  'quit.imports': 'Imports: {count}. Quitting cancels them and stores nothing of their files.',
  'quit.notKnown': 'Open orders could not be read. Look at the screen before you quit.',
  'quit.trayHint':
    'In the tray only the windows close and Maru goes on watching. Press the tray icon or start Maru again to see it.',
  'quit.stay': 'Stay',
  'quit.tray': 'Keep in tray',
  'quit.go': 'Quit',
  windowLost: 'The page stopped again and again; this window closes. Your records are safe. Restart Maru.',
  pageLost: 'The page could not be opened. Restart Maru.',
  pick: 'Import daily price files',
  eod: 'Daily prices',
};

export type Language = 'ko' | 'en';

/** Words of one language; `{count}` is filled in. */
export type Words = (key: WordKey, params?: { readonly count: number }) => string;

/** The words of a language. */
export function wordsIn(language: Language): Words {
  const table: Readonly<Record<WordKey, string>> = language === 'ko' ? KO : EN;
  return (key, params) => table[key].replace('{count}', String(params?.count ?? ''));
}

/** What an environment is called. */
export function environmentName(words: Words, environment: Environment): string {
  return words(`environment.${environment}`);
}
