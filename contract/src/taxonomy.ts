/** What a job is called where an intent belongs to none of ours: greetings, requests for a person, spam. */
export type IntentJob = 'support' | 'sales' | 'lead' | 'booking' | 'meta';

/** Why automation may not own an intent alone; null for those it may. */
export type IntentExclusion =
  | 'needs_system_action'
  | 'needs_diagnosis'
  | 'account_edge_case'
  | 'refund_exception'
  | 'angry_customer'
  | 'legal_complaint'
  | 'fraud_or_safety'
  | 'other_job'
  | 'human_request'
  | 'not_a_request'
  | 'not_a_customer'
  | 'unknown';

export interface IntentDefinition {
  readonly id: string;
  readonly job: IntentJob;
  /** On the default list of what automation may own. */
  readonly eligible: boolean;
  readonly excluded: IntentExclusion | null;
  readonly names: Readonly<Record<'en' | 'ar' | 'ru' | 'ja' | 'ko', string>>;
  /** Names under which platforms send it. */
  readonly aliases: readonly string[];
}

const intent = (
  id: string,
  job: IntentJob,
  excluded: IntentExclusion | null,
  [en, ar, ru, ja, ko]: readonly [en: string, ar: string, ru: string, ja: string, ko: string],
  aliases: readonly string[],
): IntentDefinition => ({
  id,
  job,
  eligible: excluded === null,
  excluded,
  names: { en, ar, ru, ja, ko },
  aliases,
});

/** The intents that every workspace starts with: what people ask a shop, and what a bot may settle alone. */
export const taxonomy: readonly IntentDefinition[] = [
  intent(
    'order_status',
    'support',
    null,
    ['Order status', 'حالة الطلب', 'Статус заказа', '注文状況の確認', '주문 조회'],
    ['track_order', 'order_tracking', 'wismo', 'where_is_my_order'],
  ),
  intent(
    'delivery_window',
    'support',
    null,
    ['Delivery times', 'مواعيد التوصيل', 'Сроки доставки', 'お届け日数・時間帯', '배송 일정'],
    ['delivery_period', 'shipping_time', 'shipping_window', 'delivery_options'],
  ),
  intent(
    'shipping_cost',
    'support',
    null,
    ['Shipping cost', 'تكلفة الشحن', 'Стоимость доставки', '送料', '배송비'],
    ['delivery_fee', 'shipping_price'],
  ),
  intent(
    'return_policy',
    'support',
    null,
    ['Return policy', 'سياسة الإرجاع', 'Условия возврата', '返品ポリシー', '반품 정책'],
    ['check_refund_policy', 'returns_faq', 'exchange_policy', 'warranty'],
  ),
  intent(
    'refund_status',
    'support',
    null,
    ['Refund status', 'حالة استرداد المبلغ', 'Статус возврата денег', '返金状況の確認', '환불 진행 상황'],
    ['track_refund', 'where_is_my_refund'],
  ),
  intent(
    'business_hours',
    'support',
    null,
    ['Opening hours', 'ساعات العمل', 'Часы работы', '営業時間', '영업시간'],
    ['store_hours', 'opening_times'],
  ),
  intent(
    'store_location',
    'support',
    null,
    ['Store location', 'موقع المتجر', 'Адрес магазина', '店舗の場所', '매장 위치'],
    ['address', 'find_store', 'directions'],
  ),
  intent(
    'payment_methods',
    'support',
    null,
    ['Payment methods', 'طرق الدفع', 'Способы оплаты', '支払い方法', '결제 수단'],
    ['check_payment_methods', 'installments', 'cash_on_delivery'],
  ),
  intent(
    'pricing_basics',
    'support',
    null,
    ['Prices and plans', 'الأسعار والباقات', 'Цены и тарифы', '料金・プラン', '가격·요금제'],
    ['pricing', 'price_list', 'plans'],
  ),
  intent(
    'booking_rules',
    'support',
    null,
    ['Booking rules', 'قواعد الحجز', 'Правила бронирования', '予約・キャンセル規定', '예약 규정'],
    ['cancellation_policy', 'booking_policy', 'deposit_policy'],
  ),
  intent(
    'how_to_use',
    'support',
    null,
    ['How to use it', 'كيفية الاستخدام', 'Как пользоваться', '使い方', '사용 방법'],
    ['how_to', 'setup_help', 'product_care'],
  ),
  intent(
    'account_login',
    'support',
    null,
    [
      'Sign-in and password',
      'تسجيل الدخول وكلمة المرور',
      'Вход и пароль',
      'ログイン・パスワード',
      '로그인·비밀번호',
    ],
    ['recover_password', 'reset_password', 'login_problem'],
  ),
  intent(
    'return_start',
    'support',
    'needs_system_action',
    ['Start a return', 'طلب إرجاع منتج', 'Оформление возврата товара', '返品の申し込み', '반품 신청'],
    ['create_return', 'return_label', 'exchange_item'],
  ),
  intent(
    'order_change',
    'support',
    'needs_system_action',
    [
      'Change or cancel an order',
      'تعديل الطلب أو إلغاؤه',
      'Изменение или отмена заказа',
      '注文の変更・キャンセル',
      '주문 변경·취소',
    ],
    ['cancel_order', 'change_order', 'change_shipping_address'],
  ),
  intent(
    'invoice_request',
    'support',
    'needs_system_action',
    ['Invoice or receipt', 'الفاتورة أو الإيصال', 'Счёт или чек', '領収書・請求書', '영수증·청구서'],
    ['get_invoice', 'check_invoice', 'vat_invoice'],
  ),
  intent(
    'technical_problem',
    'support',
    'needs_diagnosis',
    ['Technical problem', 'مشكلة تقنية', 'Техническая проблема', '技術的な不具合', '기술 문제'],
    ['technical_support', 'bug', 'not_working'],
  ),
  intent(
    'billing_problem',
    'support',
    'account_edge_case',
    ['Billing problem', 'مشكلة في الفوترة', 'Проблема с оплатой', '請求・決済のトラブル', '청구·결제 문제'],
    ['billing', 'payment_issue', 'charged_twice'],
  ),
  intent(
    'refund_request',
    'support',
    'refund_exception',
    ['Refund request', 'طلب استرداد المبلغ', 'Требование вернуть деньги', '返金の依頼', '환불 요청'],
    ['get_refund', 'money_back'],
  ),
  intent(
    'damaged_item',
    'support',
    'refund_exception',
    [
      'Damaged, wrong or missing item',
      'منتج تالف أو خاطئ أو ناقص',
      'Брак, не тот товар, недостача',
      '破損・誤配送・不足',
      '파손·오배송·누락',
    ],
    ['wrong_item', 'missing_item', 'defective', 'lost_parcel'],
  ),
  intent(
    'complaint',
    'support',
    'angry_customer',
    ['Complaint', 'شكوى', 'Жалоба', '苦情', '불만 접수'],
    ['file_complaint', 'dissatisfied'],
  ),
  intent(
    'legal_privacy',
    'support',
    'legal_complaint',
    [
      'Legal or privacy matter',
      'مسألة قانونية أو خصوصية',
      'Юридический вопрос, персональные данные',
      '法務・個人情報',
      '법률·개인정보',
    ],
    ['gdpr_request', 'delete_my_data', 'legal_threat', 'chargeback'],
  ),
  intent(
    'account_edge_case',
    'support',
    'account_edge_case',
    [
      'Unusual account case',
      'حالة حساب استثنائية',
      'Нестандартный случай с аккаунтом',
      'アカウントの個別対応',
      '계정 예외 처리',
    ],
    ['delete_account', 'merge_accounts', 'switch_account'],
  ),
  intent(
    'fraud_safety',
    'support',
    'fraud_or_safety',
    ['Fraud or safety', 'احتيال أو سلامة', 'Мошенничество или безопасность', '不正利用・安全', '사기·안전'],
    ['fraud', 'stolen_card', 'injury', 'recall'],
  ),
  intent(
    'product_question',
    'sales',
    'other_job',
    ['Product question', 'سؤال عن منتج', 'Вопрос о товаре', '商品についての質問', '상품 문의'],
    ['sizing', 'compatibility', 'product_info'],
  ),
  intent(
    'product_recommendation',
    'sales',
    'other_job',
    ['Recommendation', 'اقتراح منتج', 'Подбор товара', '商品のおすすめ', '상품 추천'],
    ['gift_finder', 'product_finder', 'style_advice'],
  ),
  intent(
    'stock_availability',
    'sales',
    'other_job',
    ['Availability', 'توفر المنتج', 'Наличие товара', '在庫確認', '재고 확인'],
    ['in_stock', 'restock', 'back_in_stock'],
  ),
  intent(
    'discount_offer',
    'sales',
    'other_job',
    ['Discounts and codes', 'الخصومات وأكواد الخصم', 'Скидки и промокоды', '割引・クーポン', '할인·쿠폰'],
    ['promo_code', 'coupon', 'sale'],
  ),
  intent(
    'quote_request',
    'lead',
    'other_job',
    ['Quote request', 'طلب عرض سعر', 'Запрос коммерческого предложения', '見積もり依頼', '견적 요청'],
    ['get_quote', 'price_estimate'],
  ),
  intent(
    'contact_sales',
    'lead',
    'other_job',
    ['Talk to sales', 'التواصل مع المبيعات', 'Связь с отделом продаж', '営業への問い合わせ', '영업 문의'],
    ['enterprise', 'wholesale', 'b2b_inquiry'],
  ),
  intent(
    'demo_request',
    'booking',
    'other_job',
    ['Demo request', 'طلب عرض توضيحي للمنتج', 'Запрос демонстрации', 'デモの依頼', '데모 요청'],
    ['book_demo', 'product_demo'],
  ),
  intent(
    'appointment_book',
    'booking',
    'other_job',
    ['Book an appointment', 'حجز موعد', 'Запись или бронирование', '予約の申し込み', '예약하기'],
    ['book_appointment', 'reservation', 'schedule_visit'],
  ),
  intent(
    'appointment_change',
    'booking',
    'other_job',
    [
      'Change an appointment',
      'تغيير الموعد أو إلغاؤه',
      'Перенос или отмена записи',
      '予約の変更・取消',
      '예약 변경·취소',
    ],
    ['reschedule', 'cancel_appointment'],
  ),
  intent(
    'human_request',
    'meta',
    'human_request',
    [
      'Asked for a person',
      'طلب التحدث مع موظف',
      'Просьба позвать сотрудника',
      '担当者への取り次ぎ希望',
      '상담원 연결 요청',
    ],
    ['contact_human_agent', 'agent', 'operator', 'live_chat'],
  ),
  intent(
    'smalltalk',
    'meta',
    'not_a_request',
    ['Greeting or thanks', 'تحية أو شكر', 'Приветствие или благодарность', 'あいさつ・お礼', '인사·감사'],
    ['greeting', 'goodbye', 'thanks', 'affirm', 'deny', 'bot_challenge'],
  ),
  intent(
    'not_a_customer',
    'meta',
    'not_a_customer',
    [
      'Jobs, suppliers, spam',
      'توظيف أو موردون أو رسائل مزعجة',
      'Вакансии, поставщики, спам',
      '採用・売り込み・迷惑メッセージ',
      '채용·영업 제안·스팸',
    ],
    ['job_application', 'spam', 'vendor_pitch'],
  ),
  intent(
    'unknown',
    'meta',
    'unknown',
    ['Not recognised', 'غير معروف', 'Не распознано', '判別できず', '인식되지 않음'],
    ['none', 'fallback', 'default_fallback', 'nlu_fallback', 'out_of_scope'],
  ),
];

/** Names that a platform may send: letters of any case, words joined by `_`, `-`, `.`, `/` or spaces. */
export const intentKey = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s\-./]+/gu, '_');

/** Name or alias → id, by `intentKey`. */
export const intentByName: ReadonlyMap<string, string> = new Map(
  taxonomy.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [intentKey(name), id] as const)),
);

export const intentIds: readonly string[] = taxonomy.map(({ id }) => id);

export const intentDefinition: ReadonlyMap<string, IntentDefinition> = new Map(
  taxonomy.map((definition) => [definition.id, definition]),
);

/** Intents whose job is support: they make a conversation a support one where nothing else says its job. */
export const supportIntents: readonly string[] = taxonomy
  .filter(({ job }) => job === 'support')
  .map(({ id }) => id);
