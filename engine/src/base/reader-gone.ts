/** Nobody reads the output any more, as after `| head`: that ends the work and is no failure. */
export const isReaderGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE';
