import type { ShopLanguage } from './shop.data.ts';

/** What is said around the questions, in the language of the conversation. */
export interface Phrases {
  readonly hello: string;
  readonly thanks: string;
  /** Asked again in other words, so that no message is repeated by accident. */
  readonly again: readonly [string, string];
  readonly detail: string;
  readonly wantsPerson: string;
  readonly unclear: string;
  readonly instalments: string;
  readonly botHello: string;
  readonly botAnswer: string;
  readonly botWhich: string;
  readonly botLost: string;
  readonly botHandsOver: string;
  readonly botYouAreWelcome: string;
  readonly personReply: string;
}

export const phrases: Readonly<Record<ShopLanguage, Phrases>> = {
  en: {
    hello: 'Hello',
    thanks: 'Thanks!',
    again: [
      'No, I mean something else, please read my question again',
      'Still not it. I asked about my own case',
    ],
    detail: 'It is the one from last week',
    wantsPerson: 'I want to talk to a person',
    unclear: 'hm so the thing from before with the other one',
    instalments: 'Can I pay in three instalments?',
    botHello: 'Hi, I am the assistant of the shop. What can I do for you?',
    botAnswer: 'Here is what I found for you:',
    botWhich: 'Which order do you mean?',
    botLost: 'Sorry, I did not get that. Could you say it in other words?',
    botHandsOver: 'I will pass you on to a colleague.',
    botYouAreWelcome: 'You are welcome!',
    personReply: 'Hello, this is Marta from the shop. I have looked into it and sorted it out for you.',
  },
  de: {
    hello: 'Guten Tag',
    thanks: 'Danke!',
    again: [
      'Nein, ich meine etwas anderes, bitte noch einmal lesen',
      'Immer noch nicht. Es geht um meinen Fall',
    ],
    detail: 'Die von letzter Woche',
    wantsPerson: 'Ich möchte mit einem Menschen sprechen',
    unclear: 'also das von neulich mit dem anderen',
    instalments: 'Kann ich in drei Raten zahlen?',
    botHello: 'Hallo, ich bin der Assistent des Ladens. Womit kann ich helfen?',
    botAnswer: 'Das habe ich dazu gefunden:',
    botWhich: 'Welche Bestellung ist gemeint?',
    botLost: 'Das habe ich leider nicht verstanden. Geht es auch anders gesagt?',
    botHandsOver: 'Ich gebe an eine Kollegin weiter.',
    botYouAreWelcome: 'Gern geschehen!',
    personReply: 'Hallo, hier ist Marta aus dem Laden. Ich habe nachgesehen und es erledigt.',
  },
  fr: {
    hello: 'Bonjour',
    thanks: 'Merci !',
    again: ['Non, ce n’est pas ma question, relisez-la', 'Toujours pas. Je parle de mon cas à moi'],
    detail: 'Celle de la semaine dernière',
    wantsPerson: 'Je voudrais parler à quelqu’un',
    unclear: 'euh donc le truc d’avant avec l’autre',
    instalments: 'Peut-on payer en trois fois ?',
    botHello: 'Bonjour, je suis l’assistant de la boutique. Comment puis-je aider ?',
    botAnswer: 'Voici ce que j’ai trouvé :',
    botWhich: 'De quelle commande s’agit-il ?',
    botLost: 'Désolé, je n’ai pas compris. Pouvez-vous reformuler ?',
    botHandsOver: 'Je vous passe une collègue.',
    botYouAreWelcome: 'Avec plaisir !',
    personReply: 'Bonjour, Marta de la boutique. J’ai vérifié et c’est réglé.',
  },
  ru: {
    hello: 'Здравствуйте',
    thanks: 'Спасибо!',
    again: ['Нет, я о другом, прочитайте вопрос ещё раз', 'Опять не то. Я спрашиваю о своём случае'],
    detail: 'Тот, что на прошлой неделе',
    wantsPerson: 'Позовите, пожалуйста, сотрудника',
    unclear: 'ну то самое что раньше с другим',
    instalments: 'Можно оплатить в рассрочку на три части?',
    botHello: 'Здравствуйте, я помощник магазина. Чем помочь?',
    botAnswer: 'Вот что я нашёл:',
    botWhich: 'О каком заказе речь?',
    botLost: 'Извините, я не понял. Скажите, пожалуйста, иначе.',
    botHandsOver: 'Передаю вас коллеге.',
    botYouAreWelcome: 'Пожалуйста!',
    personReply: 'Здравствуйте, это Марта из магазина. Я всё проверила и уладила.',
  },
  ar: {
    hello: 'مرحبا',
    thanks: 'شكرا',
    again: ['لا، أقصد شيئا آخر، اقرأ سؤالي من جديد', 'ليس هذا أيضا. أسأل عن حالتي'],
    detail: 'الطلب من الأسبوع الماضي',
    wantsPerson: 'أريد التحدث مع موظف',
    unclear: 'يعني الشيء السابق مع الآخر',
    instalments: 'هل يمكن الدفع على ثلاثة أقساط؟',
    botHello: 'مرحبا، أنا مساعد المتجر. كيف أساعدك؟',
    botAnswer: 'هذا ما وجدته:',
    botWhich: 'أي طلب تقصد؟',
    botLost: 'عذرا، لم أفهم. هل يمكنك قولها بطريقة أخرى؟',
    botHandsOver: 'سأحولك إلى زميلة.',
    botYouAreWelcome: 'على الرحب والسعة',
    personReply: 'مرحبا، معك مارتا من المتجر. راجعت الأمر وحللته لك.',
  },
  ja: {
    hello: 'こんにちは',
    thanks: 'ありがとうございます',
    again: ['いいえ、別のことです。もう一度読んでください', 'まだ違います。私の場合のことを聞いています'],
    detail: '先週のものです',
    wantsPerson: '担当者と話したいです',
    unclear: 'あの、前のやつともう一つの',
    instalments: '三回払いはできますか？',
    botHello: 'こんにちは、店のアシスタントです。ご用件をどうぞ。',
    botAnswer: '次の情報が見つかりました。',
    botWhich: 'どのご注文でしょうか？',
    botLost: '申し訳ありません、わかりませんでした。別の言い方でお願いします。',
    botHandsOver: '担当者におつなぎします。',
    botYouAreWelcome: 'どういたしまして。',
    personReply: 'こんにちは、店のマルタです。確認して対応いたしました。',
  },
  ko: {
    hello: '안녕하세요',
    thanks: '감사합니다',
    again: ['아니요, 다른 뜻이에요. 질문을 다시 읽어 주세요', '아직 아니에요. 제 경우를 묻는 거예요'],
    detail: '지난주에 주문한 거예요',
    wantsPerson: '상담원과 이야기하고 싶어요',
    unclear: '그 전에 그거랑 다른 거요',
    instalments: '3개월 할부가 되나요?',
    botHello: '안녕하세요, 쇼핑몰 도우미입니다. 무엇을 도와드릴까요?',
    botAnswer: '찾은 내용입니다:',
    botWhich: '어느 주문인가요?',
    botLost: '죄송합니다, 이해하지 못했습니다. 다르게 말씀해 주세요.',
    botHandsOver: '담당자에게 연결해 드리겠습니다.',
    botYouAreWelcome: '천만에요!',
    personReply: '안녕하세요, 쇼핑몰의 마르타입니다. 확인해서 처리했습니다.',
  },
};
