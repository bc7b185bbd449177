/** A result whole: judged criteria with evidence, what came of the accounts with and without plays, what was seen and done. */
import { type JSX, useState } from 'react';
import type { RunAccount, RunLine, ScenarioRun } from '#shared/domain/index.ts';
import { valueName } from '#shared/scenario/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { direction, number, percent, signed, time, UNKNOWN } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { ResultPicture } from './result-picture.tsx';
import { measured } from './run-results.ts';
import { detectorName, issueName, playName } from './words.ts';

/** Lines of the timeline shown at once. */
const LINES = 400;
const TRACKS = ['all', 'market', 'fault', 'security', 'order', 'threat', 'play', 'account'] as const;
type Track = (typeof TRACKS)[number];
const SEVERITY_CHIP = { L: 'line', M: 'mid', H: 'high', C: 'crit' } as const;

function Criteria({ run }: { readonly run: ScenarioRun }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const evidence = (each: ScenarioRun['criteria'][number]): string =>
    language === 'ko' ? each.evidence : each.evidenceEn;
  if (run.criteria.length === 0) return <p className="note">{t('scen.noCriteria')}</p>;
  return (
    <table className="sc-rows" data-testid="scen-criteria">
      <thead>
        <tr>
          <th scope="col">{t('scen.criterion')}</th>
          <th scope="col">{t('scen.verdict')}</th>
          <th scope="col" className="r">
            {t('scen.measured')}
          </th>
          {run.without && (
            <th scope="col" className="r">
              {t('scen.without')}
            </th>
          )}
          <th scope="col">{t('scen.evidence')}</th>
        </tr>
      </thead>
      <tbody>
        {run.criteria.map((each, at) => {
          const bare = run.without?.criteria.find(({ name }) => name === each.name);
          return (
            <tr key={at}>
              <th scope="row">{each.name}</th>
              <td>
                <span className={each.pass ? 'chip ok' : 'chip high'}>
                  <Icon name={each.pass ? 'check' : 'x'} size="sm" />
                  {t(each.pass ? 'scen.pass' : 'scen.fail')}
                </span>
              </td>
              <td className="r num">{each.value === null ? UNKNOWN : measured(each.value)}</td>
              {run.without && (
                <td className="r num">
                  {bare ? (
                    <span className={bare.pass ? '' : 'highc'}>
                      {bare.value === null ? UNKNOWN : measured(bare.value)}
                    </span>
                  ) : (
                    UNKNOWN
                  )}
                </td>
              )}
              <td className="wrap">{evidence(each)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Account(props: { readonly account: RunAccount; readonly without: RunAccount | null }): JSX.Element {
  const t = useText();
  const { account, without } = props;
  const cost = account.commissionKrw + account.taxKrw;
  const lines = [
    { label: t('scen.start'), now: number(account.startKrw), bare: without && number(without.startKrw) },
    { label: t('scen.end'), now: number(account.endKrw), bare: without && number(without.endKrw) },
    {
      label: t('scen.return'),
      now: percent(account.returnPct),
      bare: without && percent(without.returnPct),
      tone: direction(account.returnPct),
    },
    {
      label: t('scen.drawdown'),
      now: percent(-Math.abs(account.maxDrawdownPct)),
      bare: without && percent(-Math.abs(without.maxDrawdownPct)),
    },
    { label: t('scen.worstDay'), now: percent(-account.worstDayPct), bare: without && percent(-without.worstDayPct) },
    { label: t('scen.leastCash'), now: number(account.leastCashKrw), bare: without && number(without.leastCashKrw) },
    {
      label: t('scen.ordersFills'),
      now: `${number(account.orders)} / ${number(account.fills)}`,
      bare: without && `${number(without.orders)} / ${number(without.fills)}`,
    },
    { label: t('scen.charges'), now: number(cost), bare: without && number(without.commissionKrw + without.taxKrw) },
  ];
  return (
    <table className="sc-rows acc-rows" data-testid={`scen-account-${account.id}`}>
      <thead>
        <tr>
          <th scope="col">{t('scen.accountOf', { id: account.id })}</th>
          <th scope="col" className="r">
            {t(without ? 'scen.with' : 'scen.result')}
          </th>
          {without && (
            <th scope="col" className="r">
              {t('scen.without')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, now, bare, tone }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className={`r num ${tone ?? ''}`}>{now}</td>
            {without && <td className="r num">{bare}</td>}
          </tr>
        ))}
        {without && (
          <tr>
            <th scope="row">{t('scen.effect')}</th>
            <td className={`r num ${direction(account.endKrw - without.endKrw)}`} colSpan={2}>
              <b>{t('unit.of', { amount: signed(account.endKrw - without.endKrw), unit: t('unit.won') })}</b>
            </td>
          </tr>
        )}
        <tr>
          <th scope="row">{t('scen.heldAtEnd')}</th>
          <td className="r wrap" colSpan={without ? 2 : 1}>
            {account.positions.length === 0
              ? t('scen.heldNone')
              : account.positions.map(({ issue, quantity }) => `${issueName(issue)} ${number(quantity)}`).join(', ')}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** Time of the day, with the date where several days were played. */
function useWhen(run: ScenarioRun): (ts: number) => string {
  return (ts) => (run.days.length > 1 ? `${kstDate(epochMs(ts)).slice(5)} ${time(ts)}` : time(ts));
}

function Seen({ run }: { readonly run: ScenarioRun }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const when = useWhen(run);
  return (
    <>
      <h3 className="sc-sub">{t('scen.threatsCount', { count: run.threats.length })}</h3>
      {run.threats.length === 0 ? (
        <p className="note">{t('scen.noThreats')}</p>
      ) : (
        <ul className="sc-seen" data-testid="scen-threats">
          {run.threats.map((threat, at) => (
            <li key={at}>
              <span className="num l">{when(threat.at)}</span>
              <span className={`chip ${SEVERITY_CHIP[threat.severity]}`}>{valueName(threat.severity, language)}</span>
              <b>{detectorName(threat.detector, language)}</b>
              <span>{language === 'ko' ? threat.sentenceKo : threat.sentenceEn}</span>
            </li>
          ))}
        </ul>
      )}
      <h3 className="sc-sub">{t('scen.playsCount', { count: run.plays.length })}</h3>
      {run.plays.length === 0 ? (
        <p className="note">{t('scen.noPlays')}</p>
      ) : (
        <ul className="sc-seen" data-testid="scen-plays">
          {run.plays.map((play, at) => (
            <li key={at}>
              <span className="num l">{when(play.at)}</span>
              <span className="chip line">{t(`scen.by.${play.by}`)}</span>
              <b>{playName(play.play, language)}</b>
              <span>{language === 'ko' ? play.didKo : play.didEn}</span>
              <span className="l num">
                {t('scen.afterMs', { detector: play.detector, seconds: (play.afterMs / 1_000).toFixed(1) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Lines({ run }: { readonly run: ScenarioRun }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const when = useWhen(run);
  const [track, setTrack] = useState<Track>('all');
  const found: readonly RunLine[] = run.timeline.filter((each) => track === 'all' || each.track === track);
  const left = found.length - Math.min(found.length, LINES) + (track === 'all' ? run.timelineLeft : 0);
  return (
    <>
      <h3 className="sc-sub">{t('scen.happened')}</h3>
      <Segment
        label={t('scen.happened')}
        choices={TRACKS.map((value) => ({ value, label: t(`scen.line.${value}`) }))}
        value={track}
        onChange={setTrack}
        testId="scen-lines"
      />
      {found.length === 0 && <p className="note">{t('scen.noLines')}</p>}
      <ol className="sc-lines" data-testid="scen-happened">
        {found.slice(0, LINES).map((each, at) => (
          <li key={at}>
            <span className="num l">{when(each.ts)}</span>
            <span className={`tr ${each.track}`}>{t(`scen.line.${each.track}`)}</span>
            <span>{each[language]}</span>
          </li>
        ))}
      </ol>
      {left > 0 && <p className="note">{t('scen.linesLeft', { count: number(left) })}</p>}
    </>
  );
}

export function ResultView({ run }: { readonly run: ScenarioRun }): JSX.Element {
  const t = useText();
  return (
    <div className="sc-body" data-testid="scen-result" data-hash={run.hash}>
      <p className="sc-verdict">
        <span className={run.passed ? 'chip ok' : 'chip high'} data-testid="scen-passed">
          <Icon name={run.passed ? 'check' : 'x'} size="sm" />
          {t(run.passed ? 'scen.passed' : 'scen.notPassed')}
        </span>
        <b className="el">{run.scenario}</b>
        <span className="l num">
          {t('scen.runFacts', {
            seed: run.seed,
            days: run.days.join(', '),
            seconds: (run.ms / 1_000).toFixed(1),
            hash: run.hash,
          })}
        </span>
      </p>
      <Criteria run={run} />
      <ResultPicture run={run} />
      <div className="sc-accs">
        {run.accounts.map((account) => (
          <Account
            key={account.id}
            account={account}
            without={run.without?.accounts.find(({ id }) => id === account.id) ?? null}
          />
        ))}
      </div>
      {!run.without && <p className="note">{t('scen.noWithout')}</p>}
      <Seen run={run} />
      <Lines run={run} />
      <p className="note">{t('scen.notReal')}</p>
    </div>
  );
}
