/** Brings the user's files in (가져오기). */
export { ImportDialog } from './panel.tsx';
