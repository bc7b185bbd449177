/** The page's own protocol: `app://maru` answers with the built screen and nothing else. */
import type { Protocol } from 'electron';
import { answerPage } from '#core/platform/index.ts';
import { isPage, PAGE_ORIGIN, PAGE_SCHEME } from './channel.ts';

/** Makes the scheme a real origin; has to happen before the app is ready. */
export function announceScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built screen of `root` under the scheme. */
export function servePage(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    if (!isPage(request.url)) return new Response('404', { status: 404 });
    const url = request.url.slice(PAGE_ORIGIN.length) || '/';
    const answer = await answerPage({ root, connect: [] }, { method: request.method, url });
    return new Response(answer.body, { status: answer.status, headers: { ...answer.headers } });
  });
}
