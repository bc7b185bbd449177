/** The company page: price and figures first, and below what is opened when it is wanted; every section says what it costs. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { SheetInfo } from '#shared/contract/index.ts';
import { useIssue } from '../../client/panel-context.tsx';
import { useSheets } from '../../client/sheet-feed.ts';
import { nameOf, useInstruments } from '../../store/instruments.ts';
import { useText } from '../../text/index.ts';
import { Empty, Skeleton, Veiled } from '../../ui/states.tsx';
import { CompanySection } from './parts/section.tsx';
import { FOREIGN, KOREAN, readAtOnce, type Section } from './parts/sections.ts';
import { useCompany } from './slice.ts';

export function CompanyInfo(): JSX.Element | null {
  useInstruments((state) => state.byId);
  const issue = useIssue();
  return issue === null ? null : <span className="el">{nameOf(issue)}</span>;
}

export function CompanyPanel(): JSX.Element {
  const t = useText();
  const issue = useIssue();
  const sheets = useSheets();
  const open = useCompany((state) => state.open);
  const shown = useCompany((state) => state.shown);
  const sections = issue !== null && !issue.startsWith('KRX:') ? FOREIGN : KOREAN;
  const infosOf = useMemo(
    () =>
      (section: Section): readonly SheetInfo[] =>
        section.sheets.flatMap((id) => sheets?.get(id) ?? []),
    [sheets],
  );
  if (issue === null) return <Empty icon="doc" title={t('book.none')} body={t('book.noneBody')} />;
  if (!sheets) return <Skeleton rows={8} />;
  const costOf = (section: Section): number => {
    const infos = infosOf(section);
    const info = infos.find(({ id }) => id === shown[section.id]) ?? infos[0];
    return info && info.unavailable === null ? info.calls : 0;
  };
  const atOnce = readAtOnce(sections, (id) => open[id] ?? false, costOf);
  return (
    <Veiled from="core">
      <div className="company" data-testid="company" data-issue={issue}>
        {sections.map((section) => (
          <CompanySection
            key={section.id}
            section={section}
            infos={infosOf(section)}
            issue={issue}
            atOnce={atOnce.has(section.id)}
          />
        ))}
      </div>
    </Veiled>
  );
}
