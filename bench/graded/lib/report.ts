import { wilson } from "@/runtime/eval/statistics/wilson";
import { type Locale, locales } from "@/runtime/node/localized";
import type { Grade } from "./grade";
import { type Task, type TaskKind, taskKinds } from "./task";

export interface Graded {
  readonly task: Task;
  readonly reply: string;
  readonly grade: Grade;
}

interface Line {
  readonly what: string;
  readonly locale: Locale;
  readonly hits: number;
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const line = (what: string, locale: Locale, graded: readonly Graded[], isHit: (grade: Grade) => boolean): Line => {
  const hits = graded.filter(({ grade }) => isHit(grade)).length;
  const { value, low, high } = wilson(hits, graded.length);
  return { what, locale, hits, count: graded.length, share: value, low, high };
};

/** Shares by kind and language with their intervals (95 %, Wilson), kinds that nobody did left out. */
export const linesOf = (all: readonly Graded[]): readonly Line[] =>
  locales.flatMap((locale) =>
    taskKinds.flatMap((kind: TaskKind) => {
      const of = all.filter(({ task }) => task.kind === kind && task.locale === locale);
      if (of.length === 0) return [];
      return [
        line(kind, locale, of, ({ right }) => right),
        ...(kind === "grounded" ? [line("grounded, says it does not know", locale, of, (each) => !!each.unknown)] : []),
        ...(kind === "json" ? [line("json, fits the schema", locale, of, (each) => !!each.valid)] : []),
      ];
    }),
  );

const percent = (share: number) => (100 * share).toFixed(1);

export const tableOf = (lines: readonly Line[]): string =>
  [
    "| what | language | right | 95 % |",
    "|---|---|---|---|",
    ...lines.map(
      ({ what, locale, hits, count, share, low, high }) =>
        `| ${what} | ${locale} | ${percent(share)} % (${hits} of ${count}) | ${percent(low)} to ${percent(high)} |`,
    ),
  ].join("\n");
