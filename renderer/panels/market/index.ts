/** Chooses the market to play: a real day, or a synthetic one. */
export { ReplayDialog } from './replay.tsx';
export { SyntheticDialog } from './synthetic.tsx';
