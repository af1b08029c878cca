import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What comes quickly needs no announcement. */
const APPEARS_AFTER_MS = 150;

/** The shape of what comes, at its size, so that nothing moves when it arrives. */
export const Skeleton = () => {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), APPEARS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="card-rest skeleton">
      {isShown ? (
        <div aria-hidden="true">
          {['value', 'change', 'of', 'chart', 'facts'].map((part) => (
            <i key={part} className={part} />
          ))}
        </div>
      ) : null}
      <span className="unseen">{t('loading')}</span>
    </div>
  );
};
