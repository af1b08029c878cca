/** The only place that reads the time of day. Whoever needs it takes a clock as an argument. */
export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  now(): Date;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  now: () => new Date(),
};

export const fixedClock = (ms: number): Clock => ({
  nowMs: () => ms,
  now: () => new Date(ms),
});
