/** Which addresses may be called, and through which proxy. */
import { describe, expect, it } from 'vitest';
import { isLoopback, mayCall, placeOf, proxyFor, underTest } from '#core/platform/index.ts';

const allowed = [{ host: 'Broker.example', port: 9443 }];

describe('the way out', () => {
  it.each([
    ['http://127.0.0.1:9/', true],
    ['http://127.8.8.8/', true],
    ['http://[::1]:9/', true],
    ['ws://localhost:9/', true],
    ['https://broker.example:9443/x', true],
    ['https://BROKER.example:9443/x', true],
    ['https://broker.example/', false],
    ['https://broker.example:9444/', false],
    ['https://sub.broker.example:9443/', false],
    ['https://broker.example.evil:9443/', false],
    ['https://user@evil.example:9443/', false],
    ['http://127.0.0.1.evil.example/', false],
    ['http://localhost.evil.example/', false],
    ['http://0.0.0.0/', false],
    ['http://192.168.0.1/', false],
  ])('%s: %s', (url, open) => {
    expect(mayCall(new URL(url), { allowed, testing: false })).toBe(open);
  });

  it('is shut under test but for this machine', () => {
    expect(underTest()).toBe(true);
    expect(mayCall(new URL('https://broker.example:9443/'), { allowed, testing: true })).toBe(false);
    expect(mayCall(new URL('http://127.0.0.1:1/'), { allowed, testing: true })).toBe(true);
  });

  it('knows ports that are not written', () => {
    expect(placeOf(new URL('https://a.example/'))).toEqual({ host: 'a.example', port: 443 });
    expect(placeOf(new URL('ws://[::1]/'))).toEqual({ host: '::1', port: 80 });
    expect(isLoopback('127.0.0.1')).toBe(true);
  });
});

describe('the proxy of the environment', () => {
  const url = new URL('https://api.broker.example:9443/');
  it.each([
    [{}, null],
    [{ HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
    [{ https_proxy: 'http://small:1', HTTPS_PROXY: 'http://large:1' }, 'http://small:1'],
    [{ HTTP_PROXY: 'http://p:1' }, null],
    [{ ALL_PROXY: 'socks5://p:1' }, 'socks5://p:1'],
    [{ HTTPS_PROXY: 'p:1' }, 'http://p:1'],
    [{ HTTPS_PROXY: ' ' }, null],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, null],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'other, .broker.example' }, null],
    [{ HTTPS_PROXY: 'http://p:1', no_proxy: 'broker.example:9443' }, null],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'broker.example:443' }, 'http://p:1'],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'oker.example' }, 'http://p:1'],
  ])('%o leads through %s', (env, proxy) => {
    expect(proxyFor(url, env)).toBe(proxy);
  });

  it('never stands before this machine', () => {
    expect(proxyFor(new URL('http://127.0.0.1:1/'), { HTTP_PROXY: 'http://p:1', ALL_PROXY: 'http://p:1' })).toBeNull();
  });
});
