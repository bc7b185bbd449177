/** Writes a scenario as YAML: names in the order of the schema, what is as usual left out, so that reading and writing again changes nothing. */
import { Document, isCollection, isMap, isPair, isScalar, isSeq } from 'yaml';
import { ScenarioDocument } from '../domain/index.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Group = { readonly [name: string]: Json };

/** How scenario files are written, wherever they are. */
export const WRITING = { lineWidth: 0, indent: 2, singleQuote: true, flowCollectionPadding: true } as const;

/** Other programs still read 10:30 and on by the rules of YAML 1.1: such words are quoted. */
export const FOR_OTHERS = { version: '1.2', compat: 'yaml-1.1' } as const;

/** A group of plain values stands on one line, if it is no longer than this. */
const LINE = 110;

/** What the schema gives by itself; fields that are not named here are always written. */
const USUAL = {
  document: {
    summary: '',
    tags: [],
    sources: [],
    actors: [],
    events: [],
    detectors: 'all',
    plays: [],
    criteria: [],
    labels: [],
  },
  synthetic: { days: 1, volatility: 1, liquidity: 1 },
  indexPath: { betas: {}, reconstructed: false, volatility: 1, liquidity: 1 },
  account: { holdings: [] },
  order: { price: 'market' },
  rule: { times: 1, everySeconds: 60 },
  detector: { params: {} },
  play: { severity: 'M', mode: 'auto', confirmSeconds: 10 },
  label: { day: 1, required: true },
} as const;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function without(group: Group, usual: Readonly<Record<string, unknown>>): Group {
  return Object.fromEntries(
    Object.entries(group).filter(([name, value]) => !(name in usual && same(usual[name], value))),
  );
}

/** What has to be written of a document. */
function shortened(document: ScenarioDocument): Group {
  // Parsing puts names into the order of the schema, whatever order they came in.
  const { market, accounts, actors, detectors, plays, labels, ...rest } = ScenarioDocument.parse(document);
  const each = (list: readonly unknown[], usual: Readonly<Record<string, unknown>>): Json =>
    list.map((item) => without(item as Group, usual));
  const shownActors = actors.map((actor): Group => {
    if (actor.kind === 'orders') return { ...(actor as unknown as Group), orders: each(actor.orders, USUAL.order) };
    const then = without(actor.then as unknown as Group, USUAL.order);
    return without({ ...(actor as unknown as Group), then }, USUAL.rule);
  });
  const shown: Record<string, Json> = {
    ...(rest as unknown as Group),
    market: market.kind === 'replay' ? market : without(market as unknown as Group, USUAL[market.kind]),
    accounts: each(accounts, USUAL.account),
    actors: shownActors,
    detectors: detectors === 'all' ? 'all' : each(detectors, USUAL.detector),
    plays: each(plays, USUAL.play),
    labels: each(labels, USUAL.label),
  };
  const order = Object.keys(ScenarioDocument.shape).map((name) => [name, shown[name] as Json] as const);
  return without(Object.fromEntries(order), USUAL.document);
}

/** A list of plain values, or names with plain values and such lists, short enough for a line. */
function isLine(node: unknown): boolean {
  if (!isCollection(node)) return true;
  const short = JSON.stringify(node.toJSON()).length <= LINE;
  if (isSeq(node)) return short && node.items.every((item) => isScalar(item));
  return short && node.items.every(({ value }) => isScalar(value) || (isCollection(value) && isLine(value)));
}

/** Puts on one line what is short: points of a path, events, holdings. */
export function tidyLines(node: unknown): void {
  if (!isCollection(node)) return;
  if (node.items.length > 0 && isLine(node)) {
    node.flow = true;
    return;
  }
  for (const item of node.items) tidyLines(isPair(item) ? item.value : item);
}

/** The text of a document. Reading it gives the document again; writing that gives the very text. */
export function formatScenario(document: ScenarioDocument): string {
  const yaml = new Document(shortened(document), {
    aliasDuplicateObjects: false,
    ...FOR_OTHERS,
  });
  if (isMap(yaml.contents))
    for (const { value } of yaml.contents.items)
      // Parts of the document itself begin on lines of their own.
      if (isMap(value)) for (const pair of value.items) tidyLines(pair.value);
      else tidyLines(value);
  return yaml.toString(WRITING);
}
