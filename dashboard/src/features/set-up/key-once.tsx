import { useTranslation } from 'react-i18next';
import { CopyText } from '../figure/copy-text.tsx';

/** A key that exists in clear only here and now. */
export const KeyOnce = ({ writeKey }: { readonly writeKey: string }) => {
  const { t } = useTranslation();
  return (
    <div className="key-once" role="status">
      <p>{t('set_up.key_once')}</p>
      <p className="acts">
        <code className="key">{writeKey}</code>
        <CopyText text={writeKey} />
      </p>
    </div>
  );
};
