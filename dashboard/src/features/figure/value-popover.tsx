import { Popover } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';

export interface ValuePopoverProps {
  readonly label: string;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly isShown: boolean;
  readonly onShown: (isShown: boolean) => void;
  /** Pointer or focus is in the box. */
  readonly onStay: () => void;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

/** The box beside a value. It stands right behind its button in tab order, since it holds links. */
export const ValuePopover = ({
  label,
  anchor,
  isShown,
  onShown,
  onStay,
  onLeave,
  children,
}: ValuePopoverProps) => (
  <Popover.Root open={isShown} onOpenChange={onShown}>
    <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
    <Popover.Content
      className="pop"
      aria-label={label}
      align="start"
      sideOffset={8}
      collisionPadding={12}
      onOpenAutoFocus={(event) => event.preventDefault()}
      onCloseAutoFocus={(event) => event.preventDefault()}
      onInteractOutside={(event) => anchor.current?.contains(event.target as Node) && event.preventDefault()}
      onPointerEnter={onStay}
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && onLeave()}
      onFocus={onStay}
      // Behind the last link comes what stands behind the value: no dialog, so it keeps nobody in.
      onKeyDownCapture={(event) => event.key === 'Tab' && event.stopPropagation()}
      onBlur={onLeave}
    >
      {children}
    </Popover.Content>
  </Popover.Root>
);
