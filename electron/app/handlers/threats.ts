/** Threats area: the guard of the environment in force, and what the user has signed and set. */
import type { RecordHistory } from '#core/market/index.ts';
import { MONTH_SESSIONS, type ScenarioRoom, type TuneRoom } from '#core/scenarios/index.ts';
import type { Desk } from '#core/trading/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import { countThreats, type InstrumentId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import { DAY_MS, epochMs, kstDate } from '#shared/time/index.ts';
import { labelOf } from '../environments/choices.ts';
import type { Front } from '../environments/front.ts';
import type { PlaybookRoom } from '../threats/playbook.ts';
import type { PortfolioDesk } from '../threats/portfolio.ts';

/** Threats that statistics are counted over, at most: what is kept of an environment. */
const MOST = 5_000;
const NEWEST = Number.MAX_SAFE_INTEGER;

/** Units held of an issue in all accounts. */
function heldOf(desk: Desk, id: InstrumentId): number {
  return desk
    .accounts()
    .flatMap(({ accountId }) => desk.positions(accountId))
    .reduce((sum, { instrumentId, quantity }) => sum + (instrumentId === id ? quantity : 0), 0);
}

export function threatsHandlers({
  front,
  playbook,
  tuning,
  portfolio,
  scenarios,
  records,
}: {
  readonly front: Front;
  readonly playbook: PlaybookRoom;
  readonly tuning: TuneRoom;
  readonly portfolio: PortfolioDesk;
  readonly scenarios: Pick<ScenarioRoom, 'armed'>;
  readonly records: RecordHistory;
}): Handlers<Contract>['threats'] {
  return {
    follow: front.stream(({ guard }, _input: object, sink) => {
      sink.snapshot(guard.snapshot());
      return guard.watch((item) => sink.push(item));
    }),
    scores: front.stream(({ guard }, _input: object, sink) => guard.watchScores((scores) => sink.push(scores))),
    minutes: front.call(({ guard }) => [...guard.minutes()]),
    history: front.call(({ guard }, { limit, beforeTs }) => ({
      threats: guard.history?.judged(limit, beforeTs ?? NEWEST) ?? [],
      plays: guard.history?.plays(limit, beforeTs ?? NEWEST) ?? [],
    })),
    statistics: front.call(({ guard, hub }, { days }) => {
      const fromTs = hub.exchangeNow() - days * DAY_MS;
      const judged = guard.history?.judged(MOST, NEWEST).filter(({ threat }) => threat.firstTs >= fromTs) ?? [];
      const watched = new Set(guard.history?.scores(fromTs).map(({ ts }) => kstDate(epochMs(ts))));
      return { fromTs, days: watched.size, detectors: countThreats(judged) };
    }),
    judge: front.call(({ guard }, { threatId, verdict }) => {
      if (!guard.history?.judged(MOST, NEWEST).some(({ threat }) => threat.threatId === threatId))
        throw new AppError('THREAT_UNKNOWN', { threatId });
      guard.history.judge(threatId, verdict);
      return { threatId };
    }),
    acknowledge: front.call(({ guard }, { threatId }) => {
      guard.acknowledge(threatId);
      return { threatId };
    }),
    confirm: front.call(({ guard }, { playId }) => guard.plays.confirm(playId), { always: true }),
    release: front.call(({ guard }, { playId }) => guard.plays.release(playId)),
    override: front.call(({ guard }, wish) => guard.override(wish)),
    detectors: front.call(({ guard }) => guard.detectors()),
    configure: front.call(({ guard }, { id, on, params }) => {
      playbook.configure(id, { on, params });
      const row = guard.detectors().find((each) => each.id === id);
      if (!row) throw new AppError('DETECTOR_UNKNOWN', { id });
      return row;
    }),
    mandates: front.call(({ environment }) => playbook.mandates(environment)),
    sign: front.call(({ environment }, wish) => playbook.sign(environment, wish)),
    arm: front.call(({ environment }, wish) => {
      if (environment !== 'simulation') throw new AppError('SIMULATION_ONLY', { environment: labelOf(environment) });
      return playbook.arm(scenarios.armed(wish));
    }),
    revoke: front.call((_environment, { mandateId }) => ({ revoked: playbook.revoke(mandateId) }), { always: true }),
    portfolio: front.call((from, wish, { signal }) => portfolio.ask(from, wish, signal)),
    tune: front.call(({ guard, desk }, wish) =>
      tuning.start(wish, {
        followed: guard.watched(),
        held: (id) => heldOf(desk, id),
        cashKrw: desk
          .accounts()
          .reduce((sum, { cashD2Krw, currency }) => sum + (currency === 'USD' ? 0 : cashD2Krw), 0),
        replayDays: (id) => records.replayDays(id, MONTH_SESSIONS),
      }),
    ),
    tunes: (_input, sink) => {
      sink.snapshot(tuning.list());
      return tuning.watch((job) => sink.push(job));
    },
    cancelTune: ({ jobId }) => {
      tuning.cancel(jobId);
      return { jobId };
    },
    watched: front.call(({ guard }) => [...guard.watched()]),
  };
}
