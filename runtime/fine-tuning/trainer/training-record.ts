import { z } from "zod";
import type { TrainerEvent } from "./contract";
import { addToCurve, curve } from "./curve";

export const recordLimits = {
  evaluations: 1_000,
  samples: 250,
  lines: 300,
  sampleCharacters: 2_000,
  lineCharacters: 2_000,
} as const;

/** What the app keeps of a training: bounded, however long it runs. */
export const trainingRecord = z.object({
  curve: curve.prefault({}),
  evaluations: z.array(z.object({ step: z.number(), loss: z.number().nullable() })).default([]),
  samples: z.array(z.object({ step: z.number(), prompt: z.number(), text: z.string() })).default([]),
  lines: z.array(z.object({ level: z.enum(["note", "warning"]), code: z.string(), text: z.string() })).default([]),
  /** Evaluations, samples and lines that were older than those kept. */
  dropped: z.number().int().default(0),
  /** Events that were not understood. */
  unread: z.number().int().default(0),
  step: z.number().int().default(0),
  totalSteps: z.number().int().nullable().default(null),
  secondsLeft: z.number().nullable().default(null),
  tokensPerSecond: z.number().nullable().default(null),
  trainedParameters: z.number().nullable().default(null),
  parameters: z.number().nullable().default(null),
  device: z.string().nullable().default(null),
});
export type TrainingRecord = z.output<typeof trainingRecord>;
export const emptyRecord = (): TrainingRecord => trainingRecord.parse({});

const last = <Item>(items: readonly Item[], most: number): readonly Item[] =>
  items.length > most ? items.slice(-most) : items;
const cut = (text: string, most: number): string =>
  (text.length > most ? `${text.slice(0, most)}…` : text).toWellFormed().replaceAll("\u0000", "");

/** The record with one event more; null is an event that was not understood. */
export const addEvent = (record: TrainingRecord, event: TrainerEvent | null): TrainingRecord => {
  if (event === null) return { ...record, unread: record.unread + 1 };
  const line = (level: "note" | "warning", code: string, text: string): TrainingRecord => ({
    ...record,
    dropped: record.dropped + (record.lines.length >= recordLimits.lines ? 1 : 0),
    lines: [
      ...last([...record.lines, { level, code, text: cut(text, recordLimits.lineCharacters) }], recordLimits.lines),
    ],
  });
  switch (event.type) {
    case "progress": {
      const { step, totalSteps, loss = null, learningRate = null, memoryBytes = null } = event;
      return {
        ...record,
        step,
        totalSteps,
        secondsLeft: event.secondsLeft ?? null,
        tokensPerSecond: event.tokensPerSecond ?? null,
        curve: addToCurve(record.curve, { step, loss, learningRate, memoryBytes }),
      };
    }
    case "evaluation": {
      const before = record.evaluations.filter(({ step }) => step < event.step);
      const all = [...before, { step: event.step, loss: event.evalLoss ?? null }];
      const evaluations = [...last(all, recordLimits.evaluations)];
      return { ...record, evaluations, dropped: record.dropped + all.length - evaluations.length };
    }
    case "sample": {
      const { step, prompt, text } = event;
      const others = record.samples.filter((sample) => sample.step !== step || sample.prompt !== prompt);
      const all = [...others, { step, prompt, text: cut(text, recordLimits.sampleCharacters) }];
      const samples = [...last(all, recordLimits.samples)];
      return { ...record, samples, dropped: record.dropped + all.length - samples.length };
    }
    case "warning":
      return line("warning", event.code, event.text);
    case "log":
      return line("note", "log", event.text);
    case "resumed":
      return line("note", "resumed", `Went on from step ${event.step}.`);
    case "data":
      return line("note", "data", `${event.part}: ${event.used} of ${event.rows} rows are used.`);
    case "model":
      return {
        ...record,
        trainedParameters: event.trainedParameters,
        parameters: event.parameters,
        device: event.device,
      };
    default:
      return record;
  }
};
