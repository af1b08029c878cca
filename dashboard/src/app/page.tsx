import type { ReactNode } from 'react';

/** The bar of a screen (all of it is in the address) and the page below it. */
export const Page = ({ bar, children }: { readonly bar?: ReactNode; readonly children: ReactNode }) => (
  <>
    {bar ? <header className="bar">{bar}</header> : null}
    <main className="page" id="page" tabIndex={-1}>
      {children}
    </main>
  </>
);

/** Every screen but the board says one sentence first, then what it rests on. */
export const PageHead = ({ title, lead }: { readonly title: ReactNode; readonly lead: ReactNode }) => (
  <header className="page-head">
    <p className="kick">{title}</p>
    <h1>{lead}</h1>
  </header>
);
