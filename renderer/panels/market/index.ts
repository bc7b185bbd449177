/** Chooses the market to play: a real day, or a synthetic one. */
export { ReplayDialog } from './replay.tsx';
export { SyntheticDialog } from './synthetic.tsx';
export { RewindButton } from './rewind.tsx';
export { DayRules } from './day-rules.tsx';
