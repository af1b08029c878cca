import type { ShopChannel } from './shop.data.ts';

/**
 * The generator's own book: what each conversation was written to be. Nothing in it is read from the engine; the
 * expected values of the truths are counted from here.
 */
export interface Entry {
  readonly week: number;
  readonly job: 'support' | 'sales' | 'lead' | 'booking' | 'unknown';
  readonly channel: ShopChannel;
  readonly bot: string;
  readonly version: string;
  readonly campaign: string;
  readonly flow: string;
  /** The recognised intent; '' where none was. */
  readonly intent: string;
  /** A visitor wrote and the bot acted before any person did. */
  readonly isBotConversation: boolean;
  readonly isEligible: boolean;
  /** The bot settled it: confirmed, or left in silence by somebody who did not come back. */
  readonly isSettled: boolean;
  readonly isTrapped: boolean;
  readonly isHandedOff: boolean;
  readonly hasGap: boolean;
  readonly hasHuman: boolean;
  readonly reachedGoal: boolean;
  readonly botTurns: number;
  readonly fallbacks: number;
  /** Null: nobody rated. */
  readonly isSatisfied: boolean | null;
}

/** One person in front of one bot on one local day. */
export interface PersonDay {
  readonly week: number;
  readonly isEngaged: boolean;
}

export interface Ledger {
  readonly entries: Entry[];
  /** Keyed by person, bot and day. */
  readonly personDays: Map<string, PersonDay>;
  messages: number;
}

export const createLedger = (): Ledger => ({ entries: [], personDays: new Map(), messages: 0 });
