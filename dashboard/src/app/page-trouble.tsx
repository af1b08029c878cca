import type { ErrorComponentProps } from '@tanstack/react-router';
import { Trouble } from './trouble.tsx';

/** A screen that broke says so in the words of the page, never in those of the router. */
export const PageTrouble = ({ error, reset }: ErrorComponentProps) => (
  <main className="page" id="page">
    <Trouble error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
  </main>
);
