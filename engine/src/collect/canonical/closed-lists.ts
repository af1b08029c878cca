import { actors, channels, jobs, replyKinds } from '@botworth/contract/dimensions';
import { squeeze } from './event-name.ts';

const placesOf = (
  values: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): Map<string, number> => {
  const places = new Map(
    values.flatMap(
      (value, place) =>
        [
          [value, place],
          [squeeze(value), place],
        ] as const,
    ),
  );
  for (const [alias, value] of Object.entries(aliases)) places.set(squeeze(alias), values.indexOf(value));
  return places;
};

const channelPlaces = placesOf(channels, {
  web: 'web_chat',
  chat: 'web_chat',
  webchat: 'web_chat',
  facebook_messenger: 'messenger',
});
const actorPlaces = placesOf(actors, {
  user: 'visitor',
  customer: 'visitor',
  contact: 'visitor',
  assistant: 'bot',
  ai: 'bot',
  agent: 'human',
  operator: 'human',
  human_agent: 'human',
  employee: 'human',
  admin: 'human',
});
const kindPlaces = placesOf(replyKinds);
const jobPlaces = placesOf(jobs);

const OTHER_CHANNEL = channels.indexOf('other');
const OTHER_KIND = replyKinds.indexOf('other');

const place = (places: Map<string, number>, sent: string, otherwise: number): number => {
  if (sent === '') return 0;
  return places.get(sent) ?? places.get(squeeze(sent)) ?? otherwise;
};

/** Stored codes. 0 = not sent; a name outside the list stays readable in `properties`. */
export const channelCode = (sent: string): number => place(channelPlaces, sent, OTHER_CHANNEL);
export const kindCode = (sent: string): number => place(kindPlaces, sent, OTHER_KIND);
export const jobCode = (sent: string): number => place(jobPlaces, sent, 0);
/** An actor that nobody knows is `unknown`: neither visitor nor bot, so it makes no turn. */
export const actorCode = (sent: string): number => place(actorPlaces, sent, 0);

export const actorPlace = { unknown: 0, visitor: 1, bot: 2, human: 3, system: 4 } as const;
