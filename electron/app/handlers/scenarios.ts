/** Scenarios area: library, the user's own, runs and their reports. */
import { reportOf, type ScenarioRoom } from '#core/scenarios/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';

export function scenariosHandlers(room: ScenarioRoom): Handlers<Contract>['scenarios'] {
  return {
    follow: (_input, sink) => {
      sink.snapshot(room.list());
      return room.watch((scenario) => sink.push(scenario));
    },
    read: ({ id, version }) => room.read(id, version),
    saveDraft: ({ id, text }) => room.saveDraft(id, text),
    save: ({ id, ...change }) => room.save(id, change),
    create: (wish) => room.create(wish),
    remove: ({ id }) => ({ removed: room.remove(id) }),
    versions: ({ id }) => room.versions(id),
    run: (wish) => room.run(wish),
    jobs: (_input, sink) => {
      sink.snapshot(room.jobs.list());
      return room.jobs.watch((job) => sink.push(job));
    },
    setPace: ({ jobId, pace }) => {
      room.jobs.setPace(jobId, pace);
      return { jobId };
    },
    cancel: ({ jobId }) => {
      room.jobs.cancel(jobId);
      return { jobId };
    },
    runs: ({ id }) => room.runs.rows().filter(({ scenarioId }) => id === null || scenarioId === id),
    result: ({ runId }) => room.runs.get(runId),
    report: ({ runIds, language }) =>
      reportOf(
        runIds.map((runId) => room.runs.get(runId)),
        language,
      ),
    plan: (wish) => room.plan(wish),
  };
}
