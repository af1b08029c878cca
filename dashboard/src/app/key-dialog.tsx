import { Dialog } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { Icon } from '../design/icon.tsx';

const keyRows = [
  { keys: ['J', 'K'], text: 'keys.rows' },
  { keys: ['Enter'], text: 'keys.open' },
  { keys: ['Esc'], text: 'keys.close' },
  { keys: ['[', ']'], text: 'keys.period' },
  { keys: ['?'], text: 'keys.list' },
] as const;

/** All keys with what they do. */
export const KeyDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>{t('keys.title')}</Dialog.Title>
            <Dialog.Close className="icon-btn" aria-label={t('close')}>
              <Icon name="close" />
            </Dialog.Close>
          </div>
          <dl className="key-rows">
            {keyRows.map((row) => (
              <div key={row.text}>
                <dt>
                  {row.keys.map((key) => (
                    <kbd key={key}>
                      <bdi dir="ltr">{key}</bdi>
                    </kbd>
                  ))}
                </dt>
                <dd>{t(row.text)}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
