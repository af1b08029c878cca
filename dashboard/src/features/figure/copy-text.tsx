import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export const CopyText = ({ text }: { readonly text: string }) => {
  const { t } = useTranslation();
  const [copied, setCopied] = useState('');
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(text);
  };
  return (
    <button type="button" className="btn ghost" onClick={() => void copy()}>
      <span aria-live="polite">{copied === text ? t('copied') : t('copy')}</span>
    </button>
  );
};
