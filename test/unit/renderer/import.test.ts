/** Columns of a CSV, and files sent in chunks. */
import { describe, expect, it } from 'vitest';
import type { CsvPreview } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { CoreClient } from '../../../renderer/client/supervisor.ts';
import { CHUNK_BYTES, uploadFile } from '../../../renderer/client/upload.ts';
import { missingColumns, startMapping } from '../../../renderer/panels/import/parts/mapping.ts';

const preview: CsvPreview = { header: ['일자', '종가'], rows: [], mapping: null, remembered: false };

describe('the mapping', () => {
  it('starts empty where nothing is known, and says what is missing', () => {
    const mapping = startMapping(preview);
    expect(missingColumns(mapping)).toEqual(['date', 'open', 'high', 'low', 'close', 'volume', 'code']);
    const full = { ...mapping, date: 'a', open: 'b', high: 'c', low: 'd', close: 'e', volume: 'f' };
    expect(missingColumns({ ...full, code: '00593' })).toEqual(['code']);
    expect(missingColumns({ ...full, code: '005930' })).toEqual([]);
    expect(missingColumns({ ...full, codeColumn: 'g' })).toEqual([]);
  });

  it('starts from what is remembered', () => {
    const known = { ...startMapping(preview), date: '일자' };
    expect(startMapping({ ...preview, mapping: known })).toEqual(known);
  });
});

describe('an upload', () => {
  function receiver() {
    const chunks: { readonly offset: number; readonly size: number }[] = [];
    const data = {
      uploadBegin: () => Promise.resolve({ uploadId: 'u' }),
      uploadChunk: ({ offset }: { readonly offset: number }, bytes: Uint8Array) => {
        chunks.push({ offset, size: bytes.byteLength });
        return Promise.resolve({ received: offset + bytes.byteLength });
      },
    };
    return { client: { data } as unknown as CoreClient, chunks };
  }

  it('goes in order, in chunks that the contract takes, to the last byte', async () => {
    const { client, chunks } = receiver();
    const shares: number[] = [];
    const file = new File([new Uint8Array(CHUNK_BYTES + 5)], 'a.csv');
    const id = await uploadFile(client, file, {
      signal: new AbortController().signal,
      progress: (share) => shares.push(share),
    });
    expect(id).toBe('u');
    expect(chunks).toEqual([
      { offset: 0, size: CHUNK_BYTES },
      { offset: CHUNK_BYTES, size: 5 },
    ]);
    expect(shares.at(-1)).toBe(1);
  });

  it('refuses an empty file in words', async () => {
    const { client } = receiver();
    const sent = uploadFile(client, new File([], 'a.csv'), {
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    await expect(sent).rejects.toThrow(AppError);
  });
});
