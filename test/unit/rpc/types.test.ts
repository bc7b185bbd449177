/** What the compiler knows from a contract. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import type {
  CallContext,
  CallOptions,
  Client,
  Columns,
  Handlers,
  StreamListener,
  StreamSink,
} from '#shared/rpc/index.ts';
import { type Price, type sampleContract, type SampleContract } from '../../support/sample-contract.ts';

type Desk = Client<SampleContract>['desk'];
type Core = Handlers<SampleContract>['desk'];

describe('types derived from a contract', () => {
  it('give the client calls, tables, bytes and streams', () => {
    expectTypeOf<Desk['double']>().toEqualTypeOf<
      (input: { n: number }, options?: CallOptions) => Promise<{ n: number }>
    >();
    expectTypeOf<Desk['table']>().returns.resolves.toEqualTypeOf<Columns<'ts' | 'close', { name: string }>>();
    expectTypeOf<Desk['upload']>().toEqualTypeOf<
      (input: Record<string, never>, bytes: Uint8Array, options?: CallOptions) => Promise<number>
    >();
    expectTypeOf<Desk['prices']>().parameter(1).toEqualTypeOf<StreamListener<Price>>();
    expectTypeOf<Desk['prices']>().returns.toEqualTypeOf<() => void>();
  });

  it('ask the core for exactly the handlers', () => {
    expectTypeOf<keyof Core>().toEqualTypeOf<keyof typeof sampleContract.desk>();
    expectTypeOf<Core['double']>().toEqualTypeOf<
      (input: { n: number }, context: CallContext) => Promise<{ n: number }> | { n: number }
    >();
    expectTypeOf<Core['state']>().parameter(1).toEqualTypeOf<StreamSink<number>>();
    expectTypeOf<Core['table']>()
      .returns.exclude<Promise<unknown>>()
      .toEqualTypeOf<Columns<'ts' | 'close', { name: string }>>();
    // @ts-expect-error a handler that answers something else does not fit
    const wrong: Core['double'] = () => ({ m: 1 });
    expect(wrong).toBeTypeOf('function');
  });
});
