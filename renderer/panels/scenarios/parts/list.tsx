/** The list: one's own scenarios, then those that came along; found by name, summary and tag. */
import { type JSX, type KeyboardEvent, useMemo, useState } from 'react';
import { codeOf, SCENARIO_SIZE_LIMIT, type StoredScenario, foreignExchangeOf } from '#shared/domain/index.ts';
import { changeScenario, formatScenario, newScenario } from '#shared/scenario/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { kstDate, sessionDate } from '#shared/time/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import type { Workstation } from '../../../client/workstation.ts';
import { useCore } from '../../../store/core.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';
import { text as words, useText } from '../../../text/index.ts';
import { Select, TextField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { isShipped, useScenarios } from '../slice.ts';
import { useScenarioLine, type ScenarioLine } from './scenario-line.ts';
import { textOfFile } from './text-of-file.ts';

/** Issues of a new scenario: those that are watched, else the first of the market. */
const FIRST_ISSUES = 3;
/** Characters of a name. */
const NAME_LIMIT = 80;

function firstIssues(): readonly string[] {
  const { watchlist } = useView.getState();
  const { list, inMarket } = useInstruments.getState();
  const known = new Set(list.map(({ id }) => id));
  const ids = [...watchlist.filter((id) => known.has(id)), ...inMarket, ...known];
  return [...new Set(ids)]
    .filter((id) => foreignExchangeOf(id) === null)
    .slice(0, FIRST_ISSUES)
    .map((id) => codeOf(id));
}

/** The trading day of a new scenario: the market's own, as far as trading days are known. */
function firstDate(workstation: Workstation): string {
  const today = useCore.getState().moment?.sessionDate ?? kstDate(workstation.clock.now());
  const known = today >= krxCalendar.from && today < krxCalendar.to ? today : krxCalendar.from;
  return krxCalendar.sessionOnOrAfter(sessionDate(known));
}

/** Makes a new scenario and opens it. */
export async function createNew(workstation: Workstation, line: ScenarioLine): Promise<void> {
  const text = formatScenario(newScenario(words('scen.newName'), firstDate(workstation), firstIssues()));
  const made = await workstation.act((client) => client.scenarios.create({ from: null, text, name: null }));
  if (made) await line.open(made.id);
}

/** Makes a copy of one's own of a scenario and opens it. */
export async function copyOf(
  workstation: Workstation,
  line: ScenarioLine,
  from: Pick<StoredScenario, 'id' | 'name'>,
): Promise<void> {
  const name = words('scen.copyName', { name: from.name }).slice(0, NAME_LIMIT);
  const made = await workstation.act(async (client) => {
    const { open } = useScenarios.getState();
    // Of the open one what is written now, saved or not.
    const text = open?.id === from.id ? open.text : (await client.scenarios.read({ id: from.id })).text;
    // The comments of the text come along; only its name is another.
    const named = changeScenario(text, [{ path: ['name'], value: name }]);
    return client.scenarios.create({ from: null, text: 'text' in named ? named.text : text, name: null });
  });
  if (made) await line.open(made.id);
}

/** Takes files in, each as a scenario of one's own; what cannot be read is kept to be mended. */
async function importFiles(workstation: Workstation, line: ScenarioLine, files: readonly File[]): Promise<void> {
  for (const file of files) {
    // No text of so many characters has more bytes.
    const text = file.size > 4 * SCENARIO_SIZE_LIMIT ? '' : textOfFile(new Uint8Array(await file.arrayBuffer()));
    const isLarge = file.size > 4 * SCENARIO_SIZE_LIMIT || (text?.length ?? 0) > SCENARIO_SIZE_LIMIT;
    if (text === null || isLarge) {
      workstation.notify({
        level: 'caution',
        title: words(isLarge ? 'scen.tooLarge' : 'scen.noText', { name: file.name }),
        body: isLarge ? words('scen.tooLargeBody', { limit: number(SCENARIO_SIZE_LIMIT) }) : words('scen.noTextBody'),
      });
      continue;
    }
    const made = await workstation.act((client) => client.scenarios.create({ from: null, text, name: null }));
    if (made) await line.open(made.id);
  }
}

function Rows(props: { readonly title: string; readonly rows: readonly StoredScenario[] }): JSX.Element | null {
  const t = useText();
  const line = useScenarioLine();
  const openId = useScenarios((state) => state.opening ?? state.open?.id ?? null);
  const openName = useScenarios((state) => state.reading.document?.name ?? null);
  // A text that cannot be read names nothing: the last name that could be read stays.
  const nameOf = (row: StoredScenario): string =>
    row.days > 0 ? row.name : ((row.id === openId ? openName : null) ?? t('scen.nameless'));
  const { title, rows } = props;
  return (
    <>
      <h3 className="sc-lhead l">
        {title}
        <span className="sp" />
        <span className="num">{rows.length}</span>
      </h3>
      <ul aria-label={title}>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={row.id === openId ? 'sc-item on' : 'sc-item'}
              aria-current={row.id === openId}
              title={row.summary}
              data-testid={`scen-item-${row.id}`}
              onClick={() => void line.open(row.id)}
            >
              <span className="nm el">{nameOf(row)}</span>
              <span className="l el">
                {row.days === 0 ? (
                  <span className="highc">{t('scen.broken')}</span>
                ) : (
                  t('scen.itemFacts', { days: row.days, issues: row.issues })
                )}
                {row.tags.length > 0 && ` · ${row.tags.join(', ')}`}
              </span>
              <span className="mk l num">
                {isShipped(row.id) ? t('scen.lib') : row.version === 0 ? t('scen.neverSaved') : `v${row.version}`}
                {row.draft && row.version > 0 && <i className="dot" title={t('scen.hasDraft')} />}
                {row.draft && row.version > 0 && <span className="sr">{t('scen.hasDraft')}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Arrow keys walk the rows. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.sc-item')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
}

export function ScenarioList(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const line = useScenarioLine();
  const list = useScenarios((state) => state.list);
  const search = useScenarios((state) => state.search);
  const tag = useScenarios((state) => state.tag);
  const [over, setOver] = useState(false);
  const all = useMemo(() => [...(list?.values() ?? [])], [list]);
  const tags = useMemo(() => [...new Set(all.flatMap((each) => each.tags))].sort(), [all]);
  const sought = search.trim().toLowerCase();
  const found = all.filter(
    (each) =>
      (tag === null || each.tags.includes(tag)) &&
      [each.name, each.summary, ...each.tags].some((part) => part.toLowerCase().includes(sought)),
  );
  const take = (files: readonly File[]): void => void importFiles(workstation, line, files);
  return (
    <section
      className={over ? 'sc-list over' : 'sc-list'}
      aria-label={t('scen.list')}
      data-testid="scen-list"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take([...event.dataTransfer.files]);
      }}
    >
      <div className="sc-ltools" data-own-undo>
        <TextField
          label={t('scen.search')}
          icon="search"
          text={search}
          placeholder={t('scen.search')}
          onText={(next) => useScenarios.setState({ search: next })}
          testId="scen-search"
        />
        <Select
          label={t('scen.tag')}
          value={tag ?? ''}
          choices={[{ value: '', label: t('scen.allTags') }, ...tags.map((value) => ({ value, label: value }))]}
          onChange={(next) => useScenarios.setState({ tag: next === '' ? null : next })}
          testId="scen-tag"
        />
      </div>
      <div className="sc-ltools acts">
        <button type="button" className="btn" data-testid="scen-new" onClick={() => void createNew(workstation, line)}>
          <Icon name="plus" size="sm" />
          {t('scen.new')}
        </button>
        <label className="btn">
          <Icon name="dl" size="sm" />
          {t('scen.import')}
          <input
            type="file"
            className="sr"
            multiple
            accept=".yaml,.yml"
            data-testid="scen-import"
            onChange={(event) => {
              take([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </label>
      </div>
      {list === null ? (
        <Skeleton rows={8} />
      ) : found.length === 0 ? (
        <Empty icon="search" title={t('scen.noneFound')} body={t('scen.noneFoundBody')} testId="scen-none" />
      ) : (
        <div className="sc-items" onKeyDown={walk}>
          <Rows title={t('scen.mine')} rows={found.filter(({ id }) => !isShipped(id))} />
          <Rows title={t('scen.library')} rows={found.filter(({ id }) => isShipped(id))} />
        </div>
      )}
    </section>
  );
}
