const WIDTH = 30;
const CLEAR_LINE = '\r\u001b[K';

export interface ProgressBar {
  /** `done` of `total`, in things that the word names. */
  show(done: number, total: number): void;
  end(): void;
}

/** On a terminal only: a log of half-drawn bars helps nobody. */
export const createProgressBar = (
  word: string,
  out: { readonly isTTY?: boolean; write(text: string): unknown },
): ProgressBar => {
  if (out.isTTY !== true) return { show: () => undefined, end: () => undefined };
  return {
    show: (done, total) => {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const full = Math.round(share * WIDTH);
      out.write(`${CLEAR_LINE}${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done} of ${total} ${word}`);
    },
    end: () => {
      out.write(CLEAR_LINE);
    },
  };
};
