import { evalLimits } from "@/runtime/eval/contract/limits";
import { diffDocuments } from "@/runtime/graph/diff";
import type { GraphDocument } from "@/runtime/graph/document";
import type { NodeOverride } from "@/runtime/graph/overrides";
import type { VariantForm } from "./set-up-form";

/** One setting that a version has otherwise than the one before it, and how it is put back. */
export interface Edit {
  readonly node: string;
  /** Names of the settings: one, or all of the step's where there are more edits than an experiment takes. */
  readonly fields: readonly string[];
  readonly back: NodeOverride;
}

export interface Ablation {
  readonly edits: readonly Edit[];
  /** Edits that stay in all variants, for want of room. */
  readonly left: readonly Edit[];
  /** Steps and wires that came or went; they stay in all variants. */
  readonly structure: number;
}

/** Beside the version itself and the one before. */
export const mostEdits = evalLimits.variants - 2;

const backOf = (node: string, from: Readonly<Record<string, unknown>>, fields: readonly string[]): NodeOverride => {
  const config = Object.fromEntries(
    fields.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  ) as NodeOverride["config"];
  const unset = fields.filter((name) => from[name] === undefined);
  return { nodeId: node, config, ...(unset.length > 0 && { unset }) };
};

/**
 * The edits between two versions, setting by setting; step by step where that would be more than an experiment holds. Which prompt of the library the words are from is no edit: its words are.
 * Steps that are of another kind, and wires, are structure.
 */
export const ablationOf = (from: GraphDocument, to: GraphDocument): Ablation => {
  const diff = diffDocuments(from, to);
  const settings = diff.changed.map((changed) => ({
    ...changed,
    names: changed.fields
      .flatMap((field) => (field.startsWith("config.") ? [field.slice("config.".length)] : []))
      .filter((name) => !isReference(changed.to.config[name])),
  }));
  const single = settings.flatMap(({ id, from: before, names }) =>
    names.map((name): Edit => ({ node: id, fields: [name], back: backOf(id, before.config, [name]) })),
  );
  const edits =
    single.length <= mostEdits
      ? single
      : settings
          .filter(({ names }) => names.length > 0)
          .map(
            ({ id, from: before, names }): Edit => ({
              node: id,
              fields: names,
              back: backOf(id, before.config, names),
            }),
          );
  const others = settings.filter(({ fields }) => fields.some((field) => !field.startsWith("config."))).length;
  return {
    edits: edits.slice(0, mostEdits),
    left: edits.slice(mostEdits),
    structure: diff.added.length + diff.removed.length + diff.wired.length + diff.unwired.length + others,
  };
};

const isReference = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "reference" in value && "hash" in value;

interface AblationNames {
  readonly all: string;
  readonly none: string;
  readonly without: (edit: Edit) => string;
}

/** The later version, each of its edits taken back by itself, and the earlier version: what one edit does is the difference between the first and the variant without it. */
export const ablationVariants = (
  versions: { readonly from: string; readonly to: string },
  edits: readonly Edit[],
  names: AblationNames,
): readonly VariantForm[] => {
  const keys = "bcdefgh";
  const short = (name: string) => name.slice(0, evalLimits.nameCharacters);
  return [
    { key: "a", label: short(names.all), source: versions.to, overrides: [] },
    ...edits.map(
      (edit, index): VariantForm => ({
        key: keys.charAt(index),
        label: short(names.without(edit)),
        source: versions.to,
        overrides: [edit.back],
      }),
    ),
    // With one edit, taking it back is the version before.
    ...(edits.length > 1
      ? [{ key: keys.charAt(edits.length), label: short(names.none), source: versions.from, overrides: [] }]
      : []),
  ];
};
