/** The rule viewer: what applies now to the issue in view, with how sure it is and where it is written. */
import type { JSX } from 'react';
import { RULE_GROUPS, type RuleGroup, type RuleSection, type RuleSheet } from '#shared/domain/index.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { useIssue } from '../../client/panel-context.tsx';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { Segment, Select } from '../../ui/controls.tsx';
import { dateShort, time } from '../../ui/format.ts';
import { Empty, Failed, Skeleton, Veiled } from '../../ui/states.tsx';
import { LackTable } from './parts/lack-table.tsx';
import { RuleTable } from './parts/rule-table.tsx';
import { useRules } from './parts/use-rules.ts';
import { useRulesSlice } from './slice.ts';

/** The sections that are listed, without the rows that were not asked for. */
export function listed(
  sheet: RuleSheet,
  wish: { readonly group: RuleGroup | 'all'; readonly unsure: boolean },
): readonly RuleSection[] {
  return sheet.sections
    .filter((section) => wish.group === 'all' || section.group === wish.group)
    .map((section) => ({ ...section, rows: section.rows.filter((row) => !wish.unsure || row.status === 'U') }))
    .filter((section) => section.rows.length > 0);
}

function isGroup(value: string): value is RuleGroup {
  return RULE_GROUPS.some((group) => group === value);
}

export function RulesInfo(): JSX.Element | null {
  useInstruments((state) => state.byId);
  const instrumentId = useIssue();
  return instrumentId === null ? null : <span className="el">{nameOf(instrumentId)}</span>;
}

export function RulesPanel(): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const instrumentId = useIssue();
  const { group, unsure } = useRulesSlice();
  const { sheet, error, viClass, setViClass } = useRules(instrumentId);
  if (instrumentId === null) return <Empty icon="book" title={t('book.none')} body={t('book.noneBody')} />;
  if (!sheet && error) {
    return <Failed error={error} testId="rules-error" />;
  }
  if (!sheet) return <Skeleton rows={6} />;
  const sections = listed(sheet, { group, unsure });
  const rows = sheet.sections.flatMap((section) => section.rows);
  const doubtful = rows.filter((row) => row.status === 'U').length;
  return (
    <>
      <div className="tbar">
        <Segment
          label={t('rules.status')}
          choices={[
            { value: 'all', label: t('rules.all', { count: rows.length }) },
            { value: 'unsure', label: t('rules.unsure', { count: doubtful }) },
          ]}
          value={unsure ? 'unsure' : 'all'}
          onChange={(value) => useRulesSlice.setState({ unsure: value === 'unsure' })}
          testId="rules-filter"
        />
        <span className="rg">
          <Select
            label={t('rules.section')}
            value={group}
            choices={[
              { value: 'all', label: t('rules.everySection') },
              ...sheet.sections.map((section) => ({ value: section.group, label: section.titleKo })),
            ]}
            onChange={(value) => useRulesSlice.setState({ group: isGroup(value) ? value : 'all' })}
            testId="rules-section"
          />
        </span>
        <span className="sp" />
        <span className="l num" data-testid="rules-at">
          {t('rules.at', { date: dateShort(sheet.sessionDate, language), time: time(sheet.at) })}
        </span>
      </div>
      {sections.length === 0 ? (
        <Empty icon="check" title={t('rules.noneUnsure')} testId="rules-none" />
      ) : (
        <Veiled from="core">
          <div className="rules" data-testid="rules">
            <LackTable />
            <RuleTable sections={sections} viClass={{ said: viClass !== null, onSet: setViClass }} />
          </div>
        </Veiled>
      )}
    </>
  );
}
