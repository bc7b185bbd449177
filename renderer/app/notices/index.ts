/** Notices: the toasts, and the centre behind the bell. */
export { NoticeCentre } from './centre.tsx';
export { Toasts } from './toasts.tsx';
