/** Reads a scenario from YAML: the document, or every place that has to be mended, with its line and a sentence that says what to do. */
import { isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import { SCENARIO_SIZE_LIMIT, SCENARIO_VERSION, ScenarioDocument } from '../domain/index.ts';
import { upgraded } from './upgrade.ts';
import { issueWords, narrowed, type PlacedIssue } from './problem-words.ts';
import { ALIASES, readYaml } from './yaml-text.ts';

/** A place that has to be mended (error) or looked at (warning). */
export interface ScenarioProblem {
  /** Way to it from the root: names and places in lists. Empty: the whole document. */
  readonly path: readonly (string | number)[];
  /** From 1; null where it is not known. */
  readonly line: number | null;
  readonly column: number | null;
  readonly severity: 'error' | 'warning';
  readonly ko: string;
  readonly en: string;
}

export type ParsedScenario =
  { readonly document: ScenarioDocument } | { readonly problems: readonly ScenarioProblem[] };

/** Problems told at once. */
const PROBLEMS = 100;

const whole = (ko: string, en: string): { readonly problems: readonly ScenarioProblem[] } => ({
  problems: [{ path: [], line: 1, column: 1, severity: 'error', ko, en }],
});

/** Of a text whose reading took so long that it was given up. */
export const READ_TOO_LONG = whole(
  '읽는 데 너무 오래 걸려 멈췄습니다. 되풀이되는 부분을 줄이세요.',
  'Reading took too long and was stopped: make what repeats shorter.',
).problems;
/** Of a text that ended the reader itself. */
export const READ_FAILED = whole(
  '이 글을 읽다가 멈췄습니다. 마지막에 바꾼 곳을 되돌리세요.',
  'Reading this text failed: undo what was changed last.',
).problems;

/** Line and column of a path in a text, from 1; the nearest part of the way that is there. */
export function placeOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): { readonly line: number; readonly column: number } | null {
  let node: unknown = document.contents;
  let range = (node as Node | null)?.range ?? null;
  for (const step of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      const key = pair?.key;
      if (isScalar(key) && key.range) range = key.range;
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[Number(step)];
      range = (next as Node | undefined)?.range ?? range;
    }
    if (next === undefined) break;
    node = next;
  }
  if (!range) return null;
  const { line, col } = lines.linePos(range[0]);
  return line === 0 ? null : { line, column: col };
}

/** Finds the line and column of a path in a text; for problems that are found later than by reading it. */
export function linesOf(text: string): (path: readonly PropertyKey[]) => ReturnType<typeof placeOf> {
  const { yaml, lines } = readYaml(text);
  return (path) => (yaml === null || yaml.errors.length > 0 ? null : placeOf(yaml, lines, path));
}

/** Reads a text. Problems are told in the order of the text. */
export function parseScenario(text: string): ParsedScenario {
  if (text.length > SCENARIO_SIZE_LIMIT)
    return whole(
      `파일이 너무 큽니다. ${SCENARIO_SIZE_LIMIT.toLocaleString('ko-KR')}자까지 읽습니다. 나누거나 줄이세요.`,
      `The file is too large: ${SCENARIO_SIZE_LIMIT.toLocaleString('en-US')} characters are read. Make it shorter.`,
    );
  const { yaml, lines } = readYaml(text);
  if (yaml === null)
    return whole(
      '묶음 안의 묶음이 너무 깊습니다. 괄호를 확인하세요.',
      'Lists within lists go too deep: look at the brackets.',
    );
  const faults = [...yaml.errors, ...yaml.warnings];
  if (faults.length > 0) return { problems: yamlProblems(faults, lines) };
  let value: unknown;
  try {
    value = yaml.toJS({ maxAliasCount: ALIASES });
  } catch (error) {
    if (String(error).includes('Unresolved alias'))
      return whole('없는 별칭(*)을 가리킵니다. 값을 그대로 적으세요.', 'An alias names nothing: write the value out.');
    return whole('별칭(&, *)이 너무 많습니다. 값을 그대로 적으세요.', 'Too many aliases: write the values out.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return whole(
      '시나리오가 아닙니다. 이름과 시장부터 적으세요.',
      'This is no scenario: begin with a name and a market.',
    );
  const { schemaVersion } = value as { readonly schemaVersion?: unknown };
  if (typeof schemaVersion === 'number' && schemaVersion > SCENARIO_VERSION)
    return whole(
      `더 새로운 Maru가 만든 시나리오입니다(양식 ${schemaVersion}). Maru를 새 판으로 바꾼 뒤 여세요.`,
      `Made by a newer Maru (schema ${schemaVersion}): update the program to open it.`,
    );
  const parsed = ScenarioDocument.safeParse(upgraded(value as Readonly<Record<string, unknown>>));
  if (parsed.success) return { document: parsed.data };
  const problems = parsed.error.issues
    .flatMap((issue) => narrowed(issue))
    .filter(isNarrowest)
    .slice(0, PROBLEMS)
    .map((issue) => problemOf(issue, yaml, lines, value));
  return { problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)) };
}

/** false: the same bound is passed more narrowly elsewhere, as the largest safe integer is where a field has a bound of its own. */
function isNarrowest({ issue, path }: PlacedIssue, at: number, all: readonly PlacedIssue[]): boolean {
  const key = path.join('/');
  return (
    issue.code !== 'too_big' ||
    !all.slice(at + 1, at + 3).some((other) => other.issue.code === 'too_big' && other.path.join('/') === key)
  );
}

function problemOf(placed: PlacedIssue, yaml: Document, lines: LineCounter, value: unknown): ScenarioProblem {
  const { path, issue } = placed;
  // What is not known here is shown at its own place.
  const strange = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const place = placeOf(yaml, lines, [...path, ...strange]);
  return {
    path,
    line: place?.line ?? null,
    column: place?.column ?? null,
    severity: 'error',
    ...issueWords(placed, at(value, path), value),
  };
}

/** What stands at a path; undefined where nothing does. */
function at(value: unknown, path: readonly (string | number)[]): unknown {
  let now = value;
  for (const step of path) {
    if (now === null || typeof now !== 'object') return undefined;
    now = (now as Readonly<Record<string, unknown>>)[String(step)];
  }
  return now;
}

/** Faults of the YAML itself, one a line: what follows from the first is no help. */
function yamlProblems(faults: Document['errors'] | Document['warnings'], lines: LineCounter): ScenarioProblem[] {
  const seen = new Set<number>();
  return faults.flatMap(({ code, pos }): ScenarioProblem[] => {
    const { line, col } = lines.linePos(pos[0]);
    if (seen.has(line) || seen.size >= PROBLEMS) return [];
    seen.add(line);
    return [{ path: [], line, column: col, severity: 'error', ...yamlWords(code) }];
  });
}

/** A fault of the YAML itself, in words. */
function yamlWords(code: string): { readonly ko: string; readonly en: string } {
  switch (code) {
    case 'DUPLICATE_KEY':
      return { ko: '같은 이름이 두 번 있습니다. 하나를 지우세요.', en: 'The same name stands here twice: remove one.' };
    case 'TAB_AS_INDENT':
      return { ko: '들여쓰기에 탭이 있습니다. 빈칸으로 바꾸세요.', en: 'A tab is used to indent: use spaces.' };
    case 'BAD_ALIAS':
      return {
        ko: '없는 별칭(*)을 가리킵니다. 값을 그대로 적으세요.',
        en: 'An alias names nothing: write the value out.',
      };
    case 'TAG_RESOLVE_FAILED':
      return { ko: '형식 표시(!…)는 쓰지 않습니다. 지우세요.', en: 'Tags (!…) are not used: remove it.' };
    case 'MISSING_CHAR':
      return { ko: '따옴표나 괄호가 닫히지 않았습니다. 닫으세요.', en: 'A quote or bracket is not closed: close it.' };
    case 'BAD_INDENT':
      return { ko: '들여쓰기가 맞지 않습니다. 위아래 줄에 맞추세요.', en: 'The indent does not fit: line it up.' };
    case 'MULTIPLE_DOCS':
      return { ko: '문서가 둘 이상입니다. 하나만 남기세요.', en: 'There is more than one document: keep one.' };
    default:
      return {
        ko: 'YAML로 읽을 수 없습니다. 들여쓰기와 콜론(:), 따옴표를 보세요.',
        en: 'This is no YAML: look at indents, colons and quotes.',
      };
  }
}
