const paths = {
  board: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3',
  conversations: 'M2.5 3.5h11V11H7.5l-3 2.5V11h-2z',
  policy: 'M4 2h5.5L12 4.5V14H4zM6.5 7H10M6.5 10H10',
  set_up: 'M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14M10.2 2.8v3.4M5.7 9.8v3.4',
  forward: 'M6 3.5L10.5 8 6 12.5',
  down: 'M3.5 6L8 10.5 12.5 6',
  close: 'M4 4l8 8M12 4l-8 8',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.7v.1',
  clock: 'M8 2.2a5.8 5.8 0 100 11.6A5.8 5.8 0 008 2.2zM8 5v3.2l2 1.5',
  lock: 'M4 7.5h8V14H4zM5.5 7.5V5a2.5 2.5 0 015 0v2.5',
  flag: 'M4 14V2.5M4 3h8.5l-2 3 2 3H4',
  link: 'M6.5 9.5l3-3M7 4.5L9 2.7a2.8 2.8 0 014 4l-1.8 2M9 11.5l-2 1.8a2.8 2.8 0 01-4-4l1.8-2',
  check: 'M3 8.5l3.2 3.2L13 4.5',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 3.5v9',
  plus: 'M8 3v10M3 8h10',
} as const;

export type IconName = keyof typeof paths;

/** These point or read along the line of text, so they turn round with it. A check or a clock does not. */
const flips: ReadonlySet<IconName> = new Set(['forward', 'conversations', 'flag', 'menu', 'set_up']);

export const Icon = ({ name, isBack = false }: { readonly name: IconName; readonly isBack?: boolean }) => (
  <svg
    className={`icon${flips.has(name) && !isBack ? ' flips' : ''}${isBack ? ' back' : ''}`}
    viewBox="0 0 16 16"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
);

export const Logo = () => (
  <svg className="logo" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M3 4v12M3 10h9" />
    <circle cx="15" cy="10" r="2.8" />
  </svg>
);
