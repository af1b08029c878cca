import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A figure, range, sign, id or name inside a sentence: it keeps its own direction and is never broken. */
export const Num = ({
  children,
  strong = false,
}: {
  readonly children: ReactNode;
  readonly strong?: boolean;
}) =>
  strong ? (
    <b>
      <bdi className="n">{children}</bdi>
    </b>
  ) : (
    <bdi className="n">{children}</bdi>
  );

/** A name that somebody sent: it may be long and in any script. */
export const Name = ({ children }: { readonly children: ReactNode }) => <bdi>{children}</bdi>;

export type Values = Readonly<Record<string, ReactNode>>;

// From the private use area: no sentence holds them.
const OPEN = '\ue000';
const CLOSE = '\ue001';
const slot = /\ue000(\w+)\ue001/;

/** A sentence of the word list with elements in its gaps. Text values become isolated numbers. */
export const fillGaps = (sentence: string, values: Values): ReactNode[] => {
  const seen = new Map<string, number>();
  return sentence.split(slot).map((piece, at) => {
    if (at % 2 === 0) return piece;
    const before = seen.get(piece) ?? 0;
    seen.set(piece, before + 1);
    const value = values[piece];
    return (
      <Fragment key={`${piece} ${before}`}>{typeof value === 'string' ? <Num>{value}</Num> : value}</Fragment>
    );
  });
};

export interface SayProps {
  /** Key in the word lists. */
  readonly k: string;
  readonly v?: Values;
  /** Decides the plural; the printed number is a value like any other. */
  readonly count?: number;
}

export const Say = ({ k, v = {}, count }: SayProps) => {
  const { t } = useTranslation();
  const gaps: Record<string, string | number> = {};
  for (const name of Object.keys(v)) gaps[name] = `${OPEN}${name}${CLOSE}`;
  if (count !== undefined) gaps.count = count;
  const sentence: string = t(k, gaps);
  return <>{fillGaps(sentence, v)}</>;
};
