/** Threats area: what is detected, what is done about it, what may be done by itself, and what came of it. */
import { z } from 'zod';
import {
  DetectorId,
  DetectorRow,
  InstrumentId,
  MANDATED_PLAYS,
  PLAY_MANDATE_DAYS,
  PlayMandate,
  PlayRecord,
  PortfolioReport,
  RiskScores,
  SCENARIO_SIZE_LIMIT,
  ScenarioId,
  ScoresNow,
  Threat,
  ThreatItem,
  ThreatSeverity,
  ThreatStatistics,
  ThreatVerdict,
  TuneJob,
  TuneWish,
} from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

const PlayRef = z.strictObject({ playId: z.string().min(1).max(64) });
const ThreatRef = z.strictObject({ threatId: z.string().min(1).max(120) });

/** What the user signs; environment and dates are filled in by the core. */
export const NewPlayMandate = z.strictObject({
  play: z.enum(MANDATED_PLAYS),
  /** None: every detector that names the play. */
  detectors: z.array(DetectorId).max(64).default([]),
  severity: ThreatSeverity,
  /** null: every account. */
  accountId: z.string().min(1).max(64).nullable().default(null),
  days: z.int().min(1).max(PLAY_MANDATE_DAYS).default(PLAY_MANDATE_DAYS),
});
export type NewPlayMandate = z.infer<typeof NewPlayMandate>;

export const threats = area({
  follow: stream({
    about: 'Open threats, plays and what stands against orders in the environment in force; then every change.',
    input: z.strictObject({}),
    item: ThreatItem,
    mode: 'every',
    snapshot: true,
  }),
  scores: stream({
    about: 'Risk scores 0 to 100 and what each threat adds, at most once a second.',
    input: z.strictObject({}),
    item: ScoresNow,
    mode: 'latest',
  }),
  minutes: method({
    about: 'The highest scores of each minute so far, oldest first, at most a day.',
    input: z.strictObject({}),
    output: z.array(RiskScores),
  }),
  history: method({
    about: 'Threats and plays that were, newest first, with what the user said of them.',
    input: z.strictObject({
      limit: z.int().min(1).max(500).default(200),
      /** Exchange time; null: the newest. */
      beforeTs: z.int().nullable().default(null),
    }),
    output: z.strictObject({
      threats: z.array(z.strictObject({ threat: Threat, verdict: ThreatVerdict.nullable() })),
      plays: z.array(PlayRecord),
    }),
  }),
  statistics: method({
    about: 'How often each detector spoke in the last days, how long it held, and how often the user called it false.',
    input: z.strictObject({ days: z.int().min(1).max(365).default(30) }),
    output: ThreatStatistics,
  }),
  judge: method({
    about: 'What the user says of a threat: right, or a false alarm; null takes it back.',
    input: z.strictObject({ ...ThreatRef.shape, verdict: ThreatVerdict.nullable() }),
    output: ThreatRef,
    cancellable: false,
  }),
  acknowledge: method({
    about: 'The user has seen an open threat.',
    input: ThreatRef,
    output: ThreatRef,
    cancellable: false,
  }),
  confirm: method({
    about: 'Runs a play that was proposed.',
    input: PlayRef,
    output: PlayRecord,
    cancellable: false,
  }),
  release: method({
    about: 'Takes a running play back, or turns a proposed one down; a halt ends by its phrase only.',
    input: PlayRef,
    output: PlayRecord,
    cancellable: false,
  }),
  override: method({
    about: 'Lets one order past a block within a minute, by the typed phrase.',
    input: z.strictObject({ ...PlayRef.shape, phrase: z.string().max(80) }),
    output: z.strictObject({ untilTs: z.int() }),
    cancellable: false,
  }),
  detectors: method({
    about: 'Every detector with its formula, its figures as set, and how it stands in the environment in force.',
    input: z.strictObject({}),
    output: z.array(DetectorRow),
  }),
  configure: method({
    about: 'Switches a detector on or off and sets its figures; figures left out are as they ship.',
    input: z.strictObject({ id: DetectorId, on: z.boolean(), params: z.record(z.string().max(40), z.number()) }),
    output: DetectorRow,
    cancellable: false,
  }),
  mandates: method({
    about: 'What the user has signed for the environment in force, newest first; ended ones are left out.',
    input: z.strictObject({}),
    output: z.array(PlayMandate),
  }),
  sign: method({
    about: 'Lets a play run by itself in the environment in force until its day; recorded.',
    input: NewPlayMandate,
    output: PlayMandate,
    cancellable: false,
  }),
  arm: method({
    about:
      'Lets the plays that a scenario arms answer in the practice market that is on, until another market is started. Call it once the scenario plays.',
    input: z.strictObject({
      id: ScenarioId,
      text: z.string().max(SCENARIO_SIZE_LIMIT).nullable().default(null),
    }),
    output: z.array(PlayMandate),
    cancellable: false,
  }),
  revoke: method({
    about: 'Takes a signed mandate back at once; recorded.',
    input: z.strictObject({ mandateId: z.string().min(1).max(64) }),
    output: z.strictObject({ revoked: z.boolean() }),
    cancellable: false,
  }),
  portfolio: method({
    about:
      'Risk of what an account holds: losses to expect, betas, concentration, pairs, and every scenario, worst first.',
    input: z.strictObject({
      accountId: z.string().min(1).max(64),
      /** Of the simulation: the same seed gives the same figures. */
      seed: z.int().min(0).max(4_294_967_295).default(1),
    }),
    output: PortfolioReport,
  }),
  tune: method({
    about:
      'Tries figures of a detector beside the shipped ones, over the library or the last recorded sessions of what is followed.',
    input: TuneWish,
    output: TuneJob,
  }),
  tunes: stream({
    about: 'What is tried and what was since the start, with what came of each scenario or session so far.',
    input: z.strictObject({}),
    item: TuneJob,
    mode: 'latest',
    key: (job) => job.jobId,
    snapshot: true,
  }),
  cancelTune: method({
    about: 'Stops trying; what is judged so far stays.',
    input: z.strictObject({ jobId: z.string().min(1).max(64) }),
    output: z.strictObject({ jobId: z.string() }),
  }),
  watched: method({
    about: 'Issues whose trades and books the detectors look at now: held, with open orders, watched.',
    input: z.strictObject({}),
    output: z.array(InstrumentId),
  }),
});
