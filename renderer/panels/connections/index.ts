/** Connections to KIS: the wizard, the list, and the lock of the real environment. */
export { ConnectionsDialog } from './connections.tsx';
export { ArmDialog, PinDialog } from './lock.tsx';
export { WizardDialog } from './wizard.tsx';
