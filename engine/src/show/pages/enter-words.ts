/** What the page before the app says; the app and its word lists come only after it. HTML, without what a reader sent. */
export interface EnterWords {
  readonly title: string;
  readonly token: string;
  readonly go: string;
  readonly askForToken: string;
  readonly usedLink: string;
  readonly wrongToken: string;
  readonly tooManyAttempts: string;
}

const link = '<code dir="ltr">npx botworth link</code>';
const adminToken = '<code dir="ltr">BOTWORTH_ADMIN_TOKEN</code>';
const manage = '<code dir="ltr">manage</code>';

const words = {
  en: {
    title: 'Sign in',
    token: 'Token',
    go: 'Sign in',
    askForToken: `Paste the admin token of this server (what ${adminToken} is set to).`,
    usedLink: `This sign-in link was used before, or is older than a day. ${link} on the machine of the server prints a new one. Or paste a token:`,
    wrongToken: `This token does not sign a browser in. The admin token does, or one for all workspaces with scope ${manage}.`,
    tooManyAttempts: 'Too many wrong tokens are coming in at this moment. Try again in a few seconds.',
  },
  ar: {
    title: 'تسجيل الدخول',
    token: 'الرمز',
    go: 'دخول',
    askForToken: `الصق رمز المسؤول لهذا الخادم (قيمة ${adminToken}).`,
    usedLink: `استُخدم رابط الدخول هذا من قبل، أو مضى عليه أكثر من يوم. الأمر ${link} على جهاز الخادم يطبع رابطًا جديدًا. أو الصق رمزًا:`,
    wrongToken: `هذا الرمز لا يُدخل متصفحًا. يُدخله رمز المسؤول، أو رمز لكل مساحات العمل بنطاق ${manage}.`,
    tooManyAttempts: 'تصل الآن رموز خاطئة كثيرة. حاول مجددًا بعد ثوانٍ.',
  },
  ru: {
    title: 'Вход',
    token: 'Токен',
    go: 'Войти',
    askForToken: `Вставьте токен администратора этого сервера (значение ${adminToken}).`,
    usedLink: `Эта ссылка для входа уже использована или старше суток. Команда ${link} на машине сервера напечатает новую. Или вставьте токен:`,
    wrongToken: `С этим токеном в браузере не войти. Подойдёт токен администратора или токен для всех рабочих пространств с правом ${manage}.`,
    tooManyAttempts: 'Сейчас приходит слишком много неверных токенов. Попробуйте через несколько секунд.',
  },
  ja: {
    title: 'サインイン',
    token: 'トークン',
    go: 'サインイン',
    askForToken: `このサーバーの管理者トークン（${adminToken}の値）を貼り付けてください。`,
    usedLink: `このサインインリンクは使用済みか、発行から1日以上たっています。サーバーのマシンで${link}を実行すると新しいリンクが表示されます。またはトークンを貼り付けてください：`,
    wrongToken: `このトークンではブラウザからサインインできません。管理者トークンか、全ワークスペースを対象とする${manage}権限のトークンが必要です。`,
    tooManyAttempts: '現在、誤ったトークンが多数届いています。数秒後にもう一度お試しください。',
  },
  ko: {
    title: '로그인',
    token: '토큰',
    go: '로그인',
    askForToken: `이 서버의 관리자 토큰(${adminToken} 값)을 붙여 넣으세요.`,
    usedLink: `이 로그인 링크는 이미 사용되었거나 하루가 지났습니다. 서버가 있는 기기에서 ${link} 명령을 실행하면 새 링크가 출력됩니다. 또는 토큰을 붙여 넣으세요:`,
    wrongToken: `이 토큰으로는 브라우저에서 로그인할 수 없습니다. 관리자 토큰이나, 모든 워크스페이스용 ${manage} 권한의 토큰이 필요합니다.`,
    tooManyAttempts: '지금 잘못된 토큰이 너무 많이 들어오고 있습니다. 몇 초 뒤에 다시 시도하세요.',
  },
} satisfies Readonly<Record<string, EnterWords>>;

export type EnterLanguage = keyof typeof words;

const isEnterLanguage = (text: string): text is EnterLanguage => Object.hasOwn(words, text);

/** `Accept-Language: ko;q=0.5, ru-RU, *`: the language that the browser wants most among those that are here, else English. */
export const enterLanguage = (header: string | undefined): EnterLanguage => {
  const wanted = (header ?? '')
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...settings] = part.trim().toLowerCase().split(';');
      const quality = settings.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean);
      return { language: tag.trim().split('-')[0] ?? '', quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  return wanted.map(({ language }) => language).find(isEnterLanguage) ?? 'en';
};

export const enterWords = (language: EnterLanguage): EnterWords => words[language];
