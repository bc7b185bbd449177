/** Of several wishes for one channel only one takes its records: who wants quote, tape and candle of an issue must not count its trades three times. */
import type { ChannelWish, KisRealtime } from '../ports.ts';

/** The same line, on which a record reaches the oldest wish for its channel and key alone; every wish hears how it stands. */
export function oneEar(realtime: KisRealtime): KisRealtime {
  const waiting = new Map<string, ChannelWish[]>();
  return {
    want: (wish) => {
      const name = `${wish.api}|${wish.key}`;
      const own = waiting.get(name) ?? [];
      waiting.set(name, own);
      own.push(wish);
      const stop = realtime.want({
        ...wish,
        record: (record, receivedTs) => {
          if (own[0] === wish) wish.record(record, receivedTs);
        },
      });
      return () => {
        const place = own.indexOf(wish);
        if (place >= 0) own.splice(place, 1);
        if (own.length === 0 && waiting.get(name) === own) waiting.delete(name);
        stop();
      };
    },
    watchLine: (listener) => realtime.watchLine(listener),
  };
}
