import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type Locale, locales } from "@/runtime/node/localized";
import type { Source } from "@/runtime/node/source";

/** What a reply must, or must not, hold. A date without its year is "MM-DD", a time "HH:MM". Numbers without a unit may have any. */
const fact = z.union([
  z.strictObject({ number: z.number(), unit: z.string().optional() }),
  z.strictObject({ date: z.string().regex(/^(\d{4}-)?\d{2}-\d{2}$/) }),
  z.strictObject({ time: z.string().regex(/^\d{2}:\d{2}$/) }),
  z.strictObject({ code: z.string() }),
  z.strictObject({ text: z.array(z.string()).min(1) }),
]);
export type Fact = z.output<typeof fact>;

/** What a field of the JSON must be. */
const expected = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  fact,
  z.strictObject({ digits: z.string() }),
  z.strictObject({ list: z.array(z.string()) }),
]);
export type Expected = z.output<typeof expected>;

const facts = { right: z.array(fact).default([]), wrong: z.array(fact).default([]) };
const passages = z.array(z.string()).min(2).max(5);

const lines = {
  grounded: z.strictObject({ id: z.string(), question: z.string(), passages, ...facts }),
  unknown: z.strictObject({ id: z.string(), question: z.string(), passages }),
  json: z.strictObject({
    id: z.string(),
    schema: z.string(),
    text: z.string(),
    right: z.record(z.string(), expected),
  }),
  labels: z.strictObject({ id: z.string(), set: z.string(), text: z.string(), right: z.string() }),
  rewrite: z.strictObject({
    id: z.string(),
    instruction: z.string(),
    text: z.string(),
    sentences: z.int(),
    ...facts,
  }),
  format: z.strictObject({
    id: z.string(),
    instruction: z.string(),
    text: z.string(),
    pattern: z.string().optional(),
    items: z.array(z.string()).optional(),
    notItems: z.array(z.string()).default([]),
    separator: z.string().optional(),
    lines: z.strictObject({ count: z.int(), start: z.string().optional() }).optional(),
    ...facts,
  }),
} as const;

type Lines = { readonly [Kind in keyof typeof lines]: z.output<(typeof lines)[Kind]> };
export type TaskKind = keyof Lines;
export const taskKinds = Object.keys(lines) as readonly TaskKind[];

interface Label {
  readonly name: string;
  readonly description?: string;
}
interface Common {
  readonly locale: Locale;
  readonly half: "tune" | "figures";
}
export type GroundedTask = { readonly kind: "grounded" } & Common & Lines["grounded"] & { readonly sources: Source[] };
export type UnknownTask = { readonly kind: "unknown" } & Common & Lines["unknown"] & { readonly sources: Source[] };
export type JsonTask = { readonly kind: "json" } & Common &
  Omit<Lines["json"], "schema"> & { readonly schema: Readonly<Record<string, unknown>> };
export type LabelTask = { readonly kind: "labels" } & Common & Lines["labels"] & { readonly labels: Label[] };
export type RewriteTask = { readonly kind: "rewrite" } & Common & Lines["rewrite"];
export type FormatTask = { readonly kind: "format" } & Common & Lines["format"];
export type Task = GroundedTask | UnknownTask | JsonTask | LabelTask | RewriteTask | FormatTask;

const folder = path.resolve(import.meta.dirname, "../tasks");
const read = (locale: Locale, name: string) => readFileSync(path.join(folder, locale, name), "utf8");
const rows = (locale: Locale, name: string): readonly unknown[] =>
  read(locale, name)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const digestOf = (id: string): string => createHash("sha256").update(id).digest("hex");

/**
 * Prompts are chosen on one half and judged on the other: of each kind, those whose names have the smaller digests are for choosing. So chance
 * decides, and decides the same each time.
 */
const halfOf = (ids: readonly string[]): ((id: string) => Common["half"]) => {
  const inOrder = [...ids].sort((left, right) => (digestOf(left) < digestOf(right) ? -1 : 1));
  const tune = new Set(inOrder.slice(0, Math.ceil(ids.length / 2)));
  return (id) => (tune.has(id) ? "tune" : "figures");
};

const passage = z.strictObject({ id: z.string(), document: z.string(), heading: z.string(), text: z.string() });

const tasksIn = (locale: Locale): readonly Task[] => {
  const sources = new Map(
    rows(locale, "passages.jsonl").map((row): [string, Source] => {
      const { id, document, heading, text } = passage.parse(row);
      const place = { knowledgeBaseId: "graded", documentId: document, documentName: document };
      return [id, { id, ...place, heading, text, score: 1, start: 0, end: text.length }];
    }),
  );
  const schemas = z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .parse(JSON.parse(read(locale, "schemas.json")));
  const sets = z
    .record(z.string(), z.array(z.strictObject({ name: z.string(), description: z.string().optional() })))
    .parse(JSON.parse(read(locale, "label-sets.json")));
  const named = <T>(known: ReadonlyMap<string, T>, name: string, id: string): T => {
    const found = known.get(name);
    if (found === undefined) throw new Error(`${id} names ${name}, which there is not`);
    return found;
  };
  const of = <Kind extends TaskKind>(kind: Kind) => {
    const read = rows(locale, `${kind}.jsonl`).map((row) => lines[kind].parse(row) as Lines[Kind]);
    const half = halfOf(read.map(({ id }) => id));
    return read.map((row) => ({ kind, locale, half: half(row.id), ...row }));
  };
  const found = (names: readonly string[], id: string) => names.map((name) => named(sources, name, id));
  return [
    ...of("grounded").map((row) => ({
      ...row,
      sources: found(row.passages, row.id),
    })),
    ...of("unknown").map((row) => ({
      ...row,
      sources: found(row.passages, row.id),
    })),
    ...of("json").map((row) => ({
      ...row,
      schema: named(new Map(Object.entries(schemas)), row.schema, row.id),
    })),
    ...of("labels").map((row) => ({
      ...row,
      labels: named(new Map(Object.entries(sets)), row.set, row.id),
    })),
    ...of("rewrite"),
    ...of("format"),
  ];
};

/** All tasks, English first, in the order of their files. */
export const readTasks = (): readonly Task[] => locales.flatMap(tasksIn);
