/** Every page of an inquiry or none: a part of the orders or of the holdings would look like things that are gone. */
import { AppError } from '#shared/errors/index.ts';
import type { KisAnswer, KisCall, KisRest } from '../ports.ts';

/** All pages, in order. Throws as the page fails that does not come. */
export async function wholePages(rest: KisRest, call: KisCall): Promise<readonly KisAnswer[]> {
  const { pages, complete, error } = await rest.pages(call);
  if (complete) return pages;
  throw error instanceof Error ? error : new AppError('KIS_NO_ANSWER', { why: '' });
}
