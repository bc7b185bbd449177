/** Looks and language (설정). */
export { SettingsDialog } from './panel.tsx';
