/** `threats list | evaluate | detect`: the detectors, how they do on labelled scenarios, and what they say to a file of events. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ScenarioRun, ThreatSignal } from '#shared/domain/index.ts';
import { timeOfDayMs } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { parseScenario } from '#shared/scenario/index.ts';
import {
  ALL_DETECTORS,
  evaluate,
  readThreatLine,
  recallOf,
  ThreatEngine,
  type DetectorVerdict,
  type Firing,
  type LabelSpan,
} from '#shared/threats/index.ts';
import { isSessionDate, kstInstant } from '#shared/time/index.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';

const MOST_SEEDS = 1_000;
const MOST_PROBLEMS = 100;
const SECOND_MS = 1_000;
/** A gap longer than this is another day: no seconds are told for it. */
const MOST_SILENCE_MS = 4 * 3_600_000;

function bad(where: string, why: string): AppError {
  return new AppError('INPUT_INVALID', { where, why });
}

export const threatsList: Command = {
  name: 'threats list',
  summary: '감지기와 그 계산식, 고칠 수 있는 수치를 늘어놓습니다.',
  takes: '',
  options: {},
  run({ result }) {
    const rows = ALL_DETECTORS.map(
      ({ id, nameKo, nameEn, family, severity, plays, inputs, formulaKo, warmUpKo, params }) => ({
        id,
        nameKo,
        nameEn,
        family,
        severity,
        plays,
        inputs,
        formulaKo,
        warmUpKo,
        params,
      }),
    );
    result(rows, () =>
      table(
        ['ID', '이름', '심각도', '대응', '계산'],
        rows.map(({ id, nameKo, severity, plays, formulaKo }) => [id, nameKo, severity, plays.join(' '), formulaKo]),
      ),
    );
    return Promise.resolve(undefined);
  },
};

/** Names of scenario files in a folder, or the whole library. */
function scenariosIn(
  dir: string | undefined,
  cwd: string,
  library: readonly { readonly id: string; readonly text: string }[],
) {
  if (dir === undefined || dir === 'lib') return library.map(({ id, text }) => ({ file: id, text }));
  const folder = resolve(cwd, dir);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new AppError('FILE_MISSING', { path: folder }, { cause: error });
  }
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0) throw bad('DIR', '이 폴더에 시나리오(.yaml)가 없습니다.');
  return files.map((name) => ({ file: name, text: readFileSync(resolve(folder, name), 'utf8') }));
}

/** Labels of a run as instants of the days it played. */
function spansOf(
  run: ScenarioRun,
  labels: readonly {
    readonly detector: LabelSpan['detector'];
    readonly day: number;
    readonly from: string;
    readonly to: string;
    readonly required: boolean;
  }[],
): LabelSpan[] {
  return labels.flatMap(({ detector, day, from, to, required }) => {
    const date = run.days[day - 1];
    if (date === undefined || !isSessionDate(date)) return [];
    return [
      { detector, fromTs: kstInstant(date, timeOfDayMs(from)), toTs: kstInstant(date, timeOfDayMs(to)), required },
    ];
  });
}

export const threatsEvaluate: Command = {
  name: 'threats evaluate',
  summary: '폴더의 시나리오를 실행해 감지기마다 언제 울렸고 언제 울려야 했는지 견줍니다.',
  takes: '[DIR]',
  options: {
    seed: { kind: 'text', value: 'S', summary: '첫 씨앗. 적지 않으면 2(짝수는 조정에 쓰지 않습니다)' },
    seeds: { kind: 'text', value: 'N', summary: '씨앗 N개(두 칸씩). 적지 않으면 1' },
  },
  async run({ args, flags, world, result }) {
    const seed = flags.optionalInteger('seed') ?? 2;
    const seeds = flags.optionalInteger('seeds') ?? 1;
    const dataDir = flags.optional('data') ?? undefined;
    if (seeds < 1 || seeds > MOST_SEEDS) throw bad('--seeds', `1부터 ${MOST_SEEDS}까지입니다.`);
    const spans: LabelSpan[] = [];
    const firings: Firing[] = [];
    const scenarios: Readonly<Record<string, unknown>>[] = [];
    for (const { file, text } of scenariosIn(args[0], world.cwd, world.scenarios.library)) {
      const parsed = parseScenario(text);
      if (!('document' in parsed))
        throw new AppError('SCENARIO_BROKEN', {
          count: parsed.problems.length,
          first: `${file}: ${parsed.problems[0]?.ko ?? ''}`,
        });
      const { document } = parsed;
      for (let place = 0; place < seeds; place += 1) {
        // Only what is seen counts here: plays would change what comes after.
        const run = await world.scenarios.run({ ...document, plays: [] }, { seed: seed + 2 * place, dataDir });
        const own = spansOf(run, document.labels);
        const fired = run.threats.map(({ detector, at, severity, subject }) => ({ detector, at, severity, subject }));
        // Runs of one date would lie upon another: each is moved to a span of time of its own.
        const apart = (spans.length + firings.length) * 86_400_000 * 40;
        spans.push(...own.map((span) => ({ ...span, fromTs: span.fromTs + apart, toTs: span.toTs + apart })));
        firings.push(...fired.map((firing) => ({ ...firing, at: firing.at + apart })));
        scenarios.push({ file, name: document.name, seed: run.seed, hash: run.hash, detectors: evaluate(own, fired) });
      }
    }
    const verdicts = evaluate(spans, firings);
    const all = { recall: recallOf(verdicts), falseAlarms: verdicts.reduce((sum, each) => sum + each.falseAlarms, 0) };
    const detectors = verdicts.map(({ fired: _fired, expected: _expected, ...rest }) => rest);
    result(
      { ...all, detectors, scenarios },
      () =>
        `${verdictTable(verdicts)}\n재현율 ${all.recall === null ? '—' : `${(all.recall * 100).toFixed(1)} %`}, 거짓 경보 ${all.falseAlarms}건`,
    );
    return undefined;
  },
};

const verdictTable = (verdicts: readonly DetectorVerdict[]): string =>
  table(
    ['감지기', '라벨', '맞힘', '평균 지연 ms', '최대 지연 ms', '거짓 경보'],
    verdicts.map(({ detector, labels, hits, meanLatencyMs, worstLatencyMs, falseAlarms }) => [
      detector,
      labels,
      hits,
      meanLatencyMs,
      worstLatencyMs,
      falseAlarms,
    ]),
  );

export const threatsDetect: Command = {
  name: 'threats detect',
  summary: '이벤트 파일(한 줄에 JSON 하나)을 감지기에 먹여 울린 것을 알려 줍니다.',
  takes: 'FILE.jsonl',
  options: {},
  run({ args, world, result }) {
    const [name] = args;
    if (name === undefined) throw bad('FILE', '이벤트 파일을 적으세요.');
    const path = resolve(world.cwd, name);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw new AppError('FILE_MISSING', { path }, { cause: error });
    }
    const signals: ThreatSignal[] = [];
    const broken: { readonly detector: string; readonly why: string }[] = [];
    const problems: { readonly line: number; readonly why: string }[] = [];
    const engine = new ThreatEngine({
      detectors: ALL_DETECTORS,
      listener: {
        signal: (signal) => signals.push(signal),
        broken: (detector, error) => broken.push({ detector, why: String(error) }),
      },
    });
    let bads = 0;
    let secondTs = 0;
    // A file seldom says that time passes: a second without a word is told for it.
    const tickTo = (ts: number): void => {
      if (secondTs === 0 || ts - secondTs > MOST_SILENCE_MS) secondTs = ts;
      for (; secondTs + SECOND_MS <= ts;) {
        secondTs += SECOND_MS;
        engine.take({ kind: 'clock', ts: secondTs });
      }
    };
    text.split('\n').forEach((line, place) => {
      if (line.trim() === '') return;
      const read = readThreatLine(line);
      if ('event' in read) {
        tickTo(read.event.ts);
        engine.take(read.event);
      } else {
        bads += 1;
        if (problems.length < MOST_PROBLEMS) problems.push({ line: place + 1, why: read.problemKo });
      }
    });
    const told = {
      events: engine.events,
      dropped: engine.dropped,
      badLines: bads,
      signals,
      threats: engine.threats(),
      broken,
      problems,
    };
    result(told, () =>
      [
        `이벤트 ${engine.events}건, 시간을 거슬러 버린 것 ${engine.dropped}건, 읽지 못한 줄 ${bads}건`,
        table(
          ['시각', 'ID', '', '대상', '말'],
          signals.map(({ ts, detector, severity, subject, sentenceKo, state }) => [
            new Date(ts + 32_400_000).toISOString().slice(0, 23),
            detector,
            state === 'fired' ? severity : '해제',
            subject,
            sentenceKo,
          ]),
        ),
        ...problems.map(({ line, why }) => `${line}번째 줄: ${why}`),
      ].join('\n'),
    );
    return Promise.resolve(bads > 0 && engine.events === 0 ? 2 : undefined);
  },
};
