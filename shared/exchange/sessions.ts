/** The parts of a trading day, which are facts of the market. */
export {
  closedDay,
  daySchedule,
  hoursKnownFrom,
  isTradingDay,
  nxtOpenOn,
  nxtSchedule,
  type DaySchedule,
  type SchedulePart,
  type ScheduleWindow,
} from '../market/index.ts';
