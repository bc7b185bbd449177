/** Detector settings (감지기 설정): which are on, and with which figures; one that is not named is as it ships. */
import { z } from 'zod';
import { DetectorId } from '../threat/names.ts';

export const DetectorSettings = z.strictObject({
  detectors: z.partialRecord(
    DetectorId,
    z.strictObject({ on: z.boolean(), params: z.record(z.string().max(40), z.number()) }),
  ),
});
export type DetectorSettings = z.infer<typeof DetectorSettings>;
