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
  const { difference, interval } = change;
  const text = difference === null ? null : words.change({ difference, interval });
  const ends = text?.ends ?? null;
  if (arrow !== null && text !== null) {
    return (
      <p className={`change ${tone}`}>
        <span className="change-word">
          <Arrow to={arrow} />
          <Say k={`change.${key}`} v={{ size: text.size }} />
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
      {key === 'none' && text !== null && ends ? (
        <>
          {' '}
          <span className="ci">
            <Say k="change.about" v={{ difference: text.difference, ...ends }} />
          </span>
        </>
      ) : null}
    </p>
  );
};
