/**
 * What a gate looked at, by name, and what it found.
 * @typedef {{ seen: Record<string, number>, faults: string[] }} Verdict
 * @typedef {import('./vitest-summary.ts').Summary} Summary
 */

/** A gate that saw nothing is green for the wrong reason. @param {Verdict} verdict @returns {string[]} */
export function gateFaults({ seen, faults }) {
  const counts = Object.values(seen);
  const sawNothing = counts.length === 0 || counts.some((count) => !(count > 0));
  return sawNothing ? [...faults, 'it looked at nothing, which proves nothing'] : faults;
}

/**
 * What makes a suite fail beyond its failed tests.
 * @param {Summary | undefined} summary undefined when the run ended without writing one
 * @param {number} exitCode of vitest
 * @returns {string[]}
 */
export function suiteFaults(summary, exitCode) {
  if (!summary) return [`vitest ended with exit code ${exitCode} before it could count`];
  const silent = summary.skipped.filter(({ reason }) => !reason);
  const faults = [...summary.faults, ...silent.map(({ name }) => `${name} is skipped without a reason`)];
  if (summary.passed + summary.failed + summary.skipped.length === 0)
    faults.push('there were no tests to run');
  if (exitCode !== 0 && summary.failed + faults.length === 0) {
    faults.push(`vitest ended with exit code ${exitCode}: see the lines above`);
  }
  return faults;
}

/** The last line of a run. @param {{ passed: number, failed: number, skipped: number }} total */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
