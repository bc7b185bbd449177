/** Corporate action (권리·자본 변동): what changes the price, the number of units or the holders' cash of an issue. */
import { z } from 'zod';
import { InstrumentId } from './instrument.ts';

const Units = z.int().positive().max(1_000_000_000);
const Won = z.int().positive().max(1_000_000_000);

/** `old` units bring `new` further ones. */
const Ratio = { old: Units, new: Units };
/** `from` units become `to`. */
const Change = { from: Units, to: Units };

/**
 * stockDividend 주식배당 · bonus 무상증자 · rights 유상증자 · split 액면분할·병합(주식분할·병합) · capitalReduction 감자 · relisting 재상장·장기 정지 뒤 재개 ·
 * splitOff 분할 · newListing 신규 상장 · distribution ETF·ETN 분배금 · cashDividend 현금배당
 */
export const CorporateAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stockDividend'), ...Ratio }),
  z.strictObject({ kind: z.literal('bonus'), ...Ratio }),
  /** Won per new unit. */
  z.strictObject({ kind: z.literal('rights'), ...Ratio, issuePrice: Won }),
  z.strictObject({ kind: z.literal('split'), ...Change }),
  z.strictObject({ kind: z.literal('capitalReduction'), ...Change }),
  /** Won, as appraised by the exchange (평가가격). */
  z.strictObject({ kind: z.literal('relisting'), appraisal: Won }),
  /** `newIssue`: what holders get of the new company for each `from` units held. */
  z.strictObject({
    kind: z.literal('splitOff'),
    ...Change,
    appraisal: Won,
    newIssue: z.strictObject({ instrumentId: InstrumentId, ...Change }).optional(),
  }),
  z.strictObject({ kind: z.literal('newListing'), offerPrice: Won }),
  /** Won per unit. */
  z.strictObject({ kind: z.literal('distribution'), perUnit: Won }),
  z.strictObject({ kind: z.literal('cashDividend'), perUnit: Won }),
]);
export type CorporateAction = z.infer<typeof CorporateAction>;
