import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { ROW } from '../../app/use-keys.ts';

/** Placing a box beside a figure takes a fifth of all scripts: loaded when the first figure is asked about. */
const ValuePopover = lazy(async () => ({ default: (await import('./value-popover.tsx')).ValuePopover }));

/** How long a pointer rests before the figure explains itself, and how long it may take to reach the popover. */
const REST_MS = 250;
const LEAVE_MS = 180;

export interface ValueButtonProps {
  /** Names the figure, so that focus comes back to it when its conversations are closed. */
  readonly figure: string;
  readonly label: string;
  readonly className: string;
  readonly text: ReactNode;
  readonly onOpen: () => void;
  readonly explanation: ReactNode;
}

/**
 * A value is a button: it explains itself on hover and at once on focus, and opens its conversations on Enter or
 * click. What explains holds links, so it is a popover beside the value in tab order, not a tooltip. A finger has no
 * hover: its first touch explains, the second opens.
 */
export const ValueButton = ({ figure, label, className, text, onOpen, explanation }: ValueButtonProps) => {
  const [isShown, setShown] = useState(false);
  const [wasShown, setWasShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const touch = useRef(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const later = (shown: boolean, delayMs: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(shown), delayMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const stay = (): void => clearTimeout(timer.current);
  if (isShown && !wasShown) setWasShown(true);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={isShown}
        data-figure={figure}
        {...{ [ROW]: '' }}
        onPointerDown={({ pointerType }) => {
          touch.current = pointerType === 'touch';
        }}
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && later(true, REST_MS)}
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && later(false, LEAVE_MS)}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && setShown(true)}
        onBlur={() => later(false, LEAVE_MS)}
        onClick={() => {
          stay();
          if (touch.current && !isShown) {
            setShown(true);
            return;
          }
          setShown(false);
          onOpen();
        }}
      >
        {text}
      </button>
      {wasShown ? (
        <Suspense fallback={null}>
          <ValuePopover
            label={label}
            anchor={anchor}
            isShown={isShown}
            onShown={setShown}
            onStay={stay}
            onLeave={() => later(false, LEAVE_MS)}
          >
            {explanation}
          </ValuePopover>
        </Suspense>
      ) : null}
    </>
  );
};
