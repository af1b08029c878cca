import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Sums over all workspaces, since the process started unless said otherwise. */
export interface IngestReading {
  /** Events waiting for their insert. */
  readonly queued: number;
  /** Since the store exists: events answered with 2xx. */
  readonly acknowledged: number;
  readonly duplicates: number;
  /** Duplicates that differ from the copy that came first. */
  readonly conflicts: number;
  readonly refused: ReadonlyMap<string, number>;
}

export interface LiveReadings {
  readonly ingest: () => IngestReading;
  readonly foldLagSeconds: () => Promise<number>;
}

export interface Instruments {
  readonly requestDone: (labels: { method: string; route: string; status: number }, seconds: number) => void;
  readonly questionDone: (labels: { route: string; metric: string }, seconds: number) => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const secondBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** No ids and no names of people as labels: the page is open to whoever reaches the port. */
export const createInstruments = (readings: LiveReadings): Instruments => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'botworth_http_request_seconds',
    help: 'Time to answer a request.',
    registers: [registry],
    labelNames: ['method', 'route', 'status'] as const,
    buckets: secondBuckets,
  });
  const questions = new Histogram({
    name: 'botworth_question_seconds',
    help: 'Time to answer a question about figures; "many" for several metrics in one.',
    registers: [registry],
    labelNames: ['route', 'metric'] as const,
    buckets: secondBuckets,
  });
  const total = (name: string, help: string, read: (reading: IngestReading) => number) =>
    new Counter({
      name: `botworth_ingest_${name}_total`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read(readings.ingest()));
      },
    });
  new Gauge({
    name: 'botworth_ingest_queued_events',
    help: 'Events waiting for their insert.',
    registers: [registry],
    collect() {
      this.set(readings.ingest().queued);
    },
  });
  total(
    'acknowledged_events',
    'Events answered with 2xx since the store exists, all of them on disk.',
    ({ acknowledged }) => acknowledged,
  );
  total(
    'duplicate_events',
    'Events that had arrived before; they change nothing.',
    ({ duplicates }) => duplicates,
  );
  total(
    'conflicting_events',
    'Duplicates that differ from the copy that came first, which stands.',
    ({ conflicts }) => conflicts,
  );
  new Counter({
    name: 'botworth_ingest_refused_events_total',
    help: 'Events that could not be read, by reason.',
    labelNames: ['reason'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const [reason, count] of readings.ingest().refused) this.inc({ reason }, count);
    },
  });
  new Gauge({
    name: 'botworth_fold_lag_seconds',
    help: 'Age of the oldest acknowledged event that is not in the figures yet, over all workspaces.',
    registers: [registry],
    async collect() {
      this.set(await readings.foldLagSeconds());
    },
  });
  return {
    requestDone: ({ method, route, status }, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    questionDone: (labels, seconds) => questions.observe(labels, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
};
