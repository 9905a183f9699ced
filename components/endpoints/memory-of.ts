import type { EmbeddedStatus } from "./use-embedded-status";

type ModelStatus = EmbeddedStatus["models"][number];

export interface ModelMemory {
  readonly state: ModelStatus["state"];
  /** Of the model and the parts it is made of; 0 where none is in memory, or it works with another model's. */
  readonly bytes: number;
  readonly title: ModelStatus["title"];
  readonly licence: ModelStatus["licence"];
}

/**
 * What a shipped model takes. A part of it, such as the half of `local-embed` for one language, is named `<model>-<part>` and no model of the endpoint's own:
 * its memory is the model's.
 */
export const memoryOf = (
  { models }: Pick<EmbeddedStatus, "models">,
  name: string,
  offered: readonly string[],
): ModelMemory | null => {
  const own = models.find((each) => each.name === name);
  if (own === undefined) return null;
  const parts = models.filter((each) => each.name.startsWith(`${name}-`) && !offered.includes(each.name));
  return {
    state: own.state,
    title: own.title,
    licence: own.licence,
    bytes: [own, ...parts].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
};
