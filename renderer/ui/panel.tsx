/** The states of a panel under the name that most panels know them by. */
export { Empty, Skeleton } from './states.tsx';
