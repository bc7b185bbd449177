/** System area: what runs here, the user's preferences, health, the journal. */
import { z } from 'zod';
import { DocumentId, Environment, InstrumentId } from '../domain/index.ts';
import { VI_CLASSES } from '../market/index.ts';
import { area, method, stream } from '../rpc/define.ts';

export const Preferences = z.strictObject({
  theme: z.enum(['dark', 'light', 'hc']),
  upDown: z.enum(['kr', 'west', 'safe']),
  language: z.enum(['ko', 'en']),
  /** What older versions kept as the one watchlist; read once to make the first list (documents of kind watchlist). */
  watchlist: z.array(InstrumentId).max(100),
  /** Issues that were searched for and chosen, newest first. */
  recents: z.array(InstrumentId).max(20),
  /** The watchlist that each panel shows, by the panel's name. */
  panelLists: z.record(z.string().max(80), DocumentId),
  accountId: z.string().nullable(),
  instrumentId: InstrumentId.nullable(),
  interval: z.string().max(8).nullable(),
  /** What the user says an issue's VI class is, where the facts do not tell; a market takes it when its day begins. */
  viClasses: z.record(InstrumentId, z.enum(VI_CLASSES)),
  /** The workspace that was in force last; null: the first one. */
  workspaceId: DocumentId.nullable(),
  /** The tour of the screen was taken, or declined. */
  tourDone: z.boolean(),
});
export type Preferences = z.infer<typeof Preferences>;

export const Health = z.strictObject({
  /** Event-loop delay of the core over the last ten seconds, milliseconds. */
  loopDelayP99Ms: z.number().nonnegative(),
  rssMb: z.number().nonnegative(),
  /** Exchange events per second of wall time. */
  eventsPerSecond: z.number().nonnegative(),
  /** Submit to broker, p99 of the last 100 orders in milliseconds; null before the first. */
  submitP99Ms: z.number().nonnegative().nullable(),
  journalEntries: z.int().nonnegative(),
  market: z.enum(['live', 'paused', 'stale', 'down']),
  orders: z.enum(['ready', 'reconciling', 'halted', 'down']),
  record: z.enum(['ok', 'failing']),
});
export type Health = z.infer<typeof Health>;

export const system = area({
  about: method({
    about: 'Version, host, data folder.',
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.string(),
      host: z.enum(['desktop', 'web', 'cli', 'test']),
      environment: Environment,
      dataDir: z.string(),
      node: z.string(),
    }),
  }),
  preferences: method({ about: "The user's preferences.", input: z.strictObject({}), output: Preferences }),
  setPreferences: method({
    about: 'Changes some preferences and returns all.',
    input: Preferences.partial(),
    output: Preferences,
    cancellable: false,
  }),
  health: stream({
    about: 'Health of the core, once a second.',
    input: z.strictObject({}),
    item: Health,
    mode: 'latest',
  }),
  journalVerify: method({
    about:
      'Walks every journal of the data folder and checks its hash chain; entries and hash are those of the simulation.',
    input: z.strictObject({}),
    output: z.strictObject({
      /** Of all files. */
      ok: z.boolean(),
      entries: z.int().nonnegative(),
      hash: z.string(),
      files: z.array(
        z.strictObject({
          file: z.string(),
          ok: z.boolean(),
          entries: z.int().nonnegative(),
          hash: z.string(),
          /** Number of the first entry that is missing or altered. */
          brokenAt: z.int().optional(),
        }),
      ),
    }),
  }),
});
