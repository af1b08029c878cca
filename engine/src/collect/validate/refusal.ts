/** Why an event was not taken: the code is counted, the field and the sentence go to the sender. */
export const refusalCodes = [
  'not_an_object',
  'type',
  'name',
  'id',
  'no_person',
  'time',
  'time_in_future',
  'time_too_old',
  'wrong_type',
  'too_long',
  'too_deep',
  'too_large',
  'not_utf8',
  'store',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface Refusal {
  readonly code: RefusalCode;
  readonly field: string;
  readonly reason: string;
}

/** Collects the first thing wrong with one event; reading goes on, so that reading needs no exceptions. */
export interface Note {
  refusal: Refusal | undefined;
}

export const refuse = (note: Note, code: RefusalCode, field: string, reason: string): void => {
  note.refusal ??= { code, field, reason };
};
