/** What a sender's conversation or thread id names: a thread, and perhaps one episode of it by its start. */
export interface ThreadName {
  readonly threadId: string;
  /** Unix ms of the episode's start; 0 = the thread only. */
  readonly episodeMs: number;
}

/** The suffix that our own later episodes carry: `::2026-04-10T10:00:00.000Z`. */
const SUFFIX_CHARS = 26;

export const parseThreadId = (id: string): ThreadName => {
  const cut = id.length - SUFFIX_CHARS;
  if (cut > 0 && id.startsWith('::', cut) && id.endsWith('Z')) {
    const start = id.slice(cut + 2);
    const ms = Date.parse(start);
    if (!Number.isNaN(ms) && new Date(ms).toISOString() === start)
      return { threadId: id.slice(0, cut), episodeMs: ms };
  }
  return { threadId: id, episodeMs: 0 };
};
