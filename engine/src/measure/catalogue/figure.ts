import type { MetricDeclaration } from '@botworth/contract/catalogue';
import type { Rules } from '../policy/rules.ts';
import type { Term } from '../verdicts/terms.ts';

/** Units that each say yes or no: of those for which `of` holds, those for which `yes` holds as well. */
export interface ShareFigure {
  readonly shape: 'share';
  readonly of: readonly Term[];
  readonly yes: readonly Term[];
}

/** Sums over conversations, both of the same rows; the unit of its interval is the person. */
export interface RatioFigure {
  readonly shape: 'ratio_of_sums';
  readonly of: readonly Term[];
  readonly numerator: 'n_fallback';
  readonly denominator: 'n_bot';
}

export interface MedianFigure {
  readonly shape: 'median';
  readonly of: readonly Term[];
  readonly value: 'n_user' | 'duration_ms' | 'ttfua_ms';
  /** Stored values are divided by it: 1000 turns milliseconds into seconds. */
  readonly per: number;
  /** Those without a value, stored as the greatest UInt32, rank as longest. */
  readonly endless?: true;
}

export type Figure = ShareFigure | RatioFigure | MedianFigure;

/** Person-days have two conditions of their own and no verdicts. */
export interface PersonDayFigure {
  readonly shape: 'person_days';
}

export interface BesideFigure {
  readonly figure: Figure;
  /** Declared as the denominator or rate that flatters. */
  readonly naive?: true;
}

export interface Metric {
  readonly declaration: MetricDeclaration;
  readonly figure: PersonDayFigure | ((rules: Rules) => Figure);
  readonly beside: Readonly<Record<string, BesideFigure>>;
  /** A success metric asked across jobs blends what should not be blended: no band, no arrow. */
  readonly success?: true;
  /** A term that keeps kinds apart which are never pooled; cut or filtered by `cut`, each kind is a row of its own. */
  readonly apart?: { readonly cut: 'handled_by'; readonly term: Term };
  /** Where a bot conversation is the unit: without a visitor's turn and an act of the bot none can come about. */
  readonly unit?: 'bot_conversation';
  /** Events of which at least one must ever have arrived for a figure of 0 to mean anything. */
  readonly numeratorNeeds?: readonly string[];
}
