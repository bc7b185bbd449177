/** A thread that serves a socket like KIS and sends frames at a steady pace; each carries when it was sent. */
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocketServer } from 'ws';

/** @typedef {{ codes: readonly string[], frames: number, perSecond: number, date: string }} Plan */

const { codes, frames, perSecond, date } = /** @type {Plan} */ (workerData);
const TICK_MS = 1;
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

/** Microseconds of the day, so that a number holds them exactly. */
function nowUs() {
  return Math.round((performance.timeOrigin + performance.now()) * 1000) % 86_400_000_000;
}

/** @param {number} n */
function frameOf(n) {
  const code = codes[n % codes.length] ?? '';
  const price = 50_000 + (n % 1_000) * 100;
  const head = `0|H0STCNT0|001|${code}^093354^${price}^2^100^0.14^72023.83^72100^72400^71700^71900^71800`;
  const mid = `^${1 + (n % 90)}^${n + 1}^${nowUs()}^5105^6937^1832^84.90^1366314^1159996^1^0.39^20.28^090020^5^-200`;
  const tail = `^090820^5^-500^092619^2^200^${date}^20^N^65945^216924^1118750^2199206^0.05^2424142^125.92^0^^72100`;
  return head + mid + tail;
}

server.on('connection', (socket) => {
  let registered = 0;
  socket.on('message', (data) => {
    const { header, body } = JSON.parse(String(data));
    if (!body) return;
    const { tr_id, tr_key } = body.input;
    socket.send(
      JSON.stringify({
        header: { tr_id, tr_key, encrypt: 'N' },
        body: { rt_cd: '0', msg_cd: header.tr_type === '1' ? 'OPSP0000' : 'OPSP0001', msg1: 'SUBSCRIBE SUCCESS' },
      }),
    );
    registered += 1;
    if (registered === codes.length) setTimeout(() => stream(socket), 200);
  });
});

/** @param {import('ws').WebSocket} socket */
function stream(socket) {
  const startedMs = performance.now();
  let sent = 0;
  let lastMs = startedMs;
  /** @type {number[]} How much later than asked this thread, which has next to nothing to do, was woken. */
  const lateMs = [];
  const timer = setInterval(() => {
    lateMs.push(performance.now() - lastMs - TICK_MS);
    lastMs = performance.now();
    const due = Math.min(frames, Math.floor(((performance.now() - startedMs) * perSecond) / 1000));
    for (; sent < due; sent += 1) socket.send(frameOf(sent));
    if (sent < frames) return;
    clearInterval(timer);
    lateMs.sort((a, b) => a - b);
    parentPort?.postMessage({ done: sent, lateP99: lateMs[Math.floor(lateMs.length * 0.99)] ?? 0 });
  }, TICK_MS);
}

parentPort?.on('message', () => {
  for (const client of server.clients) client.terminate();
  server.close(() => parentPort?.close());
});
server.on('listening', () =>
  parentPort?.postMessage({ port: /** @type {{ port: number }} */ (server.address()).port }),
);
