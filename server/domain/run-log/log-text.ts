import { setOwn } from "@/runtime/node/record";
import type { NodePath, RunEvent, RunEventBody, Stamp } from "@/runtime/run/events";

/**
 * The text of a stretch of a run's log: `[1, start, paths, values, entries]`. `start` is the time of the first event in milliseconds since 1970; each path and each
 * value stands once, and entries name them by their place. An entry is `[kind, milliseconds since the one before, …]`; a row of pieces of one
 * text, however many events, is one entry with their lengths. Sequence numbers follow from the first one, which is the chunk's, and so does the run's id.
 * Logs from before are lists of events as they were; both are read.
 */
const version = 1;

const kinds = {
  runStart: 0,
  nodeStart: 1,
  deltas: 2,
  modelCall: 3,
  nodeEnd: 4,
  runEnd: 5,
  other: 6,
  whole: 7,
} as const;

type Values = Readonly<Record<string, unknown>>;
type Unstamped<Body = RunEventBody> = Body extends unknown ? Omit<Body & Partial<Stamp>, keyof Stamp> : never;

/** The first events whose text is not longer than `most` characters, at least one: a long log is written in several stretches. */
export const writeLog = (
  events: readonly RunEvent[],
  from: number,
  most: number,
): { readonly log: string; readonly count: number } => {
  const writer = new LogWriter();
  let count = 0;
  for (let index = from; index < events.length; index++) {
    if (count > 0 && writer.length > most) break;
    writer.add(events[index] as RunEvent);
    count++;
  }
  return { log: writer.end(), count };
};

interface Pieces {
  readonly path: number;
  readonly port: string;
  text: string;
  readonly lengths: number[];
  readonly times: number[];
}

/** The time read last: many events share a millisecond, of one run and of those beside it. */
let lastRead = { at: "", ms: Number.NaN };

/** Milliseconds since 1970 of a time that is written as `toISOString` writes it; of any other NaN. */
const millisecondsOf = (at: string): number => {
  if (at === lastRead.at) return lastRead.ms;
  const parsed = Date.parse(at);
  const ms = !Number.isNaN(parsed) && new Date(parsed).toISOString() === at ? parsed : Number.NaN;
  lastRead = { at, ms };
  return ms;
};

/** Whether an event, stamp included, has so many fields and no more: those that are seldom there are looked for only where they are. */
const hasOnly = (event: RunEvent, fields: number): boolean => Object.keys(event).length === fields;

class LogWriter {
  /** Characters so far. */
  length = 0;
  #start: number | null = null;
  #last = 0;
  readonly #paths = new Map<string, number>();
  /** The same by the very object, of which a run in this process has one a step. */
  readonly #places = new Map<NodePath, number>();
  readonly #texts = new Map<string, number>();
  readonly #objects = new Map<unknown, number>();
  readonly #values: string[] = [];
  readonly #entries: string[] = [];
  #pieces: Pieces | null = null;

  add(event: RunEvent): void {
    const ms = millisecondsOf(event.at);
    if (Number.isNaN(ms)) {
      const { runId: _, seq: __, ...rest } = event;
      this.#entry([kinds.whole, 0, rest]);
      return;
    }
    this.#start ??= ms;
    if (this.#last === 0) this.#last = ms;
    const since = ms - this.#last;
    this.#last = ms;
    if (event.type === "node-delta") this.#piece(event.path, event.port, event.delta, since);
    else this.#entry(this.#write(event, since));
  }

  end(): string {
    this.#endPieces();
    const paths = [...this.#paths.keys()].join(",");
    return `[${version},${this.#start ?? 0},[${paths}],[${this.#values.join(",")}],[${this.#entries.join(",")}]]`;
  }

  #write(event: RunEvent, since: number): unknown[] {
    switch (event.type) {
      case "run-start": {
        if (hasOnly(event, 6)) return [kinds.runStart, since, event.graphHash, this.#named(event.inputs)];
        const { type: _, runId: __, seq: ___, at: ____, graphHash, inputs, ...more } = event;
        return [kinds.runStart, since, graphHash, this.#named(inputs), ...some(more)];
      }
      case "node-start":
        return [kinds.nodeStart, since, this.#path(event.path), event.attempt, this.#named(event.inputs)];
      case "model-call": {
        const { type: _, runId: __, seq: ___, at: ____, path, prompt, operation, endpoint, model, ...rest } = event;
        const { usage, costMicroUsd, latencyMs, firstTokenMs, cached, ...more } = rest;
        const said = [operation, endpoint, model, usage, costMicroUsd, latencyMs, firstTokenMs, cached ? 1 : 0];
        return [kinds.modelCall, since, this.#path(path), said, this.#prompt(prompt), ...some(more)];
      }
      case "node-end": {
        if (event.outcome !== "success") break;
        if (hasOnly(event, 8))
          return [kinds.nodeEnd, since, this.#path(event.path), this.#named(event.outputs), event.cached ? 1 : 0];
        const { type: _, runId: __, seq: ___, at: ____, path, outcome: _____, outputs, cached, ...more } = event;
        return [kinds.nodeEnd, since, this.#path(path), this.#named(outputs), cached ? 1 : 0, ...some(more)];
      }
      case "run-end": {
        if (event.outcome !== "success") break;
        if (hasOnly(event, 6)) return [kinds.runEnd, since, this.#named(event.outputs)];
        const { type: _, runId: __, seq: ___, at: ____, outcome: _____, outputs, ...more } = event;
        return [kinds.runEnd, since, this.#named(outputs), ...some(more)];
      }
      default:
        break;
    }
    const { runId: _, seq: __, at: ___, ...body } = event;
    return [kinds.other, since, body];
  }

  #prompt(prompt: Extract<RunEvent, { type: "model-call" }>["prompt"]): unknown {
    if (prompt === undefined) return 0;
    const { messages, ...more } = prompt;
    const said = messages.map(({ role, content, ...rest }) => [role, this.#value(content), ...some(rest)]);
    return [said, ...some(more)];
  }

  #piece(path: NodePath, port: string, text: string, since: number): void {
    const at = this.#path(path);
    if (this.#pieces?.path !== at || this.#pieces.port !== port) {
      this.#endPieces();
      this.#pieces = { path: at, port, text: "", lengths: [], times: [] };
    }
    this.#pieces.text += text;
    this.#pieces.lengths.push(text.length);
    this.#pieces.times.push(since);
    this.length += text.length;
  }

  #endPieces(): void {
    if (this.#pieces === null) return;
    const { path, port, text, lengths, times } = this.#pieces;
    this.#pieces = null;
    this.length -= text.length;
    this.#entry([kinds.deltas, runsOf(times), path, port, this.#value(text), runsOf(lengths)]);
  }

  #entry(entry: unknown[]): void {
    this.#endPieces();
    const text = JSON.stringify(entry);
    this.#entries.push(text);
    this.length += text.length + 1;
  }

  #path(path: NodePath): number {
    const known = this.#places.get(path);
    if (known !== undefined) return known;
    const key = JSON.stringify(path.length === 1 ? path[0] : path);
    let place = this.#paths.get(key);
    if (place === undefined) {
      place = this.#paths.size;
      this.#paths.set(key, place);
      this.length += key.length + 1;
    }
    this.#places.set(path, place);
    return place;
  }

  /** Names and the places of their values, flat. What is undefined is not there in JSON either. */
  #named(values: Values): unknown[] {
    const flat: unknown[] = [];
    for (const name of Object.keys(values)) {
      if (values[name] !== undefined) flat.push(name, this.#value(values[name]));
    }
    return flat;
  }

  #value(value: unknown): number {
    const known: Map<unknown, number> = typeof value === "string" ? this.#texts : this.#objects;
    let place = known.get(value);
    if (place === undefined) {
      const text = JSON.stringify(value);
      place = this.#values.length;
      known.set(value, place);
      this.#values.push(text);
      this.length += text.length + 1;
    }
    return place;
  }
}

/** Fields that are seldom there: nothing, or one object of them. */
const some = (more: object): object[] => (Object.keys(more).length === 0 ? [] : [more]);

/** Numbers of which many in a row are equal: `[n, n, n, m]` as `[n, 3, m]`, where a number that stands once is followed by none. Negative ones stay lists. */
const runsOf = (numbers: readonly number[]): readonly number[] => {
  const runs: number[] = [];
  for (let index = 0; index < numbers.length; ) {
    const number = numbers[index] as number;
    let end = index + 1;
    while (numbers[end] === number) end++;
    runs.push(number, end - index);
    index = end;
  }
  return runs.length < numbers.length ? [-1, ...runs] : numbers.some((each) => each < 0) ? [-2, ...numbers] : numbers;
};

const numbersOf = (written: readonly number[]): readonly number[] => {
  if (written[0] === -2) return written.slice(1);
  if (written[0] !== -1) return written;
  const numbers: number[] = [];
  for (let index = 1; index < written.length; index += 2) {
    for (let times = 0; times < (written[index + 1] as number); times++) numbers.push(written[index] as number);
  }
  return numbers;
};

/** What a chunk's text says; its row knows the rest. */
export const readLog = (text: string, runId: string, firstSeq: number): RunEvent[] => {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed) || parsed[0] !== version) return parsed as RunEvent[];
  const [, start, paths, values, entries] = parsed as [number, number, (string | string[])[], unknown[], Entry[]];
  const events: RunEvent[] = [];
  let ms = start;
  const path = (place: number): NodePath => {
    const found = paths[place] as string | string[];
    return typeof found === "string" ? [found] : found;
  };
  const named = (flat: readonly unknown[]): Values => {
    const found: Record<string, unknown> = {};
    for (let index = 0; index < flat.length; index += 2) {
      setOwn(found, flat[index] as string, values[flat[index + 1] as number]);
    }
    return found;
  };
  const put = (body: object, since: number): void => {
    ms += since;
    events.push(stamped(body, runId, firstSeq + events.length, new Date(ms).toISOString()));
  };
  for (const [kind, since, ...rest] of entries) {
    if (kind === kinds.deltas) {
      const [place, port, text, lengths] = rest as [number, string, number, number[]];
      const all = values[text] as string;
      const times = numbersOf(since as number[]);
      let from = 0;
      numbersOf(lengths).forEach((length, index) => {
        put({ type: "node-delta", path: path(place), port, delta: all.slice(from, from + length) }, times[index] ?? 0);
        from += length;
      });
    } else if (kind === kinds.whole) events.push({ ...(rest[0] as RunEvent), runId, seq: firstSeq + events.length });
    else put(bodyOf(kind, rest, { path, named, values }), since as number);
  }
  return events;
};

type Entry = [kind: number, since: number | number[], ...rest: unknown[]];

interface Lookup {
  readonly path: (place: number) => NodePath;
  readonly named: (flat: readonly unknown[]) => Values;
  readonly values: readonly unknown[];
}

const stamped = (body: object, runId: string, seq: number, at: string): RunEvent =>
  ({ ...body, runId, seq, at }) as RunEvent;

const bodyOf = (kind: number, rest: readonly unknown[], { path, named, values }: Lookup): object => {
  const [first, second, third, fourth] = rest;
  switch (kind) {
    case kinds.runStart:
      return { type: "run-start", graphHash: first, inputs: named(second as unknown[]), ...(third as object) };
    case kinds.nodeStart:
      return { type: "node-start", path: path(first as number), attempt: second, inputs: named(third as unknown[]) };
    case kinds.modelCall: {
      const [operation, endpoint, model, usage, costMicroUsd, latencyMs, firstTokenMs, cached] = second as unknown[];
      const said = { operation, endpoint, model, usage, costMicroUsd, latencyMs, firstTokenMs, cached: cached === 1 };
      const prompt = third === 0 ? {} : { prompt: promptOf(third as [unknown[][], object?], values) };
      return { type: "model-call", path: path(first as number), ...said, ...prompt, ...(fourth as object) };
    }
    case kinds.nodeEnd: {
      const said = { outcome: "success", outputs: named(second as unknown[]), cached: third === 1 };
      return { type: "node-end", path: path(first as number), ...said, ...(fourth as object) };
    }
    case kinds.runEnd:
      return { type: "run-end", outcome: "success", outputs: named(first as unknown[]), ...(second as object) };
    case kinds.other:
      return first as Unstamped;
    default:
      throw new Error(`a log has an entry of kind ${kind}, which this version does not know`);
  }
};

const promptOf = ([messages, more]: [unknown[][], object?], values: readonly unknown[]): object => ({
  messages: messages.map(([role, content, rest]) => ({
    role,
    content: values[content as number],
    ...(rest as object | undefined),
  })),
  ...more,
});
