/** Labels that stand on one edge, in percent of its height: pushed apart until none covers another. */
export const dodge = (wanted: readonly number[], gap: number, low = 0, high = 100): number[] => {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed = [...wanted];
  let floor = low;
  for (const { at, index } of order) {
    const spot = Math.max(at, floor);
    placed[index] = spot;
    floor = spot + gap;
  }
  // What ran over the end is pushed back, neighbours with it.
  let ceiling = high;
  for (const { index } of order.reverse()) {
    const spot = Math.min(placed[index] ?? 0, ceiling);
    placed[index] = spot;
    ceiling = spot - gap;
  }
  return placed;
};
