/** Sends a file the user picked up to the core in chunks. */
import { AppError } from '#shared/errors/index.ts';
import type { CoreClient } from './supervisor.ts';

/** Bytes of a chunk; the contract takes up to 4 MiB. */
export const CHUNK_BYTES = 2 * 1_048_576;

/** Uploads one file and returns its id. `progress` is told the share that has arrived, 0 … 1. */
export async function uploadFile(
  client: CoreClient,
  file: File,
  options: { readonly signal: AbortSignal; readonly progress: (share: number) => void },
): Promise<string> {
  if (file.size === 0) throw new AppError('FILE_EMPTY', { path: file.name });
  const { uploadId } = await client.data.uploadBegin({ name: file.name, size: file.size }, { signal: options.signal });
  for (let offset = 0; offset < file.size; offset += CHUNK_BYTES) {
    const bytes = new Uint8Array(await file.slice(offset, offset + CHUNK_BYTES).arrayBuffer());
    await client.data.uploadChunk({ uploadId, offset }, bytes, { signal: options.signal });
    options.progress(Math.min(1, (offset + bytes.byteLength) / file.size));
  }
  return uploadId;
}
