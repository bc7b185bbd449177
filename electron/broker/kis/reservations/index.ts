/** Reservation orders at KIS: held there, sent at the next opening. */
export { createKisReservations, type KisReservationsParts } from './kis-reservations.ts';
