/** Playbook (대응 위임장): the plays that the user lets run by themselves. */
import { z } from 'zod';
import { PLAY_MANDATES_LIMIT, PlayMandate } from '../threat/play.ts';

export const Playbook = z.strictObject({ mandates: z.array(PlayMandate).max(PLAY_MANDATES_LIMIT) });
export type Playbook = z.infer<typeof Playbook>;
