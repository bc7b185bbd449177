/** A process of its own that imports one whole-market file, printing its progress, until it is done or killed. */
import { writeSync } from 'node:fs';
import { runImport } from '#core/market/imports/index.ts';
import { systemClock } from '#core/platform/index.ts';
import { CandleStore } from '#core/storage/index.ts';

const [candlesPath = '', path = ''] = process.argv.slice(2);
const store = CandleStore.open(candlesPath);
const watch = { progress: ({ rows }: { readonly rows: number }) => void writeSync(1, `rows ${rows}\n`) };
const request = { kind: 'krx-eod', files: [{ path, name: 'eod.csv' }] } as const;
await runImport({ store, clock: systemClock }, request, watch);
writeSync(1, 'done\n');
