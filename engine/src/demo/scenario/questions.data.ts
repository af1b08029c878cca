import type { ShopLanguage } from './shop.data.ts';

/** How people ask, by intent. English has several wordings; the others one each. */
type Questions = Readonly<Record<string, readonly string[]>>;

const english: Questions = {
  order_status: ['Where is my order?', 'Has my parcel been sent yet?', 'Can you track order 20418 for me?'],
  delivery_window: [
    'How long does delivery take?',
    'Can I choose a delivery day?',
    'Will it arrive before Friday?',
  ],
  shipping_cost: ['How much is shipping?', 'Is shipping free over 50?', 'What does express cost?'],
  return_policy: [
    'How long can I send things back?',
    'Can I return worn shoes?',
    'Can I exchange a sale item?',
  ],
  refund_status: [
    'When do I get my money back?',
    'My refund has not arrived',
    'I returned the jacket two weeks ago, where is the refund?',
  ],
  business_hours: ['When are you open?', 'Are you open on Sunday?'],
  store_location: ['Where is your shop?', 'Is there a shop in Hamburg?'],
  payment_methods: ['Can I pay by invoice?', 'Do you take PayPal?', 'Is Apple Pay possible?'],
  pricing_basics: ['Why is the same shirt cheaper in the app?', 'Do prices include tax?'],
  booking_rules: ['Can I move my fitting appointment?', 'What happens if I miss my fitting?'],
  how_to_use: ['How do I wash linen?', 'How do I waterproof the jacket again?'],
  account_login: ['I cannot log in', 'The password mail does not arrive', 'How do I reset my password?'],
  return_start: ['I want to send something back', 'I need a return label'],
  order_change: ['Please change the delivery address', 'I need to cancel my order'],
  damaged_item: ['The zip was broken when it came', 'One shoe is missing from the box'],
  refund_request: ['I want my money back, the sole came off', 'Please refund me although it is past 30 days'],
  billing_problem: ['I was charged twice', 'The invoice shows the wrong amount'],
  technical_problem: ['The basket empties itself', 'The app crashes when I pay'],
  complaint: ['Third wrong parcel in a row, this is a disgrace'],
  product_recommendation: ['I need a birthday present for my brother', 'What goes with the linen shirt?'],
  product_question: ['Do the trail runners run small?', 'Is the rain jacket breathable?'],
  stock_availability: ['Will the rain jacket in green come back?', 'Do you still have size 43?'],
  discount_offer: ['Is there a student discount?', 'Does code WELCOME10 still work?'],
  contact_sales: ['Do you equip whole teams?', 'We are looking for work shirts for 40 people'],
  quote_request: ['What would 60 rain jackets with our logo cost?', 'Can I have a quote for 25 day packs?'],
  appointment_book: ['I would like to book a fitting', 'Is a fitting possible next week?'],
};

const german: Questions = {
  order_status: ['Wo bleibt meine Bestellung?'],
  delivery_window: ['Wie lange dauert die Lieferung?'],
  shipping_cost: ['Was kostet der Versand?'],
  return_policy: ['Wie lange kann ich etwas zurückgeben?'],
  refund_status: ['Wann kommt meine Erstattung?'],
  business_hours: ['Wann habt ihr geöffnet?'],
  store_location: ['Wo ist euer Laden?'],
  payment_methods: ['Kann ich auf Rechnung zahlen?'],
  pricing_basics: ['Sind die Preise mit Mehrwertsteuer?'],
  booking_rules: ['Kann ich meine Anprobe verschieben?'],
  how_to_use: ['Wie wasche ich Leinen?'],
  account_login: ['Ich kann mich nicht anmelden'],
  return_start: ['Ich möchte etwas zurückschicken'],
  order_change: ['Bitte die Lieferadresse ändern'],
  damaged_item: ['Der Reißverschluss ist kaputt angekommen'],
  billing_problem: ['Ihr habt zweimal abgebucht'],
  technical_problem: ['Der Warenkorb leert sich von selbst'],
  product_recommendation: ['Ich suche ein Geschenk für meinen Bruder'],
  product_question: ['Fallen die Laufschuhe klein aus?'],
  stock_availability: ['Kommt die Regenjacke in Grün wieder?'],
  discount_offer: ['Gibt es Rabatt für Studierende?'],
};

const french: Questions = {
  order_status: ['Où est ma commande ?'],
  delivery_window: ['Quels sont les délais de livraison ?'],
  shipping_cost: ['Combien coûte la livraison ?'],
  return_policy: ['Combien de temps pour retourner un article ?'],
  refund_status: ['Quand serai-je remboursé ?'],
  business_hours: ['Quels sont vos horaires ?'],
  store_location: ['Où se trouve votre magasin ?'],
  payment_methods: ['Peut-on payer par virement ?'],
  how_to_use: ['Comment laver le lin ?'],
  account_login: ['Je n’arrive pas à me connecter'],
  return_start: ['Je voudrais retourner un article'],
  damaged_item: ['La fermeture est arrivée cassée'],
  product_recommendation: ['Je cherche un cadeau pour mon frère'],
  product_question: ['La veste est-elle respirante ?'],
};

const russian: Questions = {
  order_status: ['Где мой заказ?'],
  delivery_window: ['Сколько идёт доставка?'],
  shipping_cost: ['Сколько стоит доставка?'],
  return_policy: ['Как долго можно вернуть товар?'],
  refund_status: ['Когда вернут деньги?'],
  payment_methods: ['Можно оплатить картой при получении?'],
  account_login: ['Не могу войти в аккаунт'],
  product_recommendation: ['Ищу подарок брату'],
};

const arabic: Questions = {
  order_status: ['أين طلبي؟'],
  delivery_window: ['كم تستغرق مدة التوصيل؟'],
  shipping_cost: ['كم تكلفة الشحن؟'],
  return_policy: ['ما هي مدة الإرجاع؟'],
  refund_status: ['متى أسترد المبلغ؟'],
  payment_methods: ['هل يمكن الدفع عند الاستلام؟'],
  account_login: ['لا أستطيع تسجيل الدخول'],
  product_recommendation: ['أبحث عن هدية لأخي'],
};

const japanese: Questions = {
  order_status: ['注文した商品はいつ届きますか？'],
  delivery_window: ['配送には何日かかりますか？'],
  shipping_cost: ['送料はいくらですか？'],
  return_policy: ['返品は何日以内ですか？'],
  refund_status: ['返金はいつになりますか？'],
  payment_methods: ['コンビニ払いはできますか？'],
  account_login: ['ログインできません'],
  product_recommendation: ['弟へのプレゼントを探しています'],
};

const korean: Questions = {
  order_status: ['제 주문은 어디쯤 왔나요?'],
  delivery_window: ['배송은 얼마나 걸리나요?'],
  shipping_cost: ['배송비가 얼마인가요?'],
  return_policy: ['반품은 며칠 이내에 가능한가요?'],
  refund_status: ['환불은 언제 되나요?'],
  payment_methods: ['계좌이체로 결제할 수 있나요?'],
  account_login: ['로그인이 안 돼요'],
  product_recommendation: ['남동생 선물을 찾고 있어요'],
};

const byLanguage: Readonly<Record<ShopLanguage, Questions>> = {
  en: english,
  de: german,
  fr: french,
  ru: russian,
  ar: arabic,
  ja: japanese,
  ko: korean,
};

/** Whoever has no wording in their own language writes English, as people do to a shop abroad. */
export const questionsOf = (language: ShopLanguage, intent: string): readonly string[] =>
  byLanguage[language][intent] ?? english[intent] ?? ['I have a question'];
