/**
 * Writes docs/reference/ from what the program itself reads: routes, error registry, vocabulary, catalogue,
 * policy schema, settings. With --check nothing is written: it fails when a page is not what it would be.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register();
const { settingDefinitions, settingNames, variableOf } = await import('../engine/src/config/read-config.ts');
const { openApiDocument } = await import('../engine/src/show/reference/openapi-document.ts');
const { referencePages } = await import('../engine/src/show/reference/reference-pages.ts');
const { allEndpoints } = await import('../engine/src/show/routes/all-endpoints.ts');
const { catalogue } = await import('../engine/src/measure/catalogue/catalogue.ts');

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/reference');
const { version } = JSON.parse(readFileSync(join(root, 'engine/package.json'), 'utf8'));

const settings = settingNames.map((name) => {
  const { schema, says } = settingDefinitions[name];
  const standard = schema.safeParse(undefined);
  return {
    name: variableOf(name),
    key: name,
    standard:
      standard.success && standard.data !== undefined ? `\`${JSON.stringify(standard.data)}\`` : 'none',
    meaning: says,
  };
});

const pages = referencePages({
  document: openApiDocument(
    allEndpoints.map(({ spec }) => spec),
    version,
  ),
  catalogue: catalogue.map(({ declaration }) => declaration),
  settings,
});

const names = Object.keys(pages);
if (process.argv.includes('--check')) {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const faults = [
    ...names
      .filter((name) => !there.includes(name) || readFileSync(join(folder, name), 'utf8') !== pages[name])
      .map((name) => `docs/reference/${name} is not what the sources say: run node scripts/docs.js`),
    ...there
      .filter((name) => !names.includes(name))
      .map((name) => `docs/reference/${name} has no source: remove it`),
  ];
  process.stdout.write(`${names.length} pages\n`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, name), pages[name] ?? '');
  process.stdout.write(`${names.length} pages written\n`);
}
