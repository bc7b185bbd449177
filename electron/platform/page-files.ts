/** The built screen as answers to requests: files of one folder, nothing outside it, with the strictest headers that work. */
import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentPolicy, NONCE_PLACEHOLDER } from './content-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const LONGEST_PATH = 1_024;

/** What is sent back for one request. */
export interface PageAnswer {
  readonly status: 200 | 400 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer<ArrayBuffer>;
}

function refusal(status: 400 | 404 | 405): PageAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(String(status)),
  };
}

/** The path asked for, `/` meaning the page; null where it is not a plain path. */
function askedPath(url: string): string | null {
  if (url.length > LONGEST_PATH) return null;
  const [path = ''] = url.split(/[?#]/, 1);
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return null;
  }
  const odd = !plain.startsWith('/') || plain.includes('\0') || plain.includes('\\') || plain.split('/').includes('..');
  if (odd) return null;
  return plain === '/' ? '/index.html' : plain;
}

/** The bytes behind a path, following links only as long as they stay in the folder. */
async function readInside(root: string, path: string): Promise<Buffer<ArrayBuffer> | null> {
  try {
    const [folder, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
    return file.startsWith(folder + sep) ? await readFile(file) : null;
  } catch {
    return null;
  }
}

function safeHeaders(path: string, connect: readonly string[], nonce: string): Record<string, string> {
  const hashed = path.startsWith('/assets/');
  return {
    'content-security-policy': contentPolicy({ nonce, connect }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Names under assets/ carry a hash of the content; everything else may change with the next version.
    'cache-control': path.endsWith('.html') ? 'no-store' : hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}

/** Answers one request for a file of `root`. `connect` names the addresses the page may open besides its own. */
export async function answerPage(
  site: { readonly root: string; readonly connect: readonly string[] },
  request: { readonly method: string; readonly url: string },
): Promise<PageAnswer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const path = askedPath(request.url);
  if (path === null) return refusal(400);
  const type = TYPES[extname(path)];
  const file = type === undefined ? null : await readInside(site.root, path);
  if (type === undefined || file === null) return refusal(404);
  const nonce = randomBytes(16).toString('base64');
  const body = path.endsWith('.html') ? Buffer.from(file.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) : file;
  return {
    status: 200,
    headers: { ...safeHeaders(path, site.connect, nonce), 'content-type': type, 'content-length': String(body.length) },
    body: request.method === 'HEAD' ? Buffer.alloc(0) : body,
  };
}
