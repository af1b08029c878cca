import type { MetricDeclaration } from '@botworth/contract/catalogue';
import { errorRegistry } from '@botworth/contract/errors';
import { foldLimits, limits } from '@botworth/contract/limits';
import { policySchema } from '@botworth/contract/policy';
import { cutKinds, cutNames } from '@botworth/contract/query';
import { type EventDefinition, eventNames, vocabulary } from '@botworth/contract/vocabulary';
import { z } from 'zod';
import { code, page, table } from './markdown.ts';
import type { OpenApiDocument } from './openapi-document.ts';

export interface SettingRow {
  /** As an environment variable. */
  readonly name: string;
  /** As a key of the configuration file. */
  readonly key: string;
  readonly standard: string;
  readonly meaning: string;
}

const errorsPage = (): string =>
  page(
    'Errors',
    'Every error is `{"error": {"code", "message", "details", "docs"}}`. `code` is stable, `message` is one sentence about the case at hand, `details` names the field and the nearest right names. The answer\'s `x-request-id` is in the log.',
    table(
      ['code', 'status', 'meaning', 'what to do', 'official clients'],
      Object.entries(errorRegistry).map(([name, entry]) => [
        code(name),
        String(entry.status),
        entry.meaning,
        entry.whatToDo,
        'retried' in entry ? (entry.retried ? 'send again by themselves' : 'drop the request') : '',
      ]),
    ),
  );

const eventsPage = (): string =>
  page(
    'Events',
    'A `track` call whose `event` is one of these names is read as described; any other name is kept, counted and listed for mapping. `page` and `screen` calls arrive as `page_viewed`.',
    table(
      ['event', 'actor', 'role', 'meaning', 'properties that are read'],
      eventNames.map((name) => {
        const { actor, role, meaning, reads = {} }: EventDefinition = vocabulary[name];
        return [
          code(name),
          actor,
          role.replaceAll('_', ' '),
          meaning,
          Object.entries(reads)
            .map(([key, what]) => `${code(key)}${what === '' ? '' : ` (${what})`}`)
            .join(', '),
        ];
      }),
    ),
    '## Limits',
    table(
      ['limit', 'value'],
      Object.entries(limits).map(([name, value]) => [code(name), String(value)]),
    ),
    '## Limits of what is worked out',
    'Nothing is refused for being beyond these; what is beyond stays stored.',
    table(
      ['limit', 'most', 'of what', 'beyond it'],
      Object.entries(foldLimits).map(([name, { most, what, beyond }]) => [
        code(name),
        String(most),
        what,
        beyond,
      ]),
    ),
  );

const bandText = ({ bands }: MetricDeclaration): string =>
  bands
    .map(
      ({ stage, name, low, high }) =>
        `${name} (${stage.replaceAll('_', ' ')}): ${low ?? '…'} – ${high ?? '…'}`,
    )
    .join('; ');

const metricsPage = (catalogue: readonly MetricDeclaration[]): string =>
  page(
    'Metrics',
    'Every value travels with its numerator, denominator, n and 95 % interval. Bands hold for the whole, never for one intent.',
    ...catalogue.map((metric) =>
      [
        `## ${code(metric.id)}`,
        metric.question,
        table(
          ['', ''],
          [
            ['numerator', metric.numerator],
            ['denominator', metric.denominator],
            ['unit', metric.unit],
            ['direction', metric.direction],
            ['counts', metric.windowed ? 'matured conversations only' : 'all, whatever their age'],
            ['jobs', metric.jobs.join(', ') || 'every job'],
            ['bands', bandText(metric) || 'none'],
            [
              'sources',
              metric.sources
                .map(
                  ({ by, context, value, vendor_reported }) =>
                    `${by}, ${context}: ${value}${vendor_reported ? ' (reported by a vendor)' : ''}`,
                )
                .join('; ') || 'none',
            ],
            ['read beside', metric.beside.map(code).join(', ') || 'nothing'],
            ['cuts', metric.cuts.map(code).join(', ')],
            ['needs', metric.needs.map(({ event, why }) => `${code(event)}: ${why}`).join(' ')],
            ['says', metric.says],
            ['misleads', metric.misleads],
            ['do', metric.do],
          ],
        ),
      ].join('\n\n'),
    ),
    '## Long times',
    'Seconds of a metric are counted up to 49.7 days (4,294,967 s) for each conversation; what took longer counts as that. Only a median that is itself longer would differ.',
    '## Cuts and filters',
    'Any two cuts beside a time grain. A row without a value of the cut is a row of its own, named `unknown`.',
    table(
      ['cut', 'values'],
      cutNames.map((name) => [
        code(name),
        {
          time: 'periods of the workspace zone',
          closed: 'a fixed list',
          open: 'whatever was sent',
          flag: '`true`, `false`',
        }[cutKinds[name]],
      ]),
    ),
  );

interface SchemaNode {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

const policyRows = (node: SchemaNode, path: string): string[][] =>
  Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const isGroup = child.properties !== undefined;
    const row = [
      code(here),
      isGroup ? '' : code(JSON.stringify(child.default) ?? ''),
      `${child.description ?? ''}${child.enum === undefined ? '' : ` One of ${child.enum.map((value) => code(String(value))).join(', ')}.`}`,
    ];
    return isGroup ? [row, ...policyRows(child, here)] : [row];
  });

const policyPage = (): string =>
  page(
    'The measurement policy',
    'One document holds the rules behind every figure. A saved version never changes; every answer names the version that made it, and `policy=3` asks under an old one. Keys marked as fold settings are read from the newest version only: changing one rebuilds the conversations. Money is a decimal string, and has no default.',
    table(
      ['key', 'default', 'meaning'],
      policyRows(z.toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' }) as SchemaNode, ''),
    ),
  );

const apiPage = (document: OpenApiDocument): string =>
  page(
    'HTTP interface',
    'The whole document, with every schema, is at `/api/openapi.json` of a running server, and readable at `/docs`.',
    table(
      ['call', 'answer', 'query parameters'],
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => {
          const query = ((operation.parameters ?? []) as { name: string; in: string }[]).filter(
            (one) => one.in === 'query',
          );
          return [
            code(`${method.toUpperCase()} ${path}`),
            `${operation.summary}. ${String(operation.description ?? '')}`,
            query.map(({ name }) => code(name)).join(', '),
          ];
        }),
      ),
    ),
    '## Questions in an address',
    '`by` and `where` repeat. `where=intent:billing,refund` is any of, `where=!intent:billing` none of; a comma inside a value is written `\\,`. `from` is inclusive, `to` exclusive, both local dates of the workspace zone.',
    '## Prometheus',
    'GET `/metrics` gives the counters of the server. While the server listens on this machine alone it is open; on any other `BOTWORTH_HOST` it takes a session, or a token for the whole installation with scope read: `POST /api/tokens` with `{"name": "prometheus"}` makes one. Prometheus sends it as a bearer token:',
    [
      '```yaml',
      'scrape_configs:',
      '  - job_name: botworth',
      '    authorization:',
      '      credentials_file: /etc/prometheus/botworth-token',
      '    static_configs:',
      '      - targets: ["127.0.0.1:4680"]',
      '```',
    ].join('\n'),
  );

const configurationPage = (settings: readonly SettingRow[]): string =>
  page(
    'Configuration',
    'Environment variables, or the same settings in `botworth.config.json` in the folder where the server is started; the environment wins.',
    table(
      ['variable', 'key in the file', 'default', 'meaning'],
      settings.map(({ name, key, standard, meaning }) => [code(name), code(key), standard, meaning]),
    ),
  );

/** File name → text. Everything in them comes from what the program itself reads. */
export const referencePages = (from: {
  readonly document: OpenApiDocument;
  readonly catalogue: readonly MetricDeclaration[];
  readonly settings: readonly SettingRow[];
}): Readonly<Record<string, string>> => ({
  'api.md': apiPage(from.document),
  'configuration.md': configurationPage(from.settings),
  'errors.md': errorsPage(),
  'events.md': eventsPage(),
  'metrics.md': metricsPage(from.catalogue),
  'policy.md': policyPage(),
});
