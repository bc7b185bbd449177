/** Scenarios area: the library and the user's own, their versions, their runs. */
import { z } from 'zod';
import {
  RUN_SEEDS_LIMIT,
  RunJob,
  RunPace,
  RunRow,
  SCENARIO_SIZE_LIMIT,
  ScenarioId,
  ScenarioRun,
  ScenarioVersion,
  ScenarioVersionRow,
  SimulationPlan,
  StoredScenario,
} from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

const Ref = z.strictObject({ id: ScenarioId });
const Text = z.string().max(SCENARIO_SIZE_LIMIT);
const Seed = z.int().min(0).max(4_294_967_295);

export const scenarios = area({
  follow: stream({
    about: 'Every scenario, then every change of one, whichever window made it.',
    input: z.strictObject({}),
    item: StoredScenario,
    mode: 'every',
    snapshot: true,
  }),
  read: method({
    about: 'The text of a version (the newest if none is named), and the unfinished change that waits, if any.',
    input: z.strictObject({ ...Ref.shape, version: ScenarioVersion.nullable().default(null) }),
    output: z.strictObject({ id: ScenarioId, version: ScenarioVersion, text: Text, draft: Text.nullable() }),
  }),
  saveDraft: method({
    about: 'Keeps an unfinished change, whatever state it is in; null drops it.',
    input: z.strictObject({ ...Ref.shape, text: Text.nullable() }),
    output: StoredScenario,
    cancellable: false,
  }),
  save: method({
    about:
      'Makes a new version on the one named by `version`; refused where another window has made one since, or where the text is no scenario.',
    input: z.strictObject({
      ...Ref.shape,
      version: ScenarioVersion,
      text: Text,
      note: z.string().max(200).default(''),
    }),
    output: StoredScenario,
    cancellable: false,
  }),
  create: method({
    about: 'A new scenario of the user: a copy of another, or a text that was brought along.',
    input: z.strictObject({
      from: ScenarioId.nullable(),
      text: Text.nullable(),
      name: z.string().max(80).nullable().default(null),
    }),
    output: StoredScenario,
    cancellable: false,
  }),
  remove: method({
    about: 'Puts a scenario of the user away; its files are kept in the folder of removed ones.',
    input: Ref,
    output: z.strictObject({ removed: z.boolean() }),
    cancellable: false,
  }),
  versions: method({
    about: 'Versions of a scenario, newest first.',
    input: Ref,
    output: z.array(ScenarioVersionRow),
  }),
  run: method({
    about:
      'Plays a scenario in a worker: the text given, or a version. Nothing of the environment in force is touched.',
    input: z.strictObject({
      ...Ref.shape,
      text: Text.nullable().default(null),
      seed: Seed.default(1),
      seeds: z.int().min(1).max(RUN_SEEDS_LIMIT).default(1),
      pace: RunPace.default(null),
    }),
    output: RunJob,
    cancellable: false,
  }),
  jobs: stream({
    about: 'Runs under way and those that ended since the start, at most a few times a second each.',
    input: z.strictObject({}),
    item: RunJob,
    mode: 'latest',
    key: (job) => job.jobId,
    snapshot: true,
  }),
  setPace: method({
    about: 'How fast a run that is under way goes.',
    input: z.strictObject({ jobId: z.string(), pace: RunPace }),
    output: z.strictObject({ jobId: z.string() }),
  }),
  cancel: method({
    about: 'Ends a run; results of seeds that are done stay.',
    input: z.strictObject({ jobId: z.string() }),
    output: z.strictObject({ jobId: z.string() }),
    cancellable: false,
  }),
  runs: method({
    about: 'Results that are kept, newest first; of one scenario where one is named.',
    input: z.strictObject({ id: ScenarioId.nullable().default(null) }),
    output: z.array(RunRow),
  }),
  result: method({
    about: 'A result whole.',
    input: z.strictObject({ runId: z.string().max(80) }),
    output: ScenarioRun,
  }),
  report: method({
    about: 'A result as a page of its own (HTML without anything from elsewhere); several are compared.',
    input: z.strictObject({ runIds: z.array(z.string().max(80)).min(1).max(20), language: z.enum(['ko', 'en']) }),
    output: z.strictObject({ name: z.string(), html: z.string() }),
  }),
  plan: method({
    about: 'The scenario as a plan for the practice market, so that it plays on screen.',
    input: z.strictObject({ ...Ref.shape, text: Text.nullable().default(null), seed: Seed.default(1) }),
    output: SimulationPlan,
  }),
});
