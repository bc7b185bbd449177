/** Edits of one document on their way: shown at once, and all of them kept, however late the answers come. */
import { beforeEach, describe, expect, it } from 'vitest';
import { DocumentStore } from '#core/storage/index.ts';
import { type Basket, DEFAULT_NOTICES, NOTICES_ID, type PlannedOrder } from '#shared/domain/index.ts';
import { Documents } from '../../../renderer/client/document-line.ts';
import type { CoreClient } from '../../../renderer/client/supervisor.ts';
import { wordsOf } from '../../../renderer/client/words-of.ts';
import { FIRST_SETTINGS } from '../../../renderer/panels/chart/settings.ts';
import { documentClient } from '../../support/document-client.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const PANEL = 'chart-1';

let store: DocumentStore;

/** A client whose answers to saves wait until they are let through. */
function slowClient(): { readonly client: CoreClient; readonly letThrough: () => void } {
  const client = documentClient(store);
  let letThrough: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  const save = async (wish: never): Promise<unknown> => {
    const stored = await client.documents.save(wish);
    await opened;
    return stored;
  };
  return { client: { documents: { ...client.documents, save } } as never, letThrough };
}

function documentsOver(client: CoreClient): Documents {
  const documents = new Documents();
  documents.attach(client);
  return documents;
}

const addIndicator = (documents: Documents, id: string): Promise<void> =>
  documents.edit('chart', PANEL, (body) => {
    const now = body ?? FIRST_SETTINGS;
    return { ...now, indicators: [...now.indicators, { id, params: [] }] };
  });
const shownIndicators = (documents: Documents): readonly string[] | undefined =>
  documents
    .list('chart', PANEL)
    ?.get(PANEL)
    ?.indicators.map(({ id }) => id);
const keptIndicators = (): readonly string[] => {
  const body = store.list('chart', PANEL)[0]?.body as typeof FIRST_SETTINGS | undefined;
  return (body?.indicators ?? []).map(({ id }) => id);
};

beforeEach(() => {
  store = new DocumentStore(tempFolder());
});

describe('edits of a document', () => {
  it('stand both where the second comes before the answer to the first', async () => {
    const { client, letThrough } = slowClient();
    const documents = documentsOver(client);
    const seen: (readonly string[] | undefined)[] = [];
    documents.watch('chart', PANEL, () => seen.push(shownIndicators(documents)));
    await documents.load('chart', PANEL);
    const both = [addIndicator(documents, 'macd'), addIndicator(documents, 'rsi')];
    const wanted = ['sma', 'sma', 'sma', 'macd', 'rsi'];
    expect(shownIndicators(documents)).toEqual(wanted);
    // The stream tells the first before its answer comes: it is not shown twice.
    await expect.poll(keptIndicators).toEqual(['sma', 'sma', 'sma', 'macd']);
    expect(shownIndicators(documents)).toEqual(wanted);
    letThrough();
    await Promise.all(both);
    expect(shownIndicators(documents)).toEqual(wanted);
    expect(keptIndicators()).toEqual(wanted);
    // No change was ever seen to go away again.
    expect(seen.slice(2).every((each) => each?.length === wanted.length)).toBe(true);
  });

  it('are kept though nobody follows the document any more', async () => {
    const documents = documentsOver(documentClient(store));
    const leave = documents.watch('chart', PANEL, () => undefined);
    await documents.load('chart', PANEL);
    const both = [addIndicator(documents, 'macd'), addIndicator(documents, 'rsi')];
    leave();
    await Promise.all(both);
    expect(keptIndicators().slice(3)).toEqual(['macd', 'rsi']);
  });

  it('begin from what is kept where nobody follows the document yet', async () => {
    await addIndicator(documentsOver(documentClient(store)), 'macd');
    await addIndicator(documentsOver(documentClient(store)), 'rsi');
    expect(keptIndicators().slice(3)).toEqual(['macd', 'rsi']);
  });

  it('change fields side by side, as of notices that are muted and marked as seen', async () => {
    const { client, letThrough } = slowClient();
    const documents = documentsOver(client);
    await documents.load('notices', NOTICES_ID);
    const edit = (change: object): Promise<void> =>
      documents.edit('notices', NOTICES_ID, (body) => ({ ...(body ?? DEFAULT_NOTICES), ...change }));
    const both = [edit({ fills: !DEFAULT_NOTICES.fills }), edit({ desktop: !DEFAULT_NOTICES.desktop })];
    letThrough();
    await Promise.all(both);
    expect(store.list('notices', NOTICES_ID)[0]?.body).toMatchObject({
      fills: !DEFAULT_NOTICES.fills,
      desktop: !DEFAULT_NOTICES.desktop,
    });
  });

  it('of a basket add rows at once, and are shown to those who follow all baskets', async () => {
    const { client, letThrough } = slowClient();
    const documents = documentsOver(client);
    documents.watch('basket', null, () => undefined);
    await documents.load('basket');
    const row = (code: string): PlannedOrder => ({
      instrumentId: `KRX:${code}`,
      side: 'buy',
      type: 'limit',
      price: null,
      quantity: null,
    });
    const add = (code: string): Promise<void> =>
      documents.edit('basket', 'basket-1', (body) => ({
        name: '바구니',
        rows: [...(body?.rows ?? []), row(code)],
      }));
    const both = [add('005930'), add('000660')];
    expect(documents.list('basket')?.get('basket-1')?.rows).toHaveLength(2);
    letThrough();
    await Promise.all(both);
    expect((store.list('basket', 'basket-1')[0]?.body as Basket).rows).toHaveLength(2);
  });

  it('are no longer shown where they could not be kept, and those after them stand', async () => {
    const client = documentClient(store);
    let other: (() => void) | null = null;
    const save = (wish: never): Promise<unknown> => {
      other?.();
      other = null;
      return client.documents.save(wish);
    };
    const documents = documentsOver({ documents: { ...client.documents, save } } as never);
    documents.watch('chart', PANEL, () => undefined);
    await addIndicator(documents, 'macd');
    // Another window is first: its news comes while this one's is under way.
    const { revision } = store.list('chart', PANEL)[0] ?? { revision: 0 };
    other = () => store.save({ kind: 'chart', id: PANEL, revision } as never, { ...FIRST_SETTINGS, kind: 'line' });
    const failed = addIndicator(documents, 'rsi').catch((error: unknown) => wordsOf(error).code);
    expect(shownIndicators(documents)?.at(-1)).toBe('rsi');
    expect(await failed).toBe('DOCUMENT_CHANGED');
    await expect.poll(() => documents.list('chart', PANEL)?.get(PANEL)?.kind).toBe('line');
    expect(shownIndicators(documents)).not.toContain('rsi');
    await addIndicator(documents, 'atr');
    expect(store.list('chart', PANEL)[0]?.body).toMatchObject({ kind: 'line' });
    expect(keptIndicators().at(-1)).toBe('atr');
  });

  it('say so at once without a line', async () => {
    const documents = documentsOver(documentClient(store));
    documents.watch('chart', PANEL, () => undefined);
    await documents.load('chart', PANEL);
    documents.detach();
    await expect(addIndicator(documents, 'macd')).rejects.toThrow('PIPE_CLOSED');
    expect(documents.list('chart', PANEL)?.size).toBe(0);
  });

  it('are followed by a removal that comes after them', async () => {
    const documents = documentsOver(documentClient(store));
    documents.watch('chart', PANEL, () => undefined);
    await documents.load('chart', PANEL);
    const edited = addIndicator(documents, 'macd');
    await documents.remove('chart', PANEL);
    await edited;
    expect(store.list('chart', PANEL)).toEqual([]);
    expect(documents.list('chart', PANEL)?.size).toBe(0);
  });
});
