/** The rule sheet (규칙 안내): everything that applies to one issue at one moment, each line with source, date and how sure it is. */
import { krxId, RULE_GROUPS, type RuleGroup, type RuleRow, type RuleSheet } from '../../domain/index.ts';
import { ruleContext, type RuleContext, type RuleQuestion } from './rule-context.ts';
import { costRows, marginRows } from './rule-costs.ts';
import { orderRows, sessionRows } from './rule-hours.ts';
import { issueRows, limitRows, quantityRows, tickRows } from './rule-prices.ts';
import { breakerRows, haltRows, viRows } from './rule-stops.ts';

const TITLE_KO: Readonly<Record<RuleGroup, string>> = {
  issue: '종목',
  tick: '호가 단위',
  limit: '기준가격과 상·하한가',
  session: '장 시간',
  order: '주문 유형',
  vi: '변동성완화장치',
  breaker: '서킷브레이커와 사이드카',
  halt: '정지와 재개, 지정',
  quantity: '수량',
  margin: '증거금',
  cost: '비용과 결제',
};

const ROWS: Readonly<Record<RuleGroup, (context: RuleContext) => readonly RuleRow[]>> = {
  issue: issueRows,
  tick: tickRows,
  limit: limitRows,
  session: sessionRows,
  order: orderRows,
  vi: viRows,
  breaker: breakerRows,
  halt: haltRows,
  quantity: quantityRows,
  margin: marginRows,
  cost: costRows,
};

/** The sheet of an issue at a moment: of the running market where `live` says how it stands, else by the rules and the clock. */
export function ruleSheet(question: RuleQuestion): RuleSheet {
  const context = ruleContext(question);
  const { issue, date, at } = question;
  return {
    instrumentId: krxId(issue.code),
    nameKo: issue.nameKo,
    market: issue.market,
    sessionDate: date,
    at,
    sections: RULE_GROUPS.map((group) => ({ group, titleKo: TITLE_KO[group], rows: [...ROWS[group](context)] })),
  };
}

/** The row of an id, or undefined where the sheet has none. */
export function ruleRow(sheet: RuleSheet, id: string): RuleRow | undefined {
  return sheet.sections.flatMap(({ rows }) => rows).find((each) => each.id === id);
}
