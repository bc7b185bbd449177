/** JSON with one spelling per value: keys sorted, no spaces, so that equal data hash equally. */
import { AppError } from '#shared/errors/index.ts';

function refuse(what: string): never {
  throw new AppError('INTERNAL_BUG', { what: `canonical JSON cannot hold ${what}` });
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The canonical text of plain data; keys whose value is undefined are left out; anything JSON would bend is refused. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : refuse(String(value));
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') return refuse(typeof value);
  if (!isPlain(value)) return refuse(`a ${value.constructor.name}`);
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
