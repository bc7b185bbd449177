/** Simulation area: the market's clock, and whole days replayed apart from it. */
import type { Contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import { krxId } from '#shared/domain/index.ts';
import { replayDay } from '#shared/exchange/index.ts';
import type { DailyHistory } from '#core/market/index.ts';
import type { Simulator } from '#core/simulator/index.ts';

export interface SimulationServices {
  readonly simulator: Simulator;
  readonly history: DailyHistory;
  readonly clock: Clock;
}

export function simulationHandlers(services: SimulationServices): Handlers<Contract>['simulation'] {
  const { simulator, history, clock } = services;
  return {
    status: (_input, sink) => {
      sink.push(simulator.status());
      return simulator.watchStatus((status) => sink.push(status));
    },
    start: ({ plan, speed }) => simulator.start(plan, speed),
    pause: () => simulator.pause(),
    resume: () => simulator.resume(),
    step: ({ ms }) => simulator.step(ms),
    setSpeed: ({ speed }) => simulator.setSpeed(speed),
    jump: ({ to }, { signal }) => simulator.jump(to, signal),
    replayDays: ({ instrumentId, limit }) => history.replayDays(instrumentId, limit),
    replayDay: ({ code, date, seed }) => {
      if (!isSessionDate(date)) throw new AppError('DATE_INVALID', { date });
      const row = history.dailyRow(krxId(code), date);
      if (!row) throw new AppError('REPLAY_NO_DATA', { code, date });
      const startedMs = clock.monotonicMs();
      const report = replayDay(row, seed);
      return { ...report, ms: Math.round((clock.monotonicMs() - startedMs) * 10) / 10 };
    },
  };
}
