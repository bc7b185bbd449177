/** Reads sheets of reference data: over the connection in force, else from the offline KIS in this process; each call counted. */
import type { z } from 'zod';
import type { Contract, SheetAnswer, SheetInfo, SheetSource } from '#shared/contract/index.ts';
import type { SheetGroup, SheetNote } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krxCalendar, isTradingDay } from '#shared/market/index.ts';
import type { Clock } from '#shared/ports.ts';
import { inputsOf, questionOf, readAnswer, SHEETS, type Sheet } from '#shared/sheets/index.ts';
import { isSessionDate, kstDate, kstTimeOfDayMs, timeOfDayMs } from '#shared/time/index.ts';
import { kisCatalogue, type RestApi } from '#core/catalogue/index.ts';
import type { Connections } from '../connections/connections.ts';
import type { Front } from '../environments/front.ts';
import { callApi, type ApiCaller } from '../kis/api-call.ts';
import type { KisLines } from '../kis/lines.ts';
import { describeSheet, lackOf } from './describe.ts';
import { KeptAnswers, type KeptAnswer } from './kept-answers.ts';

type Wish = z.output<Contract['sheets']['read']['input']>;

export interface SheetDeskParts {
  readonly connections: Connections;
  readonly lines: KisLines;
  readonly front: Front;
  readonly clock: Clock;
  /** Answers from an emulator in this process. */
  readonly simulatorCaller: () => Promise<ApiCaller>;
}

/** How long an answer stands, seconds, by what it is about. */
const KEEP_S: Readonly<Record<SheetGroup, number>> = {
  company: 3_600,
  calendar: 3_600,
  flows: 60,
  trading: 60,
  lending: 600,
  watch: 20,
  rankings: 30,
  indices: 30,
  search: 60,
  news: 600,
  etf: 60,
  elw: 60,
  derivatives: 60,
  bonds: 60,
  overseas: 60,
};
/** Between these nothing is traded in Korea, whatever the day. @source resources/krx sessions: NXT from 08:00 to 20:00 */
const OPENS_MS = timeOfDayMs('08:00');
const CLOSES_MS = timeOfDayMs('20:00');

const BY_ID = new Map(SHEETS.map((sheet) => [sheet.id, sheet]));

/** The pages before and the one after: rows behind rows, records as they first came. */
function joined(before: KeptAnswer['blocks'], after: KeptAnswer['blocks']): Record<string, unknown> {
  const blocks: Record<string, unknown> = { ...before };
  for (const [name, block] of Object.entries(after)) {
    const old = blocks[name];
    if (Array.isArray(block) && Array.isArray(old)) blocks[name] = [...(old as unknown[]), ...(block as unknown[])];
    else blocks[name] ??= block;
  }
  return blocks;
}

export class SheetDesk {
  readonly #parts: SheetDeskParts;
  readonly #kept = new KeptAnswers();

  constructor(parts: SheetDeskParts) {
    this.#parts = parts;
  }

  /** Every sheet, and where readings go now. */
  list(): { source: SheetSource; sheets: SheetInfo[] } {
    const source = this.#source();
    const today = kstDate(this.#parts.clock.now());
    return { source, sheets: SHEETS.map((sheet) => describeSheet(sheet, source, today)) };
  }

  /** Throws INPUT_INVALID, and what stands in the way of a call. */
  async read(wish: Wish): Promise<SheetAnswer> {
    const { clock } = this.#parts;
    const sheet = BY_ID.get(wish.sheet);
    if (!sheet) throw new AppError('INPUT_INVALID', { where: 'sheet', why: '그런 자료가 없습니다.' });
    const api = kisCatalogue().rest(sheet.api);
    const source = this.#source();
    const unavailable = lackOf(api, source);
    if (unavailable) {
      const nothing = { calls: 0, synthetic: false, blocks: [], notes: [], incomplete: false };
      return { sheet: sheet.id, source, at: clock.now(), unavailable, ...nothing };
    }
    const values = inputsOf(sheet, wish.params, kstDate(clock.now()));
    const connectionId = this.#parts.front.inForceOrNull?.connectionId ?? null;
    const key = JSON.stringify([connectionId, sheet.id, Object.entries(values)]);
    const before = this.#kept.get(key);
    const keepMs = (sheet.keepS ?? KEEP_S[sheet.group]) * 1_000;
    const isFresh = before !== undefined && clock.now() - before.at < keepMs;
    const wantsMore = wish.more && before !== undefined && before.next !== null;
    const asks = wish.refresh || wantsMore || !isFresh;
    const answer = asks
      ? await this.#kept.ask(wantsMore ? `${key} more` : key, async () => {
          const page = await this.#ask(sheet, api, { values, from: wantsMore ? before.next : null });
          return wantsMore
            ? { ...page, blocks: joined(before.blocks, page.blocks), calls: before.calls + page.calls }
            : page;
        })
      : before;
    if (wantsMore && asks) this.#kept.put(key, answer);
    const { blocks, notes } = readAnswer(sheet, answer.blocks, fieldsOf(api));
    return {
      sheet: sheet.id,
      source,
      at: answer.at,
      calls: asks ? answer.calls : 0,
      synthetic: answer.synthetic,
      unavailable: null,
      blocks: blocks.map(({ name, rows, heads }) => ({
        name,
        rows: rows.map(({ issue, cells }) => ({ issue, cells: [...cells] })),
        heads: heads && [...heads],
      })),
      notes: [...notes, ...this.#dayNotes(sheet, values)],
      incomplete: answer.next !== null,
    };
  }

  async #ask(
    sheet: Sheet,
    api: RestApi,
    how: { readonly values: Record<string, string>; readonly from: KeptAnswer['next'] },
  ): Promise<KeptAnswer> {
    const caller = await this.#caller();
    const pageKeys = api.paging === null || api.paging.kind === 'time' ? [] : api.paging.keys;
    const params = questionOf(sheet, {
      fields: api.request,
      pageKeys,
      htsId: caller.keys.htsId,
      values: how.values,
    });
    // Several may wait for it, and it is kept: who goes away takes nothing with him.
    const { signal } = new AbortController();
    const call = { api: api.id, params, all: false, from: how.from ?? undefined };
    const { answer, next } = await callApi(caller, call, signal);
    const made = answer.synthetic || answer.endpoint === 'emulator';
    return { blocks: answer.blocks, next, calls: answer.pages, synthetic: made, at: this.#parts.clock.now() };
  }

  /** What the day and the hour have to do with what came. */
  #dayNotes(sheet: Sheet, values: Readonly<Record<string, string>>): SheetNote[] {
    const now = this.#parts.clock.now();
    const days = sheet.inputs.flatMap(({ kind, id }) => (kind === 'day' && id === 'on' ? [values[id] ?? ''] : []));
    const asked = days.map((day) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`);
    const shut = asked.filter((day) => isSessionDate(day) && !isTradingDay(krxCalendar, day));
    if (shut.length > 0) return [{ kind: 'holiday', names: shut }];
    if (sheet.live !== true || sheet.group === 'overseas') return [];
    const today = kstDate(now);
    if (!isTradingDay(krxCalendar, today)) return [{ kind: 'holiday', names: [today] }];
    const at = kstTimeOfDayMs(now);
    return at < OPENS_MS || at >= CLOSES_MS ? [{ kind: 'closed', names: [] }] : [];
  }

  #source(): SheetSource {
    const { front, connections } = this.#parts;
    const id = front.inForceOrNull?.connectionId ?? null;
    const stored = id === null ? undefined : connections.all().find(({ connectionId }) => connectionId === id);
    if (!stored) return { env: 'simulator', endpoint: 'emulator', label: null };
    return {
      env: stored.kind,
      endpoint: stored.endpoint,
      label: stored.label === '' ? stored.accountMasked : stored.label,
    };
  }

  async #caller(): Promise<ApiCaller> {
    const id = this.#parts.front.inForceOrNull?.connectionId ?? null;
    return id === null ? this.#parts.simulatorCaller() : this.#parts.lines.of(id);
  }
}

function fieldsOf(api: RestApi): (block: string) => readonly string[] {
  return (block) => api.response[block]?.fields.map(({ name }) => name) ?? [];
}
