/** The few platform types that pure code may name; no values behind them are created here. */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortController: { new (): AbortController };
interface TextEncoder {
  encode(text: string): Uint8Array;
}
interface TextDecoder {
  decode(bytes: Uint8Array): string;
}
declare const TextEncoder: { new (): TextEncoder };
declare const TextDecoder: { new (label?: string, options?: { fatal?: boolean }): TextDecoder };
