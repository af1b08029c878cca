const signals = ['SIGTERM', 'SIGINT'] as const;
/** What a shell reports for a process that was interrupted. */
const INTERRUPTED = 130;

/** Resolves at the first request to stop; at the second the process ends as it is, which the stores survive. */
export const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let isStopping = false;
    for (const signal of signals) {
      process.on(signal, () => {
        if (isStopping) process.exit(INTERRUPTED);
        isStopping = true;
        resolve(signal);
      });
    }
  });
