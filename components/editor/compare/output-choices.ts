import { liveOutputs } from "@/components/run/live-outputs";
import type { GraphDocument } from "@/runtime/graph/document";
import type { Catalog } from "@/runtime/node/catalog";
import type { Locale } from "@/runtime/node/localized";
import { isRecord } from "@/runtime/node/record";
import type { RunState } from "@/runtime/run/reduce";

/** Which part of an answer is compared: an output of the pipeline or of the step itself, and of a structured one a field, or all of it. */
export interface OutputChoice {
  readonly of: "pipeline" | "step";
  readonly port: string;
  readonly field: string | null;
}

export interface PickedOutput {
  readonly value: unknown;
  readonly streaming: boolean;
}

/** Fields of a structured answer that are offered by themselves. */
const mostFields = 30;

/** A structured value; a text that holds one counts, too. */
const structured = (value: unknown): Readonly<Record<string, unknown>> | null => {
  if (isRecord(value)) return value;
  if (typeof value !== "string" || !value.trimStart().startsWith("{")) return null;
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
};

export const sameChoice = (a: OutputChoice, b: OutputChoice): boolean =>
  a.of === b.of && a.port === b.port && a.field === b.field;

export interface Compared {
  readonly document: GraphDocument;
  readonly catalog: Catalog;
  readonly locale: Locale;
  /** The node whose variants they are. */
  readonly node: string;
}

/** The part of what a run gave so far; undefined where there is none of it yet. */
export const pickOutput = (
  { document, catalog, locale, node }: Compared,
  run: RunState,
  choice: OutputChoice,
): PickedOutput | undefined => {
  const found = choice.of === "pipeline" ? ofPipeline() : ofStep();
  if (found === undefined || choice.field === null) return found;
  const record = structured(found.value);
  return record && Object.hasOwn(record, choice.field)
    ? { value: record[choice.field], streaming: found.streaming }
    : undefined;

  function ofPipeline(): PickedOutput | undefined {
    return liveOutputs(document, catalog, run, locale).find(({ name }) => name === choice.port);
  }
  function ofStep(): PickedOutput | undefined {
    const state = run.nodes.get(node);
    if (state?.outputs && Object.hasOwn(state.outputs, choice.port))
      return { value: state.outputs[choice.port], streaming: false };
    return state && Object.hasOwn(state.text, choice.port)
      ? { value: state.text[choice.port], streaming: state.status === "running" }
      : undefined;
  }
};

/** Everything that can be compared: the pipeline's outputs, the step's own, and the fields that answers so far have had. */
export const outputChoices = (
  compared: Compared,
  ports: { readonly pipeline: readonly string[]; readonly step: readonly string[] },
  runs: readonly RunState[],
): readonly OutputChoice[] => {
  const whole = [
    ...ports.pipeline.map((port) => ({ of: "pipeline" as const, port, field: null })),
    ...ports.step.filter((port) => port !== "error").map((port) => ({ of: "step" as const, port, field: null })),
  ];
  return whole.flatMap((choice) => {
    const fields = new Set<string>();
    for (const run of runs) {
      const picked = pickOutput(compared, run, choice);
      if (picked === undefined || picked.streaming) continue;
      for (const field of Object.keys(structured(picked.value) ?? {})) fields.add(field);
    }
    return [choice, ...[...fields].slice(0, mostFields).map((field) => ({ ...choice, field }))];
  });
};
