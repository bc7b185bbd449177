/** `price`: quotes now. */
import type { Quote } from '#shared/contract/index.ts';
