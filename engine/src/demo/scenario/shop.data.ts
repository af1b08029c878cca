/** What the simulated shop is made of. Shares are relative weights; rates are probabilities of one conversation. */

export interface Weighted<Value> {
  readonly value: Value;
  readonly weight: number;
}

const weighted = <const Value>(...pairs: readonly (readonly [Value, number])[]): readonly Weighted<Value>[] =>
  pairs.map(([value, weight]) => ({ value, weight }));

export type ShopLanguage = 'en' | 'de' | 'fr' | 'ru' | 'ar' | 'ja' | 'ko';

/** A visitor's language and where they write from go together. */
export const origins = weighted(
  [{ language: 'en', locale: 'en-GB', country: 'GB' }, 26],
  [{ language: 'en', locale: 'en-US', country: 'US' }, 16],
  [{ language: 'de', locale: 'de-DE', country: 'DE' }, 22],
  [{ language: 'de', locale: 'de-AT', country: 'AT' }, 5],
  [{ language: 'fr', locale: 'fr-FR', country: 'FR' }, 12],
  [{ language: 'ru', locale: 'ru-KZ', country: 'KZ' }, 4],
  [{ language: 'ar', locale: 'ar-AE', country: 'AE' }, 5],
  [{ language: 'ja', locale: 'ja-JP', country: 'JP' }, 6],
  [{ language: 'ko', locale: 'ko-KR', country: 'KR' }, 4],
);
export type Origin = (typeof origins)[number]['value'];

export const devices = weighted(['mobile', 58], ['desktop', 36], ['tablet', 6]);
export type ShopDevice = (typeof devices)[number]['value'];

/** Where people write to the support bot; a person stays with theirs. */
export const homeChannels = weighted(['web_chat', 62], ['whatsapp', 20], ['messenger', 18]);
export type HomeChannel = (typeof homeChannels)[number]['value'];
export type ShopChannel = HomeChannel | 'landing_page' | 'email';

export const pages = weighted(
  ['/', 20],
  ['/products/linen-shirt', 18],
  ['/products/trail-runner', 16],
  ['/products/rain-jacket', 12],
  ['/help', 14],
  ['/help/returns', 8],
  ['/cart', 9],
  ['/account/orders', 10],
);

/** What a conversation is about when the support bot takes it, and how often the bot settles it by itself. */
export interface SupportIntent {
  readonly intent: string;
  readonly weight: number;
  /** Probability that the bot settles it in an ordinary week: the planted deflection before trouble and returns. */
  readonly settles: number;
  readonly eligible: boolean;
  readonly flow: 'help_faq' | 'order_tracking' | 'returns';
}

const settled = (
  intent: string,
  weight: number,
  settles: number,
  flow: SupportIntent['flow'] = 'help_faq',
) => ({
  intent,
  weight,
  settles,
  eligible: true,
  flow,
});
const owned = (
  intent: string,
  weight: number,
  settles: number,
  flow: SupportIntent['flow'] = 'help_faq',
) => ({
  ...settled(intent, weight, settles, flow),
  eligible: false,
});

export const supportIntents: readonly SupportIntent[] = [
  settled('order_status', 22, 0.74, 'order_tracking'),
  settled('delivery_window', 11, 0.66, 'order_tracking'),
  settled('shipping_cost', 6, 0.7),
  settled('return_policy', 10, 0.6, 'returns'),
  settled('refund_status', 7, 0.36, 'returns'),
  settled('business_hours', 3, 0.82),
  settled('store_location', 3, 0.78),
  settled('payment_methods', 6, 0.68),
  settled('pricing_basics', 3, 0.55),
  settled('booking_rules', 2, 0.52),
  settled('how_to_use', 4, 0.42),
  settled('account_login', 5, 0.33),
  owned('return_start', 5, 0.3, 'returns'),
  owned('order_change', 4, 0.2, 'order_tracking'),
  owned('damaged_item', 3, 0.06, 'returns'),
  owned('refund_request', 2, 0.05, 'returns'),
  owned('billing_problem', 2, 0.12),
  owned('technical_problem', 2, 0.25),
  owned('complaint', 1, 0.04),
];

export const salesIntents = weighted(
  ['product_recommendation', 40],
  ['product_question', 30],
  ['stock_availability', 18],
  ['discount_offer', 12],
);

/** A campaign brings people to the landing page; one of the two brings people who leave their address. */
export const campaigns = weighted(
  [{ name: 'style-guide-newsletter', source: 'newsletter', medium: 'email', captures: 0.46 }, 34],
  [{ name: 'giveaway-reels', source: 'instagram', medium: 'paid_social', captures: 0.07 }, 40],
  [{ name: '', source: 'google', medium: 'organic', captures: 0.22 }, 26],
);
export type Campaign = (typeof campaigns)[number]['value'];

export const products = weighted(
  [{ name: 'Linen shirt', price: '59.00' }, 30],
  [{ name: 'Trail runner', price: '129.00' }, 24],
  [{ name: 'Rain jacket', price: '149.00' }, 16],
  [{ name: 'Wool socks', price: '14.50' }, 18],
  [{ name: 'Day pack', price: '89.90' }, 12],
);

/** Local hours at which conversations begin, by relative weight; nobody begins after 22:30, so that none crosses midnight. */
export const hourWeights: readonly number[] = [
  0, 0, 0, 0, 0, 0, 1, 3, 6, 9, 11, 11, 10, 9, 9, 9, 9, 10, 11, 12, 11, 7, 0, 0,
];
/** Monday first. */
export const weekdayWeights: readonly number[] = [1.18, 1.08, 1.02, 1, 0.98, 0.84, 0.9];

export const givenNames = [
  'ada',
  'amir',
  'anna',
  'ben',
  'chloe',
  'daisuke',
  'elif',
  'emil',
  'farah',
  'hana',
  'ivan',
  'jonas',
  'karim',
  'lea',
  'lina',
  'mina',
  'noah',
  'nora',
  'olga',
  'paul',
  'rosa',
  'sam',
  'sora',
  'tomas',
  'yuki',
  'zoe',
] as const;
