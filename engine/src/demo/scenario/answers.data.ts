import type { ShopLanguage } from './shop.data.ts';

/** What the bot answers in English; in other languages it names the article. */
const english: Readonly<Record<string, string>> = {
  order_status: 'Your parcel left our warehouse this morning and arrives within two working days.',
  delivery_window: 'Standard delivery takes two to four working days; express arrives on the next one.',
  shipping_cost: 'Shipping is 4.90, and free from 50 on. Express is 9.90.',
  return_policy:
    'You can return anything unworn within 30 days, sale items included, with the label from your account.',
  refund_status: 'Refunds are paid within five working days after the parcel reached us, the way you paid.',
  business_hours: 'Our shop is open Monday to Saturday from 10 to 19. We are closed on Sunday.',
  store_location: 'You find us at the old harbour in Hamburg, five minutes from the station.',
  payment_methods: 'You can pay by card, PayPal, Apple Pay, or by invoice within 14 days.',
  pricing_basics: 'All prices include tax. App prices may carry a welcome discount.',
  booking_rules: 'You can move or cancel a fitting up to two hours before, free of charge.',
  how_to_use: 'Wash it at 30 degrees, do not tumble dry, and renew the coating twice a year.',
  account_login:
    'Ask for a new password at the sign-in; the mail arrives within minutes, look into the spam folder too.',
  return_start: 'Open the order in your account and choose "return"; the label comes by mail.',
  order_change: 'As long as the parcel is not packed you can change the address in your account.',
  damaged_item: 'I am sorry. Send us a photo in your account under "return", and choose "damaged".',
  refund_request: 'After 30 days refunds are decided case by case; here is what we need from you.',
  billing_problem: 'Double bookings are usually reservations that vanish after three days.',
  technical_problem: 'Please clear the cache, or use the app in the newest version.',
  complaint: 'I am sorry. Here is how to reach our complaints team.',
  product_recommendation: 'These three are chosen most often for that:',
  product_question: 'It is cut true to size; between two sizes take the larger one.',
  stock_availability: 'It comes back in about two weeks; I can remind you.',
  discount_offer: 'Students get 10 % with their card; WELCOME10 holds for a first order.',
};

export const answerOf = (language: ShopLanguage, intent: string, opening: string, article: string): string =>
  language === 'en' ? (english[intent] ?? `${opening} ${article}`) : `${opening} ${article}`;
