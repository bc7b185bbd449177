/** What a composed core offers to its doors. */
import type { CallContext, Pipe } from '#shared/rpc/index.ts';

/** The core, composed and running; one per data folder. */
export interface App {
  /** Serves the contract on a pipe until the pipe closes or `dispose` is called. */
  serve(pipe: Pipe, door: CallContext['door']): { dispose(): void };
  /** Stops the market and the desk, flushes the records, frees the data folder. Safe to call twice. */
  close(): Promise<void>;
}
