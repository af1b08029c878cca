import type { Rng } from '../../../base/rng.ts';
import { draw } from '../draw.ts';
import type { Pen } from '../pen.ts';
import { products, salesIntents } from '../shop.data.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface SellingEnd {
  readonly flow: string;
  readonly job: 'sales' | 'lead' | 'booking';
  readonly intent: string;
  readonly reachedGoal: boolean;
}

const orders = (pen: Pen, rng: Rng, product: { readonly name: string; readonly price: string }): void => {
  const order = `order-${pen.scene.id}`;
  pen.later('order_completed', rng.between(3, 50) * MINUTE_MS, {
    conversation_id: pen.scene.thread,
    order_id: order,
    amount: product.price,
    currency: 'EUR',
    product: product.name,
  });
  if (rng.chance(0.08)) {
    pen.later('order_refunded', rng.between(3, 20) * DAY_MS, {
      order_id: order,
      amount: product.price,
      currency: 'EUR',
    });
  }
};

export const tellGiftFinder = (pen: Pen, rng: Rng): SellingEnd => {
  const intent = draw(rng, salesIntents);
  const flow = 'gift_finder';
  const end = { flow, job: 'sales' as const, intent, reachedGoal: false };
  pen.asks(intent);
  pen.track('flow_started', { flow });
  pen.bot('question', 'Who is it for?');
  if (rng.chance(0.2)) return end;
  pen.chooses(rng.pick(['For me', 'For a friend', 'For family']), 'occasion');
  pen.track('flow_step_reached', { flow, step: 'budget' });
  pen.bot('question', 'And about how much may it cost?');
  if (rng.chance(0.15)) return end;
  pen.chooses(rng.pick(['Up to 50', 'Up to 100', 'Whatever it takes']), 'budget');
  pen.answers(intent);
  if (rng.chance(0.45)) return end;
  const product = draw(rng, products);
  pen.chooses(product.name, 'product');
  pen.track('bot_goal_completed', { flow, goal: 'product_chosen' });
  if (rng.chance(0.42)) orders(pen, rng, product);
  return { ...end, reachedGoal: true };
};

export const tellCheckoutHelp = (pen: Pen, rng: Rng): SellingEnd => {
  const intent = rng.chance(0.5) ? 'discount_offer' : 'product_question';
  const flow = 'checkout_help';
  pen.asks(intent);
  pen.track('flow_started', { flow });
  pen.answers(intent);
  if (rng.chance(0.3)) {
    pen.says(pen.phrases.thanks, { intent: 'thanks' });
    pen.bot('other', pen.phrases.botYouAreWelcome);
  }
  const reachedGoal = rng.chance(0.34);
  if (reachedGoal) orders(pen, rng, draw(rng, products));
  return { flow, job: 'sales', intent, reachedGoal };
};

export const tellFitting = (pen: Pen, rng: Rng): SellingEnd => {
  const intent = 'appointment_book';
  const flow = 'book_fitting';
  const end = { flow, job: 'booking' as const, intent, reachedGoal: false };
  pen.asks(intent);
  pen.track('flow_started', { flow });
  pen.bot('menu', 'These times are free:');
  if (rng.chance(0.35)) return end;
  pen.chooses(rng.pick(['Tuesday 16:00', 'Thursday 11:30', 'Saturday 10:00']), 'time');
  pen.identifies();
  pen.track('meeting_booked', { meeting_id: `fitting-${pen.scene.id}` });
  pen.bot('other', 'Booked. You get a confirmation by mail.');
  const fate = rng.next();
  const isCancelled = fate < 0.12;
  pen.later(isCancelled ? 'meeting_cancelled' : 'meeting_attended', rng.between(30, 200) * HOUR_MS, {
    conversation_id: pen.scene.thread,
    meeting_id: `fitting-${pen.scene.id}`,
  });
  return { ...end, reachedGoal: !isCancelled };
};

const follows = (pen: Pen, rng: Rng): void => {
  const fate = rng.next();
  const about = { conversation_id: pen.scene.thread };
  if (fate < 0.34) pen.later('lead_qualified', rng.between(20, 240) * HOUR_MS, { ...about, stage: 'mql' });
  if (fate < 0.16) pen.later('lead_qualified', rng.between(10, 18) * DAY_MS, { ...about, stage: 'sql' });
  if (fate < 0.05) {
    pen.later('deal_won', rng.between(25, 70) * DAY_MS, {
      deal_id: `deal-${pen.scene.id}`,
      amount: `${rng.between(8, 60) * 100}.00`,
      currency: 'EUR',
    });
  }
  if (fate > 0.88) {
    pen.later('lead_qualified', rng.between(20, 200) * HOUR_MS, {
      ...about,
      stage: 'disqualified',
      reason: 'not a customer',
    });
  }
};

export const tellLead = (pen: Pen, rng: Rng, captures: number): SellingEnd => {
  const isQuote = pen.scene.campaign?.name === '' && rng.chance(0.5);
  const flow = isQuote ? 'quote_request' : 'lead_capture';
  const intent = isQuote ? 'quote_request' : 'contact_sales';
  const end = { flow, job: 'lead' as const, intent, reachedGoal: false };
  pen.asks(intent);
  pen.track('flow_started', { flow });
  pen.bot('question', 'For how many people, and by when?');
  // Those who will leave their address stay for this question; of the others half do.
  const reachedGoal = rng.chance(captures);
  if (!reachedGoal && rng.chance(0.5)) return end;
  pen.says(`For ${rng.between(5, 80)} people, in ${rng.between(2, 12)} weeks`);
  pen.track('flow_step_reached', { flow, step: 'contact' });
  pen.bot('question', 'How may we reach you?');
  if (!reachedGoal) return end;
  pen.chooses('Leave my address', 'contact');
  pen.identifies();
  pen.track('lead_captured_chat', { flow });
  pen.track('bot_goal_completed', { flow, goal: isQuote ? 'quote_requested' : 'contact_captured' });
  pen.bot('other', 'Thank you, we will write to you.');
  follows(pen, rng);
  return { ...end, reachedGoal: true };
};
