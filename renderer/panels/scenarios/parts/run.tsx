/** Running: with which seeds and how fast, what is under way, and the way to what came of it. */
import type { JSX } from 'react';
import { RUN_SEEDS_LIMIT, type RunJob } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import type { Workstation } from '../../../client/workstation.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { direction, number, percent, time, UNKNOWN } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty } from '../../../ui/panel.tsx';
import { isShipped, useScenarios, type OpenScenario } from '../slice.ts';
import { Figure } from './run-fields.tsx';

/** Exchange seconds a second; 0 stands for as fast as the machine allows. */
const PACES = [1, 10, 60, 0] as const;
const LINES = 8;
const SEED_LIMIT = 4_294_967_295;

/** Starts a run of the open scenario as it is written now. */
export async function startRun(workstation: Workstation): Promise<void> {
  const { open, run, reading } = useScenarios.getState();
  if (!open || !reading.whole) return;
  useScenarios.setState({ view: 'run' });
  await workstation.act((client) =>
    client.scenarios.run({ id: open.id, text: isShipped(open.id) ? null : open.text, ...run }),
  );
}

function PaceChoice(props: {
  readonly value: number | null;
  readonly onChange: (pace: number | null) => void;
  readonly testId: string;
}): JSX.Element {
  const t = useText();
  return (
    <Segment
      label={t('scen.pace')}
      choices={PACES.map((value) => ({ value, label: t(`scen.pace.${value}`) }))}
      value={PACES.find((each) => each === (props.value ?? 0)) ?? null}
      onChange={(value) => props.onChange(value === 0 ? null : value)}
      testId={props.testId}
    />
  );
}

/** What can be set of the next run, and the button. */
function Settings({ onStart }: { readonly onStart: () => void }): JSX.Element {
  const t = useText();
  const run = useScenarios((state) => state.run);
  const whole = useScenarios((state) => state.reading.whole);
  const errors = useScenarios((state) => state.reading.problems.filter(({ severity }) => severity === 'error').length);
  const set = (change: Partial<typeof run>): void => useScenarios.setState({ run: { ...run, ...change } });
  return (
    <div className="sc-settings">
      <div className="one">
        <span className="l">{t('scen.seed')}</span>
        <Figure
          label={t('scen.seed')}
          value={run.seed}
          least={0}
          most={SEED_LIMIT}
          onValue={(seed) => set({ seed })}
          testId="scen-seed"
        />
      </div>
      <div className="one">
        <span className="l">{t('scen.seeds')}</span>
        <Figure
          label={t('scen.seeds')}
          value={run.seeds}
          least={1}
          most={RUN_SEEDS_LIMIT}
          onValue={(seeds) => set({ seeds })}
          testId="scen-seeds"
        />
      </div>
      <div className="one">
        <span className="l">{t('scen.pace')}</span>
        <PaceChoice value={run.pace} onChange={(pace) => set({ pace })} testId="scen-pace" />
      </div>
      <button type="button" className="btn pri lg" disabled={!whole} data-testid="scen-run-go" onClick={onStart}>
        <Icon name="play" size="sm" />
        {t('scen.runGo')}
      </button>
      <p className="note">{t(errors > 0 ? 'scen.runFaulty' : 'scen.runHint', { count: errors })}</p>
    </div>
  );
}

function Job({ job }: { readonly job: RunJob }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const language = useView((state) => state.language);
  const live = job.state === 'running' || job.state === 'waiting';
  const share = job.state === 'done' ? 1 : Math.min(1, (job.done + (job.part < 1 ? job.part : 0)) / job.seeds);
  const lines = job.lines.slice(-LINES);
  const last = job.runIds.at(-1);
  const chips = { waiting: 'line', running: 'env', done: 'ok', failed: 'high', canceled: 'dis' } as const;
  return (
    <article className="sc-job" data-testid={`scen-job-${job.jobId}`} data-state={job.state} aria-label={job.name}>
      <header>
        <span className={`chip ${chips[job.state]}`}>{t(`scen.job.${job.state}`)}</span>
        <b className="el">{job.name}</b>
        <span className="l num">{t('scen.jobSeeds', { done: number(job.done), seeds: number(job.seeds) })}</span>
        <span className="sp" />
        {live && (
          <>
            <PaceChoice
              value={job.pace}
              onChange={(pace) =>
                void workstation.act((client) => client.scenarios.setPace({ jobId: job.jobId, pace }))
              }
              testId="scen-job-pace"
            />
            <button
              type="button"
              className="btn"
              data-testid="scen-job-cancel"
              onClick={() => void workstation.act((client) => client.scenarios.cancel({ jobId: job.jobId }))}
            >
              {t('scen.cancel')}
            </button>
          </>
        )}
        {last !== undefined && (
          <button
            type="button"
            className="btn"
            data-testid="scen-job-result"
            onClick={() => useScenarios.setState({ view: 'results', shown: last })}
          >
            {t('scen.seeResult')}
          </button>
        )}
      </header>
      <progress
        value={share}
        max={1}
        aria-label={t('scen.progress', { percent: Math.floor(share * 100) })}
        data-testid="scen-progress"
      />
      <dl className="sc-facts num">
        <div>
          <dt>{t('scen.marketTime')}</dt>
          <dd>{job.ts === 0 ? UNKNOWN : time(job.ts)}</dd>
        </div>
        {(['kospiPct', 'kosdaqPct'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`scen.index.${name}`)}</dt>
            <dd className={direction(job[name])}>{job[name] === null ? UNKNOWN : percent(job[name])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('scen.score')}</dt>
          <dd>{job.ts === 0 ? UNKNOWN : Math.round(job.score)}</dd>
        </div>
        {Object.entries(job.equityKrw).map(([id, equity]) => (
          <div key={id}>
            <dt>{t('scen.equityOf', { id })}</dt>
            <dd>{number(equity)}</dd>
          </div>
        ))}
      </dl>
      {job.problem && (
        <p className="err" role="alert">
          {job.problem.messageKo} {job.problem.actionKo} ({job.problem.code})
        </p>
      )}
      {lines.length > 0 && (
        <ol className="sc-lines">
          {lines.map((each, at) => (
            <li key={at}>
              <span className="num l">{time(each.ts)}</span>
              <span className={`tr ${each.track}`}>{t(`scen.line.${each.track}`)}</span>
              <span>{each[language]}</span>
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}

export function RunView({ open }: { readonly open: OpenScenario }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const jobs = useScenarios((state) => state.jobs);
  const all = [...jobs.values()].reverse();
  const own = all.filter(({ scenarioId }) => scenarioId === open.id);
  const others = all.filter(
    ({ scenarioId, state }) => scenarioId !== open.id && (state === 'running' || state === 'waiting'),
  );
  return (
    <div className="sc-run">
      <Settings onStart={() => void startRun(workstation)} />
      {own.length === 0 && others.length === 0 && (
        <Empty icon="play" title={t('scen.noJobs')} body={t('scen.noJobsBody')} testId="scen-no-jobs" />
      )}
      {own.map((job) => (
        <Job key={job.jobId} job={job} />
      ))}
      {others.length > 0 && <h3 className="sc-sub">{t('scen.otherJobs')}</h3>}
      {others.map((job) => (
        <Job key={job.jobId} job={job} />
      ))}
    </div>
  );
}
