import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What `npm test` adds up over its suites. */
export type Summary = {
  passed: number;
  failed: number;
  /** Names with the reason given, undefined when none was. */
  skipped: { name: string; reason: string | undefined }[];
  faults: string[];
};

/** Counts a run and writes it where BOTWORTH_TEST_SUMMARY says; vitest's own reporter shows it. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    const file = process.env.BOTWORTH_TEST_SUMMARY;
    if (!file) return;
    const summary: Summary = { passed: 0, failed: 0, skipped: [], faults: [] };
    for (const module of modules) {
      const isBroken = module.errors().length > 0;
      if (isBroken) summary.faults.push(`${module.relativeModuleId} could not be run`);
      for (const test of module.children.allTests()) count(test, summary);
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) summary.faults.push(`${suite.fullName} failed outside its tests`);
      }
    }
    for (const { message } of unhandled) summary.faults.push(`an error nobody handled: ${message}`);
    writeFileSync(file, JSON.stringify(summary));
  }
}

function count(test: TestCase, summary: Summary): void {
  const result = test.result();
  if (result.state === 'passed') summary.passed += 1;
  else if (result.state === 'skipped') {
    summary.skipped.push({ name: `${test.module.relativeModuleId} > ${test.fullName}`, reason: result.note });
  } else summary.failed += 1;
}
