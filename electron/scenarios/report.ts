/** A run, or several side by side, as one HTML page that needs nothing from elsewhere: what happened, what Maru saw and did, what it cost. */
import type { RunAccount, ScenarioRun } from '#shared/domain/index.ts';
import { kstTimeText, epochMs } from '#shared/time/index.ts';
import { linePicture, sparkPicture } from './report-pictures.ts';

type Language = 'ko' | 'en';
type Words = Readonly<Record<keyof typeof KO, string>>;

const KO = {
  report: '시나리오 실행 보고',
  compare: '실행 비교',
  seed: '씨앗',
  version: '프로그램',
  hash: '실행 해시',
  document: '문서 해시',
  passed: '통과',
  failed: '통과하지 못함',
  criteria: '기준',
  evidence: '근거',
  accounts: '계좌',
  start: '시작',
  end: '끝',
  return: '수익률',
  drawdown: '최대 낙폭',
  worstDay: '최악의 하루',
  orders: '주문',
  fills: '체결',
  charges: '비용',
  without: '대응이 없었다면',
  difference: '대응의 효과',
  index: '지수 (전일 대비 %)',
  equity: '계좌 평가액 (원)',
  score: '위험 점수',
  threats: '감지한 위협',
  plays: '실행한 대응',
  timeline: '일어난 일',
  time: '시각',
  after: '감지 뒤',
  none: '없음',
  left: '표시하지 않은 줄',
  synthetic: '모의 시장에서 실행한 결과입니다. 실제 시장의 결과가 아니며 수익을 약속하지 않습니다.',
  spread: '씨앗에 따른 분포',
  median: '중앙값',
  least: '가장 낮음',
  most: '가장 높음',
  runs: '실행',
  passRate: '통과한 실행',
  market: '시장',
  fault: '장애',
  security: '보안',
  order: '주문',
  threat: '위협',
  play: '대응',
  account: '계좌',
} as const;

const EN: Words = {
  report: 'Scenario run report',
  compare: 'Runs compared',
  seed: 'Seed',
  version: 'Program',
  hash: 'Run hash',
  document: 'Document hash',
  passed: 'Passed',
  failed: 'Not passed',
  criteria: 'Criteria',
  evidence: 'Evidence',
  accounts: 'Accounts',
  start: 'Start',
  end: 'End',
  return: 'Return',
  drawdown: 'Max. drawdown',
  worstDay: 'Worst day',
  orders: 'Orders',
  fills: 'Fills',
  charges: 'Charges',
  without: 'Without plays',
  difference: 'What the plays did',
  index: 'Indices (% from the previous close)',
  equity: 'Equity (won)',
  score: 'Risk score',
  threats: 'Threats detected',
  plays: 'Plays run',
  timeline: 'What happened',
  time: 'Time',
  after: 'After detection',
  none: 'None',
  left: 'Lines not shown',
  synthetic: 'Played on a simulated market. These are no results of a real one, and no promise of profit.',
  spread: 'Spread over seeds',
  median: 'Median',
  least: 'Lowest',
  most: 'Highest',
  runs: 'Runs',
  passRate: 'Runs that passed',
  market: 'Market',
  fault: 'Fault',
  security: 'Security',
  order: 'Order',
  threat: 'Threat',
  play: 'Play',
  account: 'Account',
};

const WORDS: Readonly<Record<Language, Words>> = { ko: KO, en: EN };

/** Text as it may stand in a page. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const won = (value: number): string => value.toLocaleString('en-US');
const percent = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)} %`;
const clock = (ts: number): string => kstTimeText(epochMs(ts)).slice(0, 8);
const day = (ts: number): string => new Date(ts + 32_400_000).toISOString().slice(5, 10);

const cell = (text: string, kind = ''): string => `<td${kind === '' ? '' : ` class="${kind}"`}>${escaped(text)}</td>`;
const when = (ts: number): string => cell(`${day(ts)} ${clock(ts)}`, 'at');
const number = (text: string): string => cell(text, 'n');
/** A head stands over its figures as they do: to the right. */
function table(head: readonly string[], rows: readonly string[], none: string): string {
  const [first] = rows;
  if (first === undefined) return `<p class="none">${escaped(none)}</p>`;
  const kinds = [...first.matchAll(/<td(?: class="([^"]*)")?/g)].map(([, kind]) => kind);
  const heads = head.map((text, at) => `<th${kinds[at] === 'n' ? ' class="n"' : ''}>${escaped(text)}</th>`);
  const lines = rows.map((row) => `<tr>${row}</tr>`);
  return `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
}
const part = (title: string, inner: string): string => `<section><h2>${escaped(title)}</h2>${inner}</section>`;

function accountsTable(accounts: readonly RunAccount[], w: Words): string {
  const head = [w.accounts, w.start, w.end, w.return, w.drawdown, w.worstDay, w.orders, w.fills, w.charges];
  const rows = accounts.map(
    (each) =>
      cell(each.id) +
      number(won(each.startKrw)) +
      number(won(each.endKrw)) +
      number(percent(each.returnPct)) +
      number(percent(-each.maxDrawdownPct)) +
      number(percent(-each.worstDayPct)) +
      number(String(each.orders)) +
      number(String(each.fills)) +
      number(won(each.commissionKrw + each.taxKrw)),
  );
  return table(head, rows, w.none);
}

function withoutPart({ without, accounts }: ScenarioRun, w: Words): string {
  if (!without) return '';
  const rows = accounts.map((each) => {
    const bare = without.accounts.find(({ id }) => id === each.id);
    const gain = each.endKrw - (bare?.endKrw ?? each.endKrw);
    return cell(each.id) + number(`${gain > 0 ? '+' : ''}${won(gain)}`);
  });
  return part(w.without, accountsTable(without.accounts, w) + table([w.accounts, w.difference], rows, w.none));
}

function pictures({ series }: ScenarioRun, w: Words): string {
  const index = [
    { name: 'KOSPI', values: series.kospiPct },
    { name: 'KOSDAQ', values: series.kosdaqPct },
  ];
  const equity = Object.entries(series.equityKrw).map(([name, values]) => ({ name, values }));
  return (
    part(w.index, linePicture(series.ts, index)) +
    part(w.equity, linePicture(series.ts, equity)) +
    part(w.score, linePicture(series.ts, [{ name: w.score, values: series.score }]))
  );
}

function oneRun(run: ScenarioRun, language: Language): string {
  const w = WORDS[language];
  const ko = language === 'ko';
  const criteria = run.criteria.map(
    ({ name, pass, evidence, evidenceEn }) =>
      cell(pass ? `✓ ${w.passed}` : `✗ ${w.failed}`, pass ? 'ok' : 'bad') +
      cell(name) +
      cell(ko ? evidence : evidenceEn),
  );
  const threats = run.threats.map(
    ({ at, detector, severity, subject, sentenceKo, sentenceEn, picture }) =>
      when(at) +
      cell(detector) +
      cell(severity, `s${severity}`) +
      cell(subject) +
      cell(ko ? sentenceKo : sentenceEn) +
      `<td>${sparkPicture(picture)}</td>`,
  );
  const plays = run.plays.map(
    ({ at, play, detector, afterMs, didKo, didEn }) =>
      when(at) + cell(play) + cell(detector) + number(`${afterMs} ms`) + cell(ko ? didKo : didEn),
  );
  const lines = run.timeline.map((line) => when(line.ts) + cell(w[line.track], 'at') + cell(ko ? line.ko : line.en));
  const head = `<p class="facts">${escaped(w.seed)} ${run.seed} · ${escaped(w.version)} ${escaped(run.version)} · ${escaped(w.document)} ${run.document} · ${escaped(w.hash)} ${run.hash}</p>`;
  return (
    `<h1>${escaped(run.scenario)}</h1>${head}<p class="${run.passed ? 'ok' : 'bad'} verdict">${escaped(run.passed ? w.passed : w.failed)}</p>` +
    part(w.criteria, table(['', w.criteria, w.evidence], criteria, w.none)) +
    part(w.accounts, accountsTable(run.accounts, w)) +
    withoutPart(run, w) +
    pictures(run, w) +
    part(w.threats, table([w.time, 'ID', '', '', '', ''], threats, w.none)) +
    part(w.plays, table([w.time, 'ID', '', w.after, ''], plays, w.none)) +
    part(
      w.timeline,
      table([w.time, '', ''], lines, w.none) +
        (run.timelineLeft > 0 ? `<p>${escaped(w.left)}: ${run.timelineLeft}</p>` : ''),
    )
  );
}

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Several runs: each in a row, and how they spread. */
function manyRuns(runs: readonly ScenarioRun[], w: Words): string {
  const of = (run: ScenarioRun, what: 'returnPct' | 'maxDrawdownPct'): number => run.accounts[0]?.[what] ?? 0;
  const rows = runs.map(
    (run) =>
      cell(run.scenario) +
      number(String(run.seed)) +
      cell(run.passed ? `✓ ${w.passed}` : `✗ ${w.failed}`, run.passed ? 'ok' : 'bad') +
      number(`${run.criteria.filter(({ pass }) => pass).length} / ${run.criteria.length}`) +
      number(percent(of(run, 'returnPct'))) +
      number(percent(-of(run, 'maxDrawdownPct'))) +
      number(String(run.threats.length)) +
      number(String(run.plays.length)) +
      cell(run.hash, 'mono'),
  );
  const spread = (name: string, values: readonly number[]): string =>
    cell(name) +
    number(percent(Math.min(...values))) +
    number(percent(middle(values))) +
    number(percent(Math.max(...values)));
  const spreads = [
    spread(
      w.return,
      runs.map((run) => of(run, 'returnPct')),
    ),
    spread(
      w.drawdown,
      runs.map((run) => -of(run, 'maxDrawdownPct')),
    ),
  ];
  const passed = runs.filter((run) => run.passed).length;
  const head = ['', w.seed, '', w.criteria, w.return, w.drawdown, w.threats, w.plays, w.hash];
  return (
    `<h1>${escaped(w.compare)}</h1><p class="facts">${escaped(w.passRate)} ${passed} / ${runs.length}</p>` +
    part(w.runs, table(head, rows, w.none)) +
    part(w.spread, table(['', w.least, w.median, w.most], spreads, w.none))
  );
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--line:#d5dae0;--paper:#fff;--good:#0a7d3c;--bad:#c2182b}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#98a2ae;--line:#333b45;--paper:#14181d;--good:#4cc77e;--bad:#ff6b78}}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--good:#0a7d3c;--bad:#c2182b}body{margin:0;max-width:none;padding:0}tr,svg,h1,h2{break-inside:avoid}h2{break-after:avoid}}
@page{size:A4;margin:14mm 12mm}
body{font:13px/1.5 "Noto Sans KR","Noto Sans CJK KR",system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1080px;margin:24px auto;padding:0 16px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:15px;margin:22px 0 6px;border-bottom:1px solid var(--line)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:3px 8px;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:500}td.at{white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.mono,.facts{font-family:ui-monospace,monospace;font-size:12px}
.facts,.none,.note{color:var(--soft)}.ok{color:var(--good)}.bad{color:var(--bad)}.verdict{font-weight:700;font-size:16px}.sC,.sH{color:var(--bad);font-weight:700}
svg{width:100%;height:auto;display:block}svg.spark{width:120px}svg .axis{stroke:var(--line)}svg text{fill:var(--soft);font-size:11px}
.l0{stroke:#3b78e7}.l1{stroke:#d9822b}.l2{stroke:#2e9e6b}.l3{stroke:#9b5de5}.k0{fill:#3b78e7}.k1{fill:#d9822b}.k2{fill:#2e9e6b}.k3{fill:#9b5de5}
`;

/** The page, and a name for its file. Throws nothing: it is made of what a run kept. */
export function reportOf(
  runs: readonly ScenarioRun[],
  language: Language,
): { readonly name: string; readonly html: string } {
  const w = WORDS[language];
  const [first] = runs;
  const title = runs.length === 1 && first ? first.scenario : w.compare;
  const inner =
    runs.length === 1 && first
      ? oneRun(first, language)
      : manyRuns(runs, w) + runs.map((run) => oneRun(run, language)).join('<hr>');
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(title)} · ${escaped(w.report)}</title><style>${STYLE}</style></head><body>${inner}<p class="note">${escaped(w.synthetic)}</p></body></html>`;
  const plain = title.replaceAll(/[\\/:*?"<>|\s]+/g, '-').slice(0, 60);
  return { name: `${plain}-${first?.seed ?? 0}.html`, html };
}
