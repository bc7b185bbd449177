/** The row above a chart: interval, kind, indicators, compared issues, templates, table and picture. */
import { type JSX, useState } from 'react';
import {
  CHART_INDICATORS_LIMIT,
  CHART_INTERVALS,
  CHART_KINDS,
  type ChartIndicator,
  type ChartInterval,
  COMPARED_LIMIT,
} from '#shared/domain/index.ts';
import { indicatorOf, INDICATORS } from '#shared/strategy/indicators/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { baseInterval } from '../../../client/period-feed.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, MenuButton, MenuItem, Segment, Select } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { useNarrow } from '../../../ui/media.ts';
import { IssueSearch } from '../../../ui/issue-search.tsx';
import type { ChartChoice } from '../settings.ts';
import { ToolMenu } from './drawing/tool-menu.tsx';
import type { DrawingsOf } from './drawing/use-drawings.ts';
import { copyPicture, savePicture } from './picture.ts';

/** From this width on every interval stands in the row, pixels. */
const SEGMENT_FROM = 640;

/** One indicator with its figures; what is no number in its range is not taken over. */
function IndicatorRow(props: {
  readonly at: number;
  readonly chosen: ChartIndicator;
  readonly onChange: (next: ChartIndicator) => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { at, chosen, onChange } = props;
  const indicator = indicatorOf(chosen.id);
  return (
    <div className="ind" data-testid={`indicator-${at}`}>
      <b>{indicator ? indicator[language] : chosen.id}</b>
      {indicator?.params.map((param, place) => (
        <input
          key={param.id}
          className="field num"
          type="number"
          aria-label={`${indicator[language]} ${param[language]}`}
          title={param[language]}
          min={param.min}
          max={param.max}
          step={param.step}
          defaultValue={chosen.params[place] ?? param.first}
          data-testid={`indicator-${at}-${param.id}`}
          onChange={(event) => {
            const value = event.target.valueAsNumber;
            if (!(value >= param.min && value <= param.max)) return;
            const params = indicator.params.map(({ first }, other) => chosen.params[other] ?? first);
            onChange({ ...chosen, params: params.with(place, value) });
          }}
        />
      ))}
      <IconButton
        icon="x"
        label={t('chart.removeIndicator')}
        testId={`indicator-remove-${at}`}
        onClick={props.onRemove}
      />
    </div>
  );
}

function IndicatorMenu({ choice }: { readonly choice: ChartChoice }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { indicators } = choice.settings;
  const set = (next: (now: readonly ChartIndicator[]) => readonly ChartIndicator[]): void =>
    choice.change((now) => ({ indicators: [...next(now.indicators)] }));
  return (
    <MenuButton
      className="btn ghost"
      label={t('chart.indicators')}
      testId="chart-indicators"
      kind="form"
      face={
        <>
          <Icon name="wave" size="sm" />
          <span className="hid-s">{t('chart.indicators')}</span>
        </>
      }
    >
      {() => (
        <div className="inds">
          {indicators.map((chosen, at) => (
            <IndicatorRow
              key={`${at}-${chosen.id}`}
              at={at}
              chosen={chosen}
              onChange={(next) => set((now) => now.map((each, place) => (place === at ? next : each)))}
              onRemove={() => set((now) => now.toSpliced(at, 1))}
            />
          ))}
          <Select
            label={t('chart.addIndicator')}
            choices={[
              { value: '', label: t('chart.addIndicator') },
              ...INDICATORS.map((indicator) => ({ value: indicator.id, label: indicator[language] })),
            ]}
            value=""
            onChange={(id) => {
              const indicator = indicatorOf(id);
              if (!indicator) return;
              const added = { id, params: indicator.params.map(({ first }) => first) };
              set((now) => (now.length < CHART_INDICATORS_LIMIT ? [...now, added] : now));
            }}
            testId="chart-add-indicator"
          />
        </div>
      )}
    </MenuButton>
  );
}

function CompareMenu({
  choice,
  instrumentId,
}: {
  readonly choice: ChartChoice;
  readonly instrumentId: string;
}): JSX.Element {
  const t = useText();
  const { compare } = choice.settings;
  return (
    <MenuButton
      className="btn ghost"
      label={t('chart.compare')}
      testId="chart-compare"
      kind="form"
      face={
        <>
          <span>%</span>
          {compare.length > 0 && <b className="num">{compare.length}</b>}
        </>
      }
    >
      {() => (
        <div className="inds">
          <IssueSearch
            label={t('chart.compareAdd')}
            placeholder={t('chart.compareAdd')}
            testId="chart-compare-add"
            optionTestId="chart-compare-add"
            onChoose={({ id }) => {
              if (id === instrumentId) return;
              choice.change(({ compare: now }) => ({
                compare: now.includes(id) || now.length >= COMPARED_LIMIT ? now : [...now, id],
              }));
            }}
          />
          {compare.map((id) => (
            <div key={id} className="ind">
              <b>{nameOf(id)}</b>
              <IconButton
                icon="x"
                label={t('chart.compareRemove', { name: nameOf(id) })}
                testId={`chart-compare-remove-${id}`}
                onClick={() => choice.change((now) => ({ compare: now.compare.filter((each) => each !== id) }))}
              />
            </div>
          ))}
        </div>
      )}
    </MenuButton>
  );
}

/** What charts of a link group may share. */
const SYNCED = ['crosshair', 'interval', 'range'] as const;

/** What is seldom wanted: hours, linked charts, templates and pictures. */
function MoreMenu(props: {
  readonly choice: ChartChoice;
  readonly name: string;
  readonly picture: () => HTMLCanvasElement | null;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { choice, name } = props;
  const { settings } = choice;
  const { group } = usePanel();
  const taken = async (take: (canvas: HTMLCanvasElement) => Promise<void>, said: string): Promise<void> => {
    const canvas = props.picture();
    if (!canvas) return;
    try {
      await take(canvas);
      workstation.notify({ level: 'info', title: said, body: '' });
    } catch {
      workstation.notify({ level: 'caution', title: t('chart.pictureFailed'), body: t('chart.pictureFailedBody') });
    }
  };
  return (
    <MenuButton
      className="btn icon ghost"
      label={t('chart.more')}
      testId="chart-more"
      face={<Icon name="more" size="sm" />}
    >
      {(close) => (
        <>
          <MenuItem
            testId="chart-copy"
            onClick={() => {
              close();
              void taken(copyPicture, t('chart.copied'));
            }}
          >
            {t('chart.copy')}
          </MenuItem>
          <MenuItem
            testId="chart-save"
            onClick={() => {
              close();
              void taken((canvas) => savePicture(canvas, `${name}.png`), t('chart.saved'));
            }}
          >
            {t('chart.save')}
          </MenuItem>
          <hr />
          <MenuItem
            testId="chart-sessions"
            checked={settings.sessions}
            onClick={() => choice.change(({ sessions }) => ({ sessions: !sessions }))}
          >
            {t('chart.sessions')}
          </MenuItem>
          {group !== null && (
            <>
              <hr />
              <p className="menu-title">{t('chart.sync')}</p>
              {SYNCED.map((what) => (
                <MenuItem
                  key={what}
                  testId={`chart-sync-${what}`}
                  checked={settings.sync[what]}
                  onClick={() => choice.change(({ sync }) => ({ sync: { ...sync, [what]: !sync[what] } }))}
                >
                  {t(`chart.sync.${what}`)}
                </MenuItem>
              ))}
            </>
          )}
          <hr />
          {choice.templates.map((template) => (
            <MenuItem
              key={template.name}
              testId={`chart-template-${template.name}`}
              onClick={() => {
                close();
                choice.change(({ interval }) => ({ ...template, name: '', interval }));
              }}
            >
              {template.name}
            </MenuItem>
          ))}
          <TemplateForm
            onName={(written) => {
              close();
              choice.keepTemplate(written);
            }}
          />
        </>
      )}
    </MenuButton>
  );
}

function TemplateForm({ onName }: { readonly onName: (name: string) => void }): JSX.Element {
  const t = useText();
  const [name, setName] = useState('');
  return (
    <form
      className="row tpl"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onName(name.trim());
      }}
    >
      <input
        className="field"
        aria-label={t('chart.templateName')}
        placeholder={t('chart.templateName')}
        maxLength={40}
        value={name}
        data-testid="chart-template-name"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <button type="submit" className="btn" disabled={name.trim() === ''} data-testid="chart-template-save">
        {t('chart.templateSave')}
      </button>
    </form>
  );
}

export function ChartTools(props: {
  readonly choice: ChartChoice;
  readonly instrumentId: string;
  readonly table: boolean;
  readonly onTable: () => void;
  readonly drawings: DrawingsOf;
  /** The user has chosen an interval. */
  readonly onInterval: (interval: ChartInterval) => void;
  /** A drawing tool is in the hand. */
  readonly onDraw: () => void;
  readonly picture: () => HTMLCanvasElement | null;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { choice, instrumentId } = props;
  const [bar, setBar] = useState<HTMLDivElement | null>(null);
  const compact = useNarrow(bar, SEGMENT_FROM);
  const put = (interval: ChartInterval): void => {
    choice.change({ interval });
    props.onInterval(interval);
    // What a new chart begins with.
    void workstation.setPreferences({ interval: baseInterval(interval) });
  };
  return (
    <div className="tbar chart-bar" ref={setBar}>
      {compact ? (
        <Select
          label={t('chart.interval')}
          choices={CHART_INTERVALS.map((value) => ({ value, label: t(`interval.${value}`) }))}
          value={choice.interval}
          onChange={(value) => {
            const interval = CHART_INTERVALS.find((each) => each === value);
            if (interval) put(interval);
          }}
          testId="chart-interval"
        />
      ) : (
        <Segment
          label={t('chart.interval')}
          choices={CHART_INTERVALS.map((value) => ({ value, label: t(`interval.${value}.short`) }))}
          value={choice.interval}
          onChange={put}
          testId="chart-interval"
        />
      )}
      <span className="sp" />
      <ToolMenu drawings={props.drawings} onChosen={props.onDraw} />
      <Select
        label={t('chart.kind')}
        choices={CHART_KINDS.map((value) => ({ value, label: t(`chart.kind.${value}`) }))}
        value={choice.settings.kind}
        onChange={(value) => {
          const kind = CHART_KINDS.find((each) => each === value);
          if (kind) choice.change({ kind });
        }}
        testId="chart-kind"
      />
      <IndicatorMenu choice={choice} />
      <CompareMenu choice={choice} instrumentId={instrumentId} />
      <IconButton
        icon="list"
        label={t('chart.table')}
        pressed={props.table}
        testId="chart-table-toggle"
        onClick={props.onTable}
      />
      <MoreMenu choice={choice} name={nameOf(instrumentId)} picture={props.picture} />
    </div>
  );
}
