import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Names the screen in the tab and to a screen reader: several tabs are open when weeks are compared. */
export const usePageTitle = (title: string): void => {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [t, title]);
};
