/** Fetches master files from the broker's download host, or from an emulator on this machine, into a folder. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { masterLayouts } from '#core/catalogue/index.ts';
import {
  isLoopback,
  placeOf,
  TransportError,
  type HttpAnswer,
  type HttpRequest,
  type TransportFault,
  type WayOut,
} from '#core/platform/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { MasterFileSpec } from './files.ts';
import type { NamedPath } from './sources.ts';

/** Opens a line that may leave this machine by exactly these ways. */
export type OpenWays = (ways: readonly WayOut[]) => {
  request(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
};

/** Where files come from. */
export interface MasterBase {
  /** Without a slash at its end. */
  readonly url: string;
  readonly official: boolean;
}

/** A file that did not come, with the reason. */
export interface MissedFile {
  readonly spec: MasterFileSpec;
  readonly error: AppError;
  /** true: the server says that it has no such file; asking again would not help. */
  readonly gone: boolean;
}

export interface Fetched {
  readonly files: readonly NamedPath[];
  readonly missed: readonly MissedFile[];
}

const ANSWER_TIMEOUT_MS = 60_000;
const WHY: Readonly<Record<TransportFault, string>> = {
  offline: '인터넷에 연결되지 않았거나 주소를 찾지 못했습니다.',
  refused: '그 주소에서 아무도 답하지 않습니다.',
  proxy: '프록시가 연결을 막았습니다.',
  tls: '서버를 믿을 수 없습니다(인증서).',
  timeout: '답이 제때 오지 않았습니다.',
  cut: '받는 도중에 연결이 끊겼습니다.',
  tooLarge: '파일이 너무 큽니다.',
  canceled: '취소했습니다.',
  locked: '이 주소로 나가는 길이 막혀 있습니다.',
};
const NOT_FOUND = 404;
const NOT_FOUND_KO = '서버에 그 파일이 없습니다(HTTP 404).';
/** Troubles of one file; any other is one of the whole line, and the other files are not asked for. */
const OF_ONE_FILE: readonly TransportFault[] = ['tooLarge', 'cut', 'timeout'];

/** The official host. @source resources/kis/masters.json */
export function officialBase(): MasterBase {
  return { url: masterLayouts().host, official: true };
}

/** The base that an address names; null or the official one: the official host. Throws MASTER_HOST for any but this machine. */
export function baseOf(text: string | null): MasterBase {
  const official = officialBase();
  const plain = (text ?? '').trim().replace(/\/+$/, '');
  if (plain === '' || plain === official.url) return official;
  const url = URL.parse(plain);
  const fits =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    isLoopback(placeOf(url).host) &&
    url.username === '' &&
    url.search === '' &&
    url.hash === '';
  if (!fits) throw new AppError('MASTER_HOST', { url: plain.slice(0, 100) });
  return { url: plain, official: false };
}

async function fetchOne(
  line: ReturnType<OpenWays>,
  { base, spec, signal }: { readonly base: MasterBase; readonly spec: MasterFileSpec; readonly signal?: AbortSignal },
): Promise<Buffer> {
  const { status, body } = await line.request({
    method: 'GET',
    url: `${base.url}${spec.path}`,
    headers: {},
    body: null,
    timeoutMs: ANSWER_TIMEOUT_MS,
    ...(signal ? { signal } : {}),
  });
  if (status === NOT_FOUND) throw new AppError('MASTER_DOWNLOAD', { file: spec.id, why: NOT_FOUND_KO });
  if (status !== 200) throw new AppError('MASTER_DOWNLOAD', { file: spec.id, why: `서버의 답: HTTP ${status}.` });
  if (body.length === 0) throw new AppError('MASTER_DOWNLOAD', { file: spec.id, why: '빈 파일이 왔습니다.' });
  return body;
}

/** The AppError of a fetch that failed, and whether the other files would fail alike. */
function judged(error: unknown, spec: MasterFileSpec): { readonly error: AppError; readonly all: boolean } {
  if (error instanceof AppError) return { error, all: false };
  if (!(error instanceof TransportError)) throw error;
  const { fault } = error;
  if (fault === 'canceled') return { error: new AppError('IMPORT_INTERRUPTED'), all: true };
  const told = new AppError('MASTER_DOWNLOAD', { file: spec.id, why: WHY[fault] }, { cause: error });
  return { error: told, all: !OF_ONE_FILE.includes(fault) };
}

/**
 * Fetches files one after another. What the server does not have is missed, and told; a line that is down ends it all:
 * throws MASTER_DOWNLOAD, IMPORT_INTERRUPTED.
 */
export async function fetchMasters(wish: {
  readonly base: MasterBase;
  readonly specs: readonly MasterFileSpec[];
  /** Belongs to the download alone; emptied first. */
  readonly folder: string;
  readonly open: OpenWays;
  readonly signal?: AbortSignal;
  fetched(done: number, file: string): void;
}): Promise<Fetched> {
  const { base, specs, folder, open, signal } = wish;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const line = open(base.official ? [placeOf(new URL(base.url))] : []);
  const files: NamedPath[] = [];
  const missed: MissedFile[] = [];
  try {
    for (const [done, spec] of specs.entries()) {
      wish.fetched(done, spec.id);
      try {
        const body = await fetchOne(line, { base, spec, ...(signal ? { signal } : {}) });
        const name = basename(spec.path);
        const path = join(folder, name);
        await writeFile(path, body);
        files.push({ path, name });
      } catch (error) {
        const { error: told, all } = judged(error, spec);
        if (all) throw told;
        missed.push({ spec, error: told, gone: told.params['why'] === NOT_FOUND_KO });
      }
    }
  } finally {
    await line.close();
  }
  wish.fetched(specs.length, '');
  return { files, missed };
}
