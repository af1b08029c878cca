import type { EventRow } from '../../src/store/schema/event-row.ts';
import { timeMs } from './order.ts';

const TEN_MINUTES_MS = 10 * 60_000;

/** How many bookings stand after all that was told of them, in order. `score` names the booking; 0 = none. */
export const standingBookings = (events: readonly EventRow[]): number => {
  const told = events.filter(({ name }) => name === 'meeting_booked' || name === 'meeting_cancelled');
  /** Another system, which names the booking, says the same within ten minutes. */
  const isToldByName = (event: EventRow): boolean =>
    told.some(
      (other) =>
        other.score !== 0 &&
        other.name === event.name &&
        Math.abs(timeMs(other) - timeMs(event)) <= TEN_MINUTES_MS,
    );
  let standing = 0;
  let isNamelessBooked = false;
  const saidOf = new Map<number, string>();
  for (const event of told) {
    const isBooked = event.name === 'meeting_booked';
    if (event.score === 0) {
      if (isToldByName(event)) continue;
      isNamelessBooked ||= isBooked;
    } else {
      const before = saidOf.get(event.score);
      saidOf.set(event.score, event.name);
      if (before === event.name) continue;
      if (before === undefined && !isBooked && !isNamelessBooked) continue;
    }
    standing = isBooked ? standing + 1 : Math.max(0, standing - 1);
  }
  return standing;
};
