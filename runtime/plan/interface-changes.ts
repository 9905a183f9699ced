import type { InputField } from "@/runtime/node/define-node";
import type { PortKind } from "@/runtime/node/port";

/** What a caller of a pipeline sees of it. */
export interface PipelineInterface {
  readonly inputFields: readonly InputField[];
  readonly outputs: readonly { readonly name: string; readonly kind: PortKind }[];
}

export const breakingCodes = [
  "input-required",
  "input-removed",
  "input-kind",
  "input-narrowed",
  "output-removed",
  "output-kind",
] as const;

/** A change after which a call that was right is refused, or an answer lacks what its reader reads. */
export interface BreakingChange {
  readonly code: (typeof breakingCodes)[number];
  /** Of the input or output. */
  readonly name: string;
  /** What it was, and what it is: a kind, a bound, the options that are gone, or the only name it can have now. Empty where there is none. */
  readonly before: string;
  readonly after: string;
}

/**
 * What of a pipeline's interface breaks its callers, by the rules of JSON Schema: an input may only take more than before, an output may only say less. An
 * input that was added and may be left out, and an output that was added, break nobody. In the order of the interface before.
 */
export const breakingChanges = (before: PipelineInterface, after: PipelineInterface): readonly BreakingChange[] => [
  ...inputChanges(before.inputFields, after.inputFields),
  ...outputChanges(before.outputs, after.outputs),
];

const isNeeded = (field: InputField): boolean => field.required && field.default === undefined;

const inputChanges = (before: readonly InputField[], after: readonly InputField[]): readonly BreakingChange[] => {
  const changes: BreakingChange[] = [];
  const added = after.filter(({ name }) => before.every((field) => field.name !== name));
  for (const field of before) {
    const { name } = field;
    const now = after.find((each) => each.name === name);
    if (now === undefined) {
      changes.push({ code: "input-removed", name, before: field.kind, after: renamed(field, before, added, after) });
      continue;
    }
    if (!takesKind(field, now)) {
      changes.push({ code: "input-kind", name, before: field.kind, after: now.kind });
      continue;
    }
    if (isNeeded(now) && !isNeeded(field)) changes.push({ code: "input-required", name, before: "", after: "" });
    for (const [was, is] of narrowings(field, now))
      changes.push({ code: "input-narrowed", name, before: was, after: is });
  }
  for (const field of added)
    if (isNeeded(field)) changes.push({ code: "input-required", name: field.name, before: "", after: field.kind });
  return changes;
};

/** The one new name of its kind, where it is the only one of its kind that is gone. */
const renamed = <Port extends { readonly name: string; readonly kind: string }>(
  port: Port,
  before: readonly Port[],
  added: readonly Port[],
  after: readonly Port[],
): string => {
  const gone = before.filter(({ name, kind }) => kind === port.kind && after.every((each) => each.name !== name));
  const fresh = added.filter(({ kind }) => kind === port.kind);
  return gone.length === 1 && fresh.length === 1 ? (fresh[0]?.name ?? "") : "";
};

/** Any value of the former kind is one of the new kind. */
const takesKind = ({ kind: was }: InputField, { kind: is }: InputField): boolean =>
  was === is ||
  (was === "choice" && is === "text") ||
  // A choice that lists fewer texts than there are: what of them is gone is said as a narrowing.
  ((was === "image" || was === "audio") && is === "file") ||
  (is === "json" && (was === "text" || was === "number" || was === "choice"));

/** Bounds that take less than before, each as it was and as it is. */
const narrowings = (was: InputField, is: InputField): readonly (readonly [string, string])[] => {
  const found: (readonly [string, string])[] = [];
  const atMost = (key: "maxLength" | "maximum" | "maxBytes") => {
    const [former, now] = [was[key] ?? Number.POSITIVE_INFINITY, is[key] ?? Number.POSITIVE_INFINITY];
    if (now < former) found.push([`${key} ${Number.isFinite(former) ? former : "∞"}`, `${key} ${now}`]);
  };
  atMost("maxLength");
  atMost("maximum");
  atMost("maxBytes");
  const [least, now] = [was.minimum ?? Number.NEGATIVE_INFINITY, is.minimum ?? Number.NEGATIVE_INFINITY];
  if (now > least) found.push([`minimum ${Number.isFinite(least) ? least : "-∞"}`, `minimum ${now}`]);
  const options = (was.kind === "choice" && is.kind === "choice" ? (was.options ?? []) : []).filter(
    (option) => !(is.options ?? []).includes(option),
  );
  if (options.length > 0) found.push([options.join(", "), ""]);
  if (is.accept !== undefined) {
    const refused = (was.accept ?? ["*"]).filter((each) => !is.accept?.includes(each));
    if (refused.length > 0) found.push([refused.join(", "), is.accept.join(", ")]);
  }
  return found;
};

type Output = PipelineInterface["outputs"][number];

const outputChanges = (before: readonly Output[], after: readonly Output[]): readonly BreakingChange[] => {
  const added = after.filter(({ name }) => before.every((output) => output.name !== name));
  return before.flatMap((output): readonly BreakingChange[] => {
    const { name, kind } = output;
    const now = after.find((each) => each.name === name);
    if (now === undefined)
      return [{ code: "output-removed", name, before: kind, after: renamed(output, before, added, after) }];
    // Whoever could read anything can read what is told more closely.
    if (now.kind === kind || kind === "json" || kind === "any") return [];
    return [{ code: "output-kind", name, before: kind, after: now.kind }];
  });
};
