/** Chooses the TR id (거래ID) of a call from the explicit map of the catalogue; nothing is derived by swapping letters. */
import type { KisApi, TrIdRule } from '#core/catalogue/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { KisEnvironment } from '../ports.ts';

/** What a TR id can depend on: request fields, and selectors that are not sent. */
export interface TrIdChoice {
  readonly params: Readonly<Record<string, string>>;
  readonly select?: Readonly<Record<string, string>>;
}

const isSelector = (key: string): boolean => key === key.toLowerCase();

function valueOf(key: string, choice: TrIdChoice): string {
  return (isSelector(key) ? choice.select?.[key] : choice.params[key]) ?? '';
}

function fits(rule: TrIdRule, choice: TrIdChoice): boolean {
  return Object.entries(rule.when).every(([key, wanted]) => {
    const value = valueOf(key, choice);
    return typeof wanted === 'string' ? value === wanted : wanted.includes(value);
  });
}

/** The keys whose value no rule knows, with the values that they may have. */
function complaint(api: KisApi, rules: readonly TrIdRule[], choice: TrIdChoice): AppError {
  const keys = [...new Set(rules.flatMap((rule) => Object.keys(rule.when)))];
  const known = (key: string): string[] => [...new Set(rules.flatMap((rule) => rule.when[key] ?? []))];
  const wrong = keys.filter((key) => !known(key).includes(valueOf(key, choice)));
  const names = wrong.length > 0 ? wrong : keys;
  const values = names.map((key) => known(key).join('|')).join(' / ');
  return new AppError('KIS_PARAM_CHOICE', { name: names.join(', '), values, id: api.id });
}

/** The TR id of a call in an environment; null for the calls that carry none (tokens, hashkey). */
export function trIdOf(api: KisApi, environment: KisEnvironment, choice: TrIdChoice): string | null {
  if (environment === 'paper' && !api.paper) throw new AppError('KIS_NOT_IN_PAPER', { name: api.name });
  if (api.trIdBy === undefined) {
    const id = api.trId[environment];
    if (id === null && environment === 'paper' && api.trId.real !== null)
      throw new AppError('KIS_NOT_IN_PAPER', { name: api.name });
    return id;
  }
  const rule = api.trIdBy.find((candidate) => fits(candidate, choice));
  if (!rule) throw complaint(api, api.trIdBy, choice);
  const id = rule[environment];
  if (id === null) throw new AppError('KIS_NOT_IN_PAPER', { name: api.name });
  return id;
}
