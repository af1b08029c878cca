import type { ReactNode } from 'react';
import { usePageTitle } from './use-page-title.ts';

/** The bar of a screen (all of it is in the address) and the page below it. */
export const Page = ({
  name,
  bar,
  children,
}: {
  /** What the tab of the browser says. */
  readonly name: string;
  readonly bar?: ReactNode;
  readonly children: ReactNode;
}) => {
  usePageTitle(name);
  return (
    <>
      {bar ? <header className="bar">{bar}</header> : null}
      <main className="page" id="page" tabIndex={-1}>
        {children}
      </main>
    </>
  );
};

/** Every screen but the board says one sentence first, then what it rests on. */
export const PageHead = ({ title, lead }: { readonly title: ReactNode; readonly lead: ReactNode }) => (
  <header className="page-head">
    <p className="kick">{title}</p>
    <h1>{lead}</h1>
  </header>
);
