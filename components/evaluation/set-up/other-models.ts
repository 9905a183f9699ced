import { catalog } from "@/nodes/index";
import { evalLimits } from "@/runtime/eval/contract/limits";
import type { GraphDocument } from "@/runtime/graph/document";
import type { NodeOverride } from "@/runtime/graph/overrides";
import { describeConfig } from "@/runtime/node/describe-config";
import { freeScorerId, type ScorerForm } from "./set-up-form";

interface KnownModel {
  readonly ref: string;
  readonly name: string;
  readonly chat: boolean;
  readonly available: boolean;
}

/** A model, and the settings that have every chat step of the pipeline ask it. */
export interface OtherModel {
  readonly ref: string;
  readonly name: string;
  readonly overrides: readonly NodeOverride[];
}

/** As many as a menu shows. */
const most = 30;

/** Settings that name a chat model, of the steps that run. */
const modelSettings = (document: GraphDocument) =>
  document.nodes.flatMap((node) => {
    const definition = node.disabled ? undefined : catalog.get(node.type);
    if (definition === undefined) return [];
    return describeConfig(definition.config).flatMap(({ name, control }) =>
      control === "chat-model" ? [{ nodeId: node.id, name }] : [],
    );
  });

/** The same rows on another model: each chat model that can be reached, laid over all steps that ask one. None where no step does. */
export const otherModels = (document: GraphDocument, models: readonly KnownModel[]): readonly OtherModel[] => {
  const settings = modelSettings(document);
  if (settings.length === 0) return [];
  return models
    .filter(({ chat, available }) => chat && available)
    .slice(0, most)
    .map(({ ref, name }) => ({
      ref,
      name: name.slice(0, evalLimits.nameCharacters),
      overrides: settings.map(({ nodeId, name: setting }) => ({ nodeId, config: { [setting]: ref } })),
    }));
};

/** With the time of an answer among the scorers, where there is room. */
export const withLatency = (scorers: readonly ScorerForm[]): readonly ScorerForm[] =>
  scorers.some(({ type }) => type === "run/latency") || scorers.length >= evalLimits.scorers
    ? scorers
    : [
        ...scorers,
        { id: freeScorerId("run/latency", scorers), type: "run/latency", config: {}, output: null, expected: null },
      ];
