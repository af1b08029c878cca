import { vocabulary } from '@botworth/contract/vocabulary';
import { hash64 } from '../../base/hash.ts';
import { type Fields, hint } from '../validate/read-value.ts';

const meetings: ReadonlySet<number> = new Set([
  vocabulary.meeting_booked.code,
  vocabulary.meeting_qualified.code,
  vocabulary.meeting_attended.code,
  vocabulary.meeting_cancelled.code,
]);

/** What a Float32 holds exactly, as the row's `score` has to: only the few bookings of one conversation are told apart by it. */
const LARGEST_NUMBER = 2n ** 24n - 1n;

export const isMeeting = (code: number): boolean => meetings.has(code);

/** A booking's id as a number, the same from every system that names it; 0 = none sent. */
export const meetingNumber = (properties: Fields): number => {
  const id = hint(properties.meeting_id) || hint(properties.booking_id);
  return id === '' ? 0 : Number(hash64(id) % LARGEST_NUMBER) + 1;
};
