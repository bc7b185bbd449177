/** Makes a watchlist of the issues of a sheet: how a group that is kept at the broker becomes one of Maru's. */
import type { JSX } from 'react';
import { useState } from 'react';
import type { SheetAnswer } from '#shared/contract/index.ts';
import { WATCHED_LIMIT } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useInstruments } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';

/** Letters of a list's name. */
const NAME_LETTERS = 40;

/** Issues of an answer that the program knows, each once, in their order. */
export function issuesOf(answer: SheetAnswer, known: (issue: string) => boolean): readonly string[] {
  const all = answer.blocks.flatMap(({ rows }) =>
    rows.flatMap(({ issue }) => (issue !== null && known(issue) ? [issue] : [])),
  );
  return [...new Set(all)].slice(0, WATCHED_LIMIT);
}

export function ToWatchlist({
  title,
  answer,
}: {
  readonly title: string;
  readonly answer: SheetAnswer;
}): JSX.Element | null {
  const t = useText();
  const { watchlists } = useWorkstation();
  const byId = useInstruments((state) => state.byId);
  const [said, say] = useState('');
  const issues = issuesOf(answer, (issue) => byId.has(issue));
  if (issues.length === 0) return null;
  const make = (): void => {
    const name = title.slice(0, NAME_LETTERS);
    void watchlists
      .create(name, [{ name: '', collapsed: false, instrumentIds: [...issues] }])
      .then((id) => say(id === null ? '' : t('sheet.listMade', { name, count: issues.length })));
  };
  return (
    <>
      <button type="button" className="btn sm" onClick={make} data-testid="sheet-to-watchlist">
        {t('sheet.toWatchlist', { count: issues.length })}
      </button>
      <span className="l" role="status" data-testid="sheet-list-made">
        {said}
      </span>
    </>
  );
}
