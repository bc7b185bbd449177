/** `connection …` and `env …`: what they ask the core, and that keys come from standard input alone. */
import { describe, expect, it } from 'vitest';
import { run, type Answers } from '#test/support/cli-run.ts';
import { letters, madeUpEntry } from '#test/support/made-up-keys.ts';

const SAVED = {
  connectionId: 'paper-0123456789ab',
  label: '',
  kind: 'paper',
  endpoint: 'emulator',
  restHost: '127.0.0.1:1',
  wsHost: '127.0.0.1:2',
  accountMasked: '12******-01',
  hasHtsId: true,
  keptIn: 'memory',
  keyIssuedOn: null,
  keyExpiresOn: null,
  lastTradedOn: null,
  reminders: [],
};

describe('connection add', () => {
  const answers: Answers = { 'kis.save': () => SAVED };

  it('takes the one line of the offline KIS from standard input', async () => {
    const { appKey, appSecret, account } = madeUpEntry();
    const line = {
      rest: 'http://127.0.0.1:1',
      ws: 'ws://127.0.0.1:2',
      appKey,
      appSecret,
      account,
      htsId: 'maru',
      env: 'real',
    };
    const ran = await run(['connection', 'add', '--json'], answers, '/', [JSON.stringify(line)]);
    expect(ran.code).toBe(0);
    expect(ran.calls).toEqual([
      [
        'kis.save',
        {
          label: '',
          kind: 'real',
          endpoint: 'emulator',
          restUrl: line.rest,
          wsUrl: line.ws,
          appKey,
          appSecret,
          account,
          htsId: 'maru',
          issuedOn: null,
        },
      ],
    ]);
    expect(ran.stdout + ran.stderr).not.toContain(appSecret);
  });

  it('asks for key, secret, account and id in this order', async () => {
    const [appKey, appSecret] = [letters(36), letters(180)];
    const typed = [appKey, appSecret, '12345678-01', ''];
    const ran = await run(['connection', 'add', '--kind', 'real', '--issued', '2026-01-02'], answers, '/', typed);
    expect(ran.calls[0]?.[1]).toMatchObject({
      kind: 'real',
      endpoint: 'official',
      appKey,
      appSecret,
      htsId: '',
      issuedOn: '2026-01-02',
    });
  });

  it('repeats nothing of a line that is no JSON', async () => {
    const secret = letters(40);
    const ran = await run(['connection', 'add', '--json'], answers, '/', [`{"appKey": "${secret}`]);
    expect(ran.code).toBe(2);
    expect(ran.stdout + ran.stderr).not.toContain(secret);
  });
});

describe('env switch', () => {
  it('lists what stands in the way, and ends with 1', async () => {
    const blockers = [{ kind: 'unconfirmed', textKo: '결과를 아직 모릅니다.', orderId: 'o' }];
    const ran = await run(['env', 'switch', 'simulation'], {
      'environment.switchTo': () => ({ done: false, blockers }),
    });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('결과를 아직 모릅니다.');
    expect(ran.stderr).toContain('--confirm');
    expect((await run(['env', 'switch', 'moon'], {})).code).toBe(2);
  });
});
