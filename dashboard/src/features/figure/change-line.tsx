import { useTranslation } from 'react-i18next';
import { Say } from '../../app/say.tsx';
import { type Change, changeWords } from './change-words.ts';
import type { FigureWords } from './use-figure-words.ts';

const Arrow = ({ to }: { readonly to: 'up' | 'down' }) => {
  const { t } = useTranslation();
  return <i className={`arrow ${to}`} role="img" aria-label={t(`change.${to}`)} />;
};

/** The arrow is the direction, the word the judgement; neither is there unless the difference is evident. */
export const ChangeLine = ({ change, words }: { readonly change: Change; readonly words: FigureWords }) => {
  const { tone, arrow, key } = changeWords(change);
  const [low, high] = change.interval ?? [null, null];
  const ends = low !== null && high !== null ? { low: words.signed(low), high: words.signed(high) } : null;
  const { difference } = change;
  if (arrow !== null && difference !== null) {
    return (
      <p className={`change ${tone}`}>
        <span className="change-word">
          <Arrow to={arrow} />
          <Say k={`change.${key}`} v={{ size: words.size(difference) }} />
        </span>
        {ends ? (
          <>
            {' '}
            <span className="ci">
              <Say k="change.within" v={ends} />
            </span>
          </>
        ) : null}
      </p>
    );
  }
  return (
    <p className="change none">
      <span className="change-word">
        <Say k={`change.${key}`} />
      </span>
      {key === 'none' && difference !== null && ends ? (
        <>
          {' '}
          <span className="ci">
            <Say k="change.about" v={{ difference: words.signed(difference), ...ends }} />
          </span>
        </>
      ) : null}
    </p>
  );
};
