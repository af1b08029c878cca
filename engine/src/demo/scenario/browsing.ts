import type { Rng } from '../../base/rng.ts';
import { draw } from './draw.ts';
import type { Dated } from './message.ts';
import type { ShopBot } from './pen.ts';
import { type Person, userIdOf } from './people.ts';
import { origins, pages, products } from './shop.data.ts';

interface Sight {
  readonly id: string;
  readonly keys: { readonly anonymousId: string; readonly userId?: string };
  readonly bot: ShopBot;
  readonly page: string;
  readonly country: string;
  readonly locale: string;
}

const at = (atMs: number, message: Omit<Dated['message'], 'timestamp'>): Dated => ({
  atMs,
  message: { ...message, timestamp: new Date(atMs).toISOString() },
});

const sees = (sight: Sight, atMs: number, withPage: boolean): Dated[] => {
  const context = { locale: sight.locale, page: { path: sight.page } };
  const impression = at(atMs, {
    type: 'track',
    messageId: `${sight.id}/i`,
    event: 'chat_impression',
    ...sight.keys,
    properties: {
      channel: sight.bot === 'greeter' ? 'landing_page' : 'web_chat',
      bot: sight.bot,
      country: sight.country,
    },
    context,
  });
  if (!withPage) return [impression];
  return [
    at(atMs - 800, {
      type: 'page',
      messageId: `${sight.id}/p`,
      ...sight.keys,
      properties: { path: sight.page },
      context,
    }),
    impression,
  ];
};

/** What a person who will chat sees before: the page and the widget, under a minute and a half earlier. */
export const arrives = (
  person: Person,
  id: string,
  bot: ShopBot,
  page: string,
  startMs: number,
  rng: Rng,
): Dated[] =>
  sees(
    {
      id,
      keys: { anonymousId: person.anonymousId, ...(person.isKnown ? { userId: userIdOf(person) } : {}) },
      bot,
      page,
      country: person.origin.country,
      locale: person.origin.locale,
    },
    startMs - rng.between(5_000, 90_000),
    rng.chance(0.6),
  );

/** Somebody who sees the widget and does not use it; a few of them buy. */
export const passesBy = (id: string, bot: ShopBot, atMs: number, rng: Rng): Dated[] => {
  const origin = draw(rng, origins);
  const anonymousId = `passer-${id}`;
  const page = bot === 'greeter' ? '/teams' : draw(rng, pages);
  const seen = sees(
    { id: `passer-${id}`, keys: { anonymousId }, bot, page, country: origin.country, locale: origin.locale },
    atMs,
    rng.chance(0.35),
  );
  if (!rng.chance(0.02)) return seen;
  const product = draw(rng, products);
  return [
    ...seen,
    at(atMs + rng.between(240_000, 2_400_000), {
      type: 'track',
      messageId: `passer-${id}/o`,
      event: 'order_completed',
      anonymousId,
      properties: { order_id: `order-${id}`, amount: product.price, currency: 'EUR', product: product.name },
    }),
  ];
};
