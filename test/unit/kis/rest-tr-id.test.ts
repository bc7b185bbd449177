/** TR ids come from the explicit map, never from swapped letters. */
import { describe, expect, it } from 'vitest';
import { ORDER_APIS, trIdOf, type KisEnvironment } from '#core/broker/kis/index.ts';
import { kisCatalogue, type KisApi } from '#core/catalogue/index.ts';
import { AppError } from '#shared/errors/index.ts';

const catalogue = kisCatalogue();

function chosen(id: string, environment: KisEnvironment, values: Readonly<Record<string, string>>): string | null {
  const selectors = Object.entries(values).filter(([key]) => key === key.toLowerCase());
  return trIdOf(catalogue.rest(id), environment, { params: values, select: Object.fromEntries(selectors) });
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'no error';
}

describe('the TR id', () => {
  it.each([
    ['domestic-stock.order-cash', 'real', { side: 'buy' }, 'TTTC0012U'],
    ['domestic-stock.order-cash', 'paper', { side: 'sell' }, 'VTTC0011U'],
    ['overseas-stock.order', 'real', { side: 'sell', OVRS_EXCG_CD: 'NASD' }, 'TTTT1006U'],
    // Not VTTT1006U, as swapping the letter would give.
    ['overseas-stock.order', 'paper', { side: 'sell', OVRS_EXCG_CD: 'NYSE' }, 'VTTT1001U'],
    ['overseas-stock.order', 'paper', { side: 'buy', OVRS_EXCG_CD: 'TKSE' }, 'VTTS0308U'],
    ['overseas-stock.order-rvsecncl', 'real', { OVRS_EXCG_CD: 'SEHK', RVSE_CNCL_DVSN_CD: '01' }, 'TTTS1003U'],
    ['overseas-stock.order-rvsecncl', 'real', { OVRS_EXCG_CD: 'SHAA', RVSE_CNCL_DVSN_CD: '02' }, 'TTTS0302U'],
    ['domestic-stock.inquire-daily-ccld', 'paper', { period: 'before3Months' }, 'VTSC9215R'],
    ['domestic-stock.inquire-price', 'paper', {}, 'FHKST01010100'],
    ['auth.token', 'paper', {}, null],
  ] as const)('of %s in %s with %o is %s', (id, environment, values, wanted) => {
    expect(chosen(id, environment, values)).toBe(wanted);
  });

  it('says which values it can be chosen by', () => {
    const error = (() => {
      try {
        chosen('domestic-stock.order-cash', 'real', { side: 'both' });
      } catch (thrown) {
        return thrown as AppError;
      }
      return null;
    })();
    expect(error?.code).toBe('KIS_PARAM_CHOICE');
    expect(error?.params).toMatchObject({ name: 'side', values: 'sell|buy' });
    // Shanghai takes no replacement.
    expect(
      codeOf(() => chosen('overseas-stock.order-rvsecncl', 'real', { OVRS_EXCG_CD: 'SHAA', RVSE_CNCL_DVSN_CD: '01' })),
    ).toBe('KIS_PARAM_CHOICE');
  });

  it('is refused in paper wherever the catalogue offers none', () => {
    expect(codeOf(() => chosen('domestic-stock.inquire-psbl-rvsecncl', 'paper', {}))).toBe('KIS_NOT_IN_PAPER');
    expect(codeOf(() => chosen('domestic-futureoption.order', 'paper', { session: 'night' }))).toBe('KIS_NOT_IN_PAPER');
  });

  it('exists for every API and every rule of the catalogue, and is the one written there', () => {
    const known = (api: KisApi): Set<string | null> =>
      new Set([api.trId.real, api.trId.paper, ...(api.trIdBy ?? []).flatMap((rule) => [rule.real, rule.paper])]);
    for (const api of catalogue.apis) {
      const choices = (api.trIdBy ?? [{ when: {} }]).map(({ when }) =>
        Object.fromEntries(
          Object.entries(when).map(([key, value]) => [key, typeof value === 'string' ? value : (value[0] ?? '')]),
        ),
      );
      for (const values of choices) {
        const id = trIdOf(api, 'real', { params: values, select: values });
        expect(known(api).has(id), `${api.id} ${String(id)}`).toBe(true);
        if (!api.id.startsWith('auth.')) expect(id, api.id).toMatch(/^[A-Z0-9]{8,13}$/);
      }
    }
  });
});

describe('the list of order APIs', () => {
  it('is exactly what the catalogue posts to trading', () => {
    const posted = catalogue.apis
      .filter((api) => api.kind === 'rest' && api.method === 'POST' && api.path.includes('/trading/'))
      .map((api) => api.id);
    expect(Object.keys(ORDER_APIS).toSorted()).toEqual(posted.toSorted());
    // And nothing else posts but the calls for keys.
    const others = catalogue.apis.filter(
      (api) => api.kind === 'rest' && api.method === 'POST' && !posted.includes(api.id),
    );
    expect(others.map((api) => api.product)).toEqual(['auth', 'auth', 'auth', 'auth']);
  });
});
