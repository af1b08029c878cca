import { createHmac, randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters and digits, each equally likely: bytes beyond the last full turn of the alphabet are drawn again. */
export const randomText = (length: number): string => {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
};

const TOKEN_CHARACTERS = 40;
const tokenShape = new RegExp(`^bwt_[0-9A-Za-z]{${TOKEN_CHARACTERS}}$`);

export const makeTokenText = (): string => `bwt_${randomText(TOKEN_CHARACTERS)}`;

/** It could be one of ours: nobody guesses those. Every other is told without a look-up, which would hold up those of everybody else. */
export const isMadeToken = (token: string): boolean => tokenShape.test(token);

/** Only this is stored: without the installation's secret a stolen table opens nothing. */
export const hashOf = (secret: string, value: string): string =>
  createHmac('sha256', secret).update(value).digest('hex');
