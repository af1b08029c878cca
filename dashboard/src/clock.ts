/** The one place that reads the time; everything else is handed a clock. */
export type NowMs = () => number;

export const systemNowMs: NowMs = () => Date.now();
