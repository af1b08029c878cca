import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/icon.tsx';
import { KeyList } from './key-list.tsx';
import { Rail } from './rail.tsx';
import './shell.css';

/** Rail, and beside it whatever screen is open. On a phone the rail is a menu behind a button. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isMenuOpen) return;
    const listen = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape') return;
      setMenuOpen(false);
      button.current?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [isMenuOpen]);
  return (
    <div className={isMenuOpen ? 'app menu-open' : 'app'}>
      <a className="skip" href="#page">
        {t('skip')}
      </a>
      <button
        ref={button}
        type="button"
        className="icon-btn menu-btn"
        aria-label={isMenuOpen ? t('close_menu') : t('open_menu')}
        aria-expanded={isMenuOpen}
        onClick={() => setMenuOpen(!isMenuOpen)}
      >
        <Icon name={isMenuOpen ? 'close' : 'menu'} />
      </button>
      <Rail onLeave={() => setMenuOpen(false)} />
      <div className="main">{children}</div>
      <KeyList />
    </div>
  );
};
