/** `scenario list | validate | run | diff`: scenarios from files and from the library, played without a core and without a network. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ScenarioDocument, ScenarioRun } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { differencesOf, parseScenario, validateScenario, type ScenarioProblem } from '#shared/scenario/index.ts';
import { ALL_DETECTORS } from '#shared/threats/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { table } from '../table.ts';

const MOST_SEEDS = 10_000;

function bad(where: string, why: string): AppError {
  return new AppError('INPUT_INVALID', { where, why });
}

/** The text of a file, or of one from the library: `lib:NAME`. */
function textOf({ world }: CommandContext, name: string | undefined): string {
  if (name === undefined) throw bad('FILE', '시나리오 파일이나 lib:이름을 적으세요.');
  const shipped = world.scenarios.library.find(({ id }) => id === name);
  if (shipped) return shipped.text;
  if (name.startsWith('lib:')) throw new AppError('SCENARIO_UNKNOWN', { id: name });
  const path = resolve(world.cwd, name);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError('FILE_MISSING', { path }, { cause: error });
  }
}

/** All that has to be said of a text: faults of its form, or of its sense. */
function problemsOf(context: CommandContext, text: string): readonly ScenarioProblem[] {
  const parsed = parseScenario(text);
  if (!('document' in parsed)) return parsed.problems;
  return validateScenario(parsed.document, {
    text,
    // A recorded market may have issues that no bundled list knows: the records themselves say.
    knows: (code) => parsed.document.market.kind === 'replay' || context.world.scenarios.knows(code),
    detectors: ALL_DETECTORS,
  });
}

function documentOf(context: CommandContext, name: string | undefined): ScenarioDocument {
  const text = textOf(context, name);
  const parsed = parseScenario(text);
  const problems = problemsOf(context, text).filter(({ severity }) => severity === 'error');
  const [first] = problems;
  if (!('document' in parsed) || first)
    throw new AppError('SCENARIO_BROKEN', {
      count: problems.length,
      first: `${first?.line ?? 1}번째 줄: ${first?.ko ?? ''}`,
    });
  return parsed.document;
}

const problemTable = (problems: readonly ScenarioProblem[]): string =>
  table(
    ['줄', '칸', '', '고칠 곳', '말'],
    problems.map(({ line, column, severity, path, ko }) => [
      line,
      column,
      severity === 'error' ? '오류' : '주의',
      path.join('.'),
      ko,
    ]),
  );

export const scenarioList: Command = {
  name: 'scenario list',
  summary: '함께 온 시나리오를 늘어놓습니다.',
  takes: '',
  options: {},
  run({ world, result }) {
    const rows = world.scenarios.library.flatMap(({ id, text }) => {
      const parsed = parseScenario(text);
      if (!('document' in parsed)) return [];
      const { name, tags, summary, labels } = parsed.document;
      return [{ id, name, tags, summary, labels: labels.length }];
    });
    result(rows, () =>
      table(
        ['ID', '이름', '꼬리표'],
        rows.map(({ id, name, tags }) => [id, name, tags.join(', ')]),
      ),
    );
    return Promise.resolve(undefined);
  },
};

export const scenarioValidate: Command = {
  name: 'scenario validate',
  summary: '시나리오를 살펴 고칠 곳을 줄과 함께 알려 줍니다.',
  takes: 'FILE...',
  options: {},
  run(context) {
    if (context.args.length === 0) throw bad('FILE', '시나리오 파일이나 lib:이름을 적으세요.');
    const files = context.args.map((file) => {
      const problems = problemsOf(context, textOf(context, file));
      return { file, ok: problems.every(({ severity }) => severity !== 'error'), problems };
    });
    context.result({ ok: files.every(({ ok }) => ok), files }, () =>
      files
        .map(
          ({ file, ok, problems }) =>
            `${file}: ${ok ? '좋습니다' : '고칠 곳이 있습니다'}${problems.length === 0 ? '' : `\n${problemTable(problems)}`}`,
        )
        .join('\n'),
    );
    return Promise.resolve(files.every(({ ok }) => ok) ? undefined : 2);
  },
};

/** A run as the command line tells it: the named fields first, the series left out. */
function told(run: ScenarioRun): Readonly<Record<string, unknown>> {
  const { scenario, seed, version, hash, criteria, threats, plays, accounts, ms, passed, document, without } = run;
  return {
    scenario,
    seed,
    version,
    hash,
    passed,
    criteria: criteria.map(({ name, pass, value, evidence }) => ({ name, pass, value, evidence })),
    threats: threats.map(({ detector, at, severity, score, subject, sentenceKo }) => ({
      detector,
      at,
      severity,
      score,
      subject,
      sentence: sentenceKo,
    })),
    plays,
    account: accounts[0] ?? null,
    accounts,
    without,
    document,
    ms,
  };
}

function runWords(run: ScenarioRun): string {
  const criteria = run.criteria.map(({ name, pass, evidence }) => [pass ? '✓' : '✗', name, evidence] as const);
  const accounts = run.accounts.map(
    ({ id, startKrw, endKrw, returnPct, maxDrawdownPct }) =>
      [id, startKrw, endKrw, returnPct.toFixed(2), maxDrawdownPct.toFixed(2)] as const,
  );
  const threats = run.threats
    .slice(0, 40)
    .map(({ detector, severity, sentenceKo }) => [detector, severity, sentenceKo] as const);
  return [
    `${run.scenario} · 씨앗 ${run.seed} · ${run.passed ? '통과' : '통과하지 못함'} · ${run.hash} · ${run.ms}ms`,
    table(['', '기준', '근거'], criteria),
    table(['계좌', '시작', '끝', '수익률 %', '낙폭 %'], accounts),
    `위협 ${run.threats.length}건`,
    ...(threats.length === 0 ? [] : [table(['ID', '', '말'], threats)]),
    `대응 ${run.plays.length}건`,
  ].join('\n');
}

export const scenarioRun: Command = {
  name: 'scenario run',
  summary: '시나리오를 실행하고 기준을 판정합니다. 같은 씨앗은 같은 결과입니다.',
  takes: 'FILE',
  options: {
    seed: { kind: 'text', value: 'S', summary: '첫 씨앗. 적지 않으면 1' },
    seeds: { kind: 'text', value: 'N', summary: '씨앗을 N개 차례로 실행합니다.' },
    report: { kind: 'text', value: 'FILE.html', summary: '보고서를 이 파일에 씁니다.' },
  },
  async run(context) {
    const { flags, world, args, result } = context;
    const document = documentOf(context, args[0]);
    const dataDir = flags.optional('data') ?? undefined;
    const seed = flags.optionalInteger('seed') ?? 1;
    const seeds = flags.optionalInteger('seeds') ?? 1;
    if (seed < 0 || seed > 4_294_967_295) throw bad('--seed', '0부터 4294967295까지입니다.');
    if (seeds < 1 || seeds > MOST_SEEDS) throw bad('--seeds', `1부터 ${MOST_SEEDS}까지입니다.`);
    const runs: ScenarioRun[] = [];
    for (let place = 0; place < seeds; place += 1) {
      const run = await world.scenarios.run(document, { seed: seed + place, dataDir });
      runs.push(run);
      if (!flags.has('json') && seeds > 1)
        world.stdout(`씨앗 ${run.seed}: ${run.passed ? '통과' : '통과하지 못함'} ${run.hash} ${run.ms}ms\n`);
    }
    const report = flags.optional('report');
    if (report !== null) writeFileSync(resolve(world.cwd, report), world.scenarios.report(runs));
    const [first] = runs;
    if (seeds === 1 && first) result(told(first), () => runWords(first));
    else
      result(
        { scenario: document.name, runs: runs.map(told), passed: runs.filter(({ passed }) => passed).length },
        () => `${runs.filter(({ passed }) => passed).length} / ${runs.length} 통과`,
      );
    return undefined;
  },
};

export const scenarioDiff: Command = {
  name: 'scenario diff',
  summary: '두 시나리오의 다른 점을 말로 알려 줍니다.',
  takes: 'FILE FILE',
  options: {},
  run(context) {
    const [from, to] = context.args;
    const differences = differencesOf(documentOf(context, from), documentOf(context, to));
    context.result({ equal: differences.length === 0, differences }, () =>
      differences.length === 0 ? '다른 점이 없습니다.' : differences.map(({ ko }) => ko).join('\n'),
    );
    return Promise.resolve(undefined);
  },
};
