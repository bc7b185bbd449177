/** Words of alerts, in English. */
import type { koAlerts } from './ko-alerts.ts';

export const enAlerts: Readonly<Record<keyof typeof koAlerts, string>> = {
  'panel.alerts': 'Alerts',
  'alerts.price': 'Price',
  'alerts.note': 'Note',
  'alerts.repeats': 'Repeat',
  'alerts.add': 'Set alert',
  'alerts.here': 'This is the price now.',
  'alerts.armed': 'Waiting',
  'alerts.repeating': 'Repeats',
  'alerts.fired': 'Told',
  'alerts.again': 'Set again',
  'alerts.remove': 'Delete the alert of {name}',
  'alerts.none': 'No price alert is set.',
  'alerts.noneBody': 'Write a price above: every trade is looked at.',
  'alerts.off': 'Prices while the program is closed are not seen.',
  'alerts.told': 'Told',
};
