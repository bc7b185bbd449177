/** Trying figures of a detector: over scenarios or the last month, beside the figures it ships with; what is liked is set. */
import { type JSX, useEffect, useState } from 'react';
import type { DetectorRow, TuneCase, TuneJob, TuneOver, TuneSide } from '#shared/domain/index.ts';
import { useClient, useWorkstation } from '../../client/context.tsx';
import { usePanel } from '../../client/panel-context.tsx';
import { NumberField, Segment } from '../../ui/controls.tsx';
import { number, time, UNKNOWN } from '../../ui/format.ts';
import { Empty } from '../../ui/panel.tsx';
import { changedFigures, figureText, fits, readFigure, stepped } from './parts/detector-form.tsx';
import { figure } from './parts/evidence.tsx';
import { useWords, type Words } from './parts/words.ts';

type Param = DetectorRow['params'][number];

const OVERS = ['library', 'month'] as const satisfies readonly TuneOver[];
/** Times of a case that are written out; the others are counted. */
const TIMES_SHOWN = 3;
const SECOND_MS = 1_000;

/** What is tried of this detector, newest last; told by the core. */
function useTunes(detector: string): TuneJob | null {
  const { client, era } = useClient();
  const [jobs, setJobs] = useState<ReadonlyMap<string, TuneJob>>(new Map());
  useEffect(() => {
    if (!client) return;
    return client.threats.tunes(
      {},
      {
        batch: (items, { snapshot }) =>
          setJobs((old) => new Map([...(snapshot ? [] : old), ...items.map((job) => [job.jobId, job] as const)])),
      },
    );
  }, [client, era]);
  return [...jobs.values()].findLast((job) => job.detector === detector) ?? null;
}

/** Sums over all cases; a mean latency is weighed by its hits. */
export function totalOf(
  cases: readonly TuneCase[],
  side: 'before' | 'after',
): Omit<TuneSide, 'fired'> & { readonly fired: number } {
  const sides = cases.map((each) => each[side]);
  const sum = (of: (each: TuneSide) => number): number => sides.reduce((all, each) => all + of(each), 0);
  const hits = sum((each) => each.hits);
  const worst = sides.flatMap(({ worstLatencyMs }) => (worstLatencyMs === null ? [] : [worstLatencyMs]));
  return {
    hits,
    fired: sum((each) => each.fired.length),
    meanLatencyMs: hits === 0 ? null : sum((each) => (each.meanLatencyMs ?? 0) * each.hits) / hits,
    worstLatencyMs: worst.length === 0 ? null : Math.max(...worst),
    falseAlarms: sum((each) => each.falseAlarms),
  };
}

/** Figures that a job tried, as they were used: those it did not name are as they ship. */
function isOf(job: TuneJob, params: Readonly<Record<string, number>>): boolean {
  const [a, b] = [Object.entries(job.params), Object.entries(params)];
  return a.length === b.length && a.every(([id, value]) => params[id] === value);
}

function timesText({ t }: Words, times: readonly number[]): string {
  if (times.length === 0) return t('tune.never');
  const shown = times.slice(0, TIMES_SHOWN).map(time).join(', ');
  return times.length > TIMES_SHOWN ? t('tune.moreTimes', { shown, more: times.length - TIMES_SHOWN }) : shown;
}

function latencyText({ t }: Words, ms: number | null): string {
  return ms === null ? UNKNOWN : t('unit.seconds', { seconds: (ms / SECOND_MS).toFixed(1) });
}

function Side({
  words,
  side,
  of,
}: {
  readonly words: Words;
  readonly side: TuneSide;
  readonly of: TuneCase;
}): JSX.Element {
  const missed = side.hits < of.expected.length;
  return (
    <>
      <td>{timesText(words, side.fired)}</td>
      <td className={missed ? 'num r highc' : 'num r'}>
        {of.expected.length === 0 ? UNKNOWN : `${side.hits}/${of.expected.length}`}
      </td>
      <td className="num r">{latencyText(words, side.meanLatencyMs)}</td>
      <td className={side.falseAlarms > 0 ? 'num r highc' : 'num r'}>{number(side.falseAlarms)}</td>
    </>
  );
}

function Results({ job }: { readonly job: TuneJob }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const expected = job.results.reduce((sum, each) => sum + each.expected.length, 0);
  const total = (side: 'before' | 'after'): JSX.Element => {
    const { hits, fired, meanLatencyMs, falseAlarms } = totalOf(job.results, side);
    return (
      <>
        <td className="num">{t('tune.firings', { count: number(fired) })}</td>
        <td className="num r" data-testid={`tune-hits-${side}`}>
          {expected === 0 ? UNKNOWN : `${hits}/${expected}`}
        </td>
        <td className="num r">{latencyText(words, meanLatencyMs)}</td>
        <td className="num r" data-testid={`tune-false-${side}`}>
          {number(falseAlarms)}
        </td>
      </>
    );
  };
  const heads = ['fired', 'hits', 'latency', 'false'] as const;
  return (
    <div className="thr-past tune-results" tabIndex={0} role="region" aria-label={t('tune.results')}>
      <table data-testid="tune-results">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t(job.over === 'library' ? 'tune.scenario' : 'tune.session')}
            </th>
            <th scope="col" rowSpan={2}>
              {t('tune.expected')}
            </th>
            <th scope="colgroup" colSpan={4}>
              {t('tune.before')}
            </th>
            <th scope="colgroup" colSpan={4}>
              {t('tune.after')}
            </th>
          </tr>
          <tr>
            {(['before', 'after'] as const).flatMap((side) =>
              heads.map((head) => (
                <th key={`${side} ${head}`} scope="col" className={head === 'fired' ? '' : 'r'}>
                  {t(`tune.${head}`)}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {job.results.map((each) => (
            <tr key={`${each.scenarioId ?? ''} ${each.name}`}>
              <th scope="row">{each.name}</th>
              <td>
                {each.expected.length === 0
                  ? t('tune.nothing')
                  : each.expected.map(([from, to]) => `${time(from)}–${time(to)}`).join(', ')}
              </td>
              <Side words={words} side={each.before} of={each} />
              <Side words={words} side={each.after} of={each} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('tune.all', { count: job.results.length })}
            </th>
            {total('before')}
            {total('after')}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Figure(props: {
  readonly param: Param;
  readonly text: string;
  readonly disabled: boolean;
  readonly onText: (text: string) => void;
}): JSX.Element {
  const words = useWords();
  const { t } = words;
  const { param, text } = props;
  const name = words.of(param.labelKo, param.labelEn);
  const bad = !fits(readFigure(text), param);
  const hintId = `tune-hint-${param.id}`;
  return (
    <div className="thr-figure">
      <span>{name}</span>
      <NumberField
        label={t('tune.figure', { name })}
        text={text}
        unit={param.unit}
        disabled={props.disabled}
        invalid={bad}
        describedBy={hintId}
        testId={`tune-figure-${param.id}`}
        lessLabel={t('threats.less', { name })}
        moreLabel={t('threats.moreOf', { name })}
        onText={props.onText}
        onStep={(steps) => props.onText(stepped(text, steps, param))}
      />
      <span className={bad ? 'err' : 'l'} id={hintId} role={bad ? 'alert' : undefined}>
        {t(bad ? 'threats.outOfRange' : 'threats.range', {
          min: figure(param.min),
          max: figure(param.max),
          unit: param.unit,
        })}
      </span>
    </div>
  );
}

export function DetectorTuning({ detector }: { readonly detector: DetectorRow }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const { looksOnly } = usePanel();
  const workstation = useWorkstation();
  const [over, setOver] = useState<TuneOver>('library');
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const job = useTunes(detector.id);
  const running = job?.state === 'running';
  const textOf = ({ id, value }: Param): string => texts[id] ?? figureText(value);
  const figures = detector.params.map((param) => ({ ...param, value: readFigure(textOf(param)) }));
  const valid = figures.every((each) => fits(each.value, each));
  const params = changedFigures(figures.map((each) => ({ ...each, value: each.value ?? each.initial })));
  const isSet = detector.params.every(({ value }, at) => figures[at]?.value === value);
  const tried = job !== null && isOf(job, params);
  const start = (): void =>
    void workstation.act((client) => client.threats.tune({ detector: detector.id, on: true, params, over }));
  const cancel = (): void => void (job && workstation.act((client) => client.threats.cancelTune({ jobId: job.jobId })));
  const set = (): void =>
    void workstation.act((client) => client.threats.configure({ id: detector.id, on: detector.on, params }));
  if (detector.params.length === 0) return <></>;
  return (
    <section className="thr-form tune" aria-label={t('tune.title')} data-testid="detector-tuning">
      <h3>{t('tune.title')}</h3>
      <p className="l">{t('tune.how')}</p>
      <div className="thr-line">
        <Segment
          label={t('tune.over')}
          choices={OVERS.map((value) => ({ value, label: t(`tune.over.${value}`) }))}
          value={over}
          onChange={setOver}
          testId="tune-over"
        />
      </div>
      {detector.params.map((param) => (
        <Figure
          key={param.id}
          param={param}
          text={textOf(param)}
          disabled={looksOnly || running}
          onText={(text) => setTexts((old) => ({ ...old, [param.id]: text }))}
        />
      ))}
      {!looksOnly && (
        <div className="acts">
          {running ? (
            <button type="button" className="btn" data-testid="tune-cancel" onClick={cancel}>
              {t('tune.cancel')}
            </button>
          ) : (
            <button type="button" className="btn" disabled={!valid} data-testid="tune-run" onClick={start}>
              {t('tune.run')}
            </button>
          )}
          <span className="sp" />
          <button
            type="button"
            className="btn pri"
            disabled={!valid || isSet || running}
            data-testid="tune-set"
            onClick={set}
          >
            {t('tune.set')}
          </button>
        </div>
      )}
      {job === null ? (
        <Empty icon="list" title={t('tune.none')} body={t('tune.noneBody')} testId="tune-empty" />
      ) : (
        <>
          <div className="tune-state" role="status" data-testid="tune-state">
            <span>{t(`tune.state.${job.state}`, { done: job.results.length, cases: job.cases })}</span>
            {running && <progress max={1} value={job.part} aria-label={t('tune.title')} />}
            {!tried && <span className="l">{t('tune.otherFigures')}</span>}
          </div>
          {job.problem && (
            <p className="err" role="alert">
              {job.problem.messageKo} {job.problem.actionKo}
            </p>
          )}
          {job.results.length > 0 && <Results job={job} />}
          {job.over === 'month' && <p className="l">{t('tune.monthHow')}</p>}
        </>
      )}
    </section>
  );
}
