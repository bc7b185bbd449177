/** Files sent up by a browser in pieces: kept in the data folder until imported, gone at the next start. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storageError } from '#core/storage/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Ids } from '#shared/ports.ts';
import type { SourceFile } from './source.ts';

/** Uploads kept at one time; the oldest gives way, since a page that was closed never tells. */
const MAX_UPLOADS = 8;
/** Largest piece and largest file in bytes, as the contract says. */
const MAX_CHUNK_BYTES = 4_194_304;
const MAX_FILE_BYTES = 268_435_456;

interface Upload {
  readonly source: SourceFile;
  readonly size: number;
  received: number;
  writing: boolean;
}

export class UploadStore {
  readonly #folder: string;
  readonly #ids: Ids;
  readonly #uploads = new Map<string, Upload>();

  /** `folder` belongs to this store alone: whatever an earlier run left in it is removed. */
  constructor(parts: { readonly folder: string; readonly ids: Ids }) {
    this.#folder = parts.folder;
    this.#ids = parts.ids;
    try {
      mkdirSync(this.#folder, { recursive: true });
      for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name), { recursive: true, force: true });
    } catch (error) {
      throw storageError(error, this.#folder);
    }
  }

  /** Announces a file of `size` bytes; its name is only shown, never used as a path. */
  async begin(file: { readonly name: string; readonly size: number }): Promise<string> {
    if (!Number.isSafeInteger(file.size) || file.size < 1 || file.size > MAX_FILE_BYTES) {
      throw new AppError('INPUT_INVALID', { where: 'size', why: `1~${MAX_FILE_BYTES}` });
    }
    const oldest = this.#uploads.size >= MAX_UPLOADS ? this.#uploads.keys().next().value : undefined;
    if (oldest !== undefined) await this.remove(oldest);
    const uploadId = this.#ids.next();
    const source = { path: join(this.#folder, `${uploadId}.upload`), name: file.name };
    await this.#write(source.path, 'w', new Uint8Array());
    this.#uploads.set(uploadId, { source, size: file.size, received: 0, writing: false });
    return uploadId;
  }

  /** Appends the next piece; returns how many bytes are there. A piece out of order or past the size is refused whole. */
  async chunk(uploadId: string, offset: number, bytes: Uint8Array): Promise<number> {
    const upload = this.#upload(uploadId);
    const { size, received } = upload;
    if (upload.writing || offset !== received)
      throw new AppError('INPUT_INVALID', { where: 'offset', why: `${received}` });
    if (bytes.length === 0 || bytes.length > MAX_CHUNK_BYTES || offset + bytes.length > size) {
      throw new AppError('INPUT_INVALID', { where: 'bytes', why: `${Math.min(MAX_CHUNK_BYTES, size - received)}` });
    }
    upload.writing = true;
    try {
      await this.#write(upload.source.path, 'r+', bytes, offset);
      upload.received = received + bytes.length;
      return upload.received;
    } finally {
      upload.writing = false;
    }
  }

  /** The finished file; throws FILE_TRUNCATED before its last piece. */
  source(uploadId: string): SourceFile {
    const { source, received, size } = this.#upload(uploadId);
    if (received !== size) throw new AppError('FILE_TRUNCATED', { path: source.name });
    return source;
  }

  /** Forgets an upload and its bytes. */
  async remove(uploadId: string): Promise<void> {
    const upload = this.#uploads.get(uploadId);
    this.#uploads.delete(uploadId);
    if (upload) await rm(upload.source.path, { force: true });
  }

  #upload(uploadId: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (!upload) throw new AppError('UPLOAD_UNKNOWN');
    return upload;
  }

  async #write(path: string, flags: 'w' | 'r+', bytes: Uint8Array, offset = 0): Promise<void> {
    try {
      const file = await open(path, flags, 0o600);
      try {
        // One call may write less than asked, on a nearly full disk for one.
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
          done += bytesWritten;
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      throw storageError(error, path);
    }
  }
}
