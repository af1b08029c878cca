import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../design/icon.tsx';
import './drawer.css';

export interface DrawerProps {
  readonly title: ReactNode;
  readonly about: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** From the inline end, with an address of its own. The page beside it stays alive, so nothing is made inert. */
export const Drawer = ({ title, about, onClose, children }: DrawerProps) => {
  const { t } = useTranslation();
  return (
    <Dialog.Root modal={false} open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Content
        className="drawer"
        // The drawer itself is where reading begins: J then goes to its first row.
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
        }}
        onInteractOutside={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <div className="drawer-head">
          <div>
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Description>{about}</Dialog.Description>
          </div>
          <Dialog.Close className="icon-btn" aria-label={t('close')}>
            <Icon name="close" />
          </Dialog.Close>
        </div>
        {children}
      </Dialog.Content>
    </Dialog.Root>
  );
};
