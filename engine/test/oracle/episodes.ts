import { type EventRow, eventFlags } from '../../src/store/schema/event-row.ts';
import { definitionOf, inOrder, timeMs } from './order.ts';

const is = (event: EventRow, ...names: readonly string[]): boolean => names.includes(event.name);
const actorOf = ['unknown', 'visitor', 'bot', 'human', 'system'] as const;
const shown = (event: EventRow): boolean => (event.flags & eventFlags.private_note) === 0;
const spoke = (event: EventRow, actor: (typeof actorOf)[number]): boolean =>
  is(event, 'message_sent', 'message_replied') && actorOf[event.actor] === actor && shown(event);

export const isVisitorTurn = (event: EventRow): boolean =>
  spoke(event, 'visitor') ||
  (is(event, 'option_selected') && actorOf[event.actor] === 'visitor' && shown(event));
export const isBotReply = (event: EventRow): boolean => spoke(event, 'bot');
export const isHumanTurn = (event: EventRow): boolean => spoke(event, 'human');
export const isTurn = (event: EventRow): boolean =>
  isVisitorTurn(event) || isBotReply(event) || isHumanTurn(event) || is(event, 'bot_fallback');
export const isOpening = (event: EventRow): boolean =>
  is(event, 'chat_opened') && (event.flags & eventFlags.self_opened) === 0;

export interface Episode {
  readonly startMs: number;
  readonly events: EventRow[];
  live: boolean;
}

const week = 7 * 86_400_000;

/** Cuts one thread's own events; ratings, leads, orders and the like join afterwards. */
export const episodesOf = (threadEvents: readonly EventRow[], gapMs: number): Episode[] => {
  const events = [...threadEvents].sort(inOrder);
  const episodes: Episode[] = [];
  let lastMakerMs: number | null = null;
  let handedOverMs: number | null = null;
  let isEnded = false;
  for (const event of events) {
    const atMs = timeMs(event);
    if (is(event, 'chat_closed')) isEnded = true;
    if (isTurn(event) || isOpening(event)) {
      const waits: boolean = handedOverMs !== null && atMs - handedOverMs <= week;
      if (lastMakerMs === null || ((isEnded || atMs - lastMakerMs > gapMs) && !waits)) {
        episodes.push({ startMs: atMs, events: [], live: false });
      }
      lastMakerMs = atMs;
      isEnded = false;
      const episode = episodes.at(-1);
      if (episode !== undefined && (isVisitorTurn(event) || isHumanTurn(event) || isOpening(event)))
        episode.live = true;
    }
    if (is(event, 'bot_handoff_human')) handedOverMs = atMs;
    if (isHumanTurn(event)) handedOverMs = null;
  }
  const makerStarts = episodes.map((episode) => episode.startMs);
  let current = -1;
  for (const event of events) {
    const role = definitionOf(event)?.role;
    if (
      role === undefined ||
      !['turn', 'opening', 'inside', 'session_end', 'feedback', 'business'].includes(role)
    )
      continue;
    const later = role === 'feedback' || role === 'business';
    if ((isTurn(event) || isOpening(event)) && startsNew(event, episodes, current)) current += 1;
    const namedMs = Number(event.episode_ms) > 0 ? Number(event.episode_ms) : timeMs(event);
    let place: number;
    if (isTurn(event) || isOpening(event)) place = current;
    else {
      place = makerStarts.findLastIndex(
        (startMs, index) => startMs <= namedMs && (!later || episodes[index]?.live === true),
      );
      // What came just before the first turn (a flow that starts, a step) belongs to it.
      if (place < 0 && !later && makerStarts[0] !== undefined && makerStarts[0] - timeMs(event) <= gapMs)
        place = 0;
    }
    episodes[place]?.events.push(event);
  }
  return episodes.filter((episode) => episode.live);
};

const startsNew = (event: EventRow, episodes: readonly Episode[], current: number): boolean => {
  const next = episodes[current + 1];
  return next !== undefined && timeMs(event) >= next.startMs;
};
