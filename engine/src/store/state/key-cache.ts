/**
 * Answers of the last seconds, so that a key is not looked up for every request. Short-lived: a revoked key is
 * refused within the time to live. Unknown keys are remembered too, so that a wrong client costs little.
 */
export class KeyCache<Value> {
  readonly #entries = new Map<string, { value: Value; untilMs: number }>();
  readonly #liveMs: number;
  readonly #most: number;

  constructor(liveMs: number, most: number) {
    this.#liveMs = liveMs;
    this.#most = most;
  }

  get(key: string, nowMs: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry === undefined || entry.untilMs <= nowMs ? undefined : entry.value;
  }

  set(key: string, value: Value, nowMs: number): void {
    if (this.#entries.size >= this.#most) this.#entries.clear();
    this.#entries.set(key, { value, untilMs: nowMs + this.#liveMs });
  }

  clear(): void {
    this.#entries.clear();
  }
}
