/** Nearest rank: a value that was really seen. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

/**
 * Each side once in turn, A B A B, so that a slow moment of the machine hits both. The first two rounds are not
 * counted: caches fill and the engine compiles a statement's shape after it saw it some times.
 */
export const interleave = async <Side extends string>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<unknown>>>,
): Promise<Record<Side, number[]>> => {
  const names = Object.keys(sides) as Side[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Side, number[]>;
  const warmUps = rounds > 3 ? 4 : 1;
  for (let round = 0; round < rounds + warmUps; round += 1) {
    for (const name of names) {
      const ms = await timed(sides[name]);
      if (round >= warmUps) times[name].push(ms);
    }
  }
  return times;
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
