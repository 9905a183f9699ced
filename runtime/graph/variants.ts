import type { GraphDocument, GraphNode, NodeVariant } from "./document";
import { sameJson } from "./hash";
import { fail, ok, type Result } from "./result";

type Config = GraphNode["config"];

/** How a config differs from another one. */
export type ConfigChanges = Pick<NodeVariant, "config" | "unset">;

const none: readonly NodeVariant[] = [];

export const variantsOf = ({ variants = {} }: GraphDocument, node: string): readonly NodeVariant[] =>
  (Object.hasOwn(variants, node) ? variants[node] : undefined) ?? none;

/** The config with the changes laid over it, field by field. */
export const configWith = (own: Config, { config, unset = [] }: ConfigChanges): Config => ({
  ...Object.fromEntries(Object.entries(own).filter(([field]) => !unset.includes(field))),
  ...config,
});

/** What `configWith` needs to make `wanted` out of `own`; only fields that differ. */
export const configChanges = (own: Config, wanted: Config): ConfigChanges => {
  const unset = Object.keys(own).filter((field) => !Object.hasOwn(wanted, field));
  return {
    config: Object.fromEntries(Object.entries(wanted).filter(([field, value]) => !sameJson(own[field], value))),
    ...(unset.length > 0 && { unset }),
  };
};

/** Names of the fields in which a variant differs from the node as it is now. */
export const changedFields = (own: Config, changes: ConfigChanges): readonly string[] => {
  const { config, unset = [] } = configChanges(own, configWith(own, changes));
  return [...Object.keys(config), ...unset];
};

/** Makes a variant the node's own config; its place takes what the node had, under `label`. The other variants stay what they were as a whole. */
export const promoteVariant = (
  own: Config,
  variants: readonly NodeVariant[],
  id: string,
  label: string,
): { readonly config: Config; readonly variants: readonly NodeVariant[] } => {
  const chosen = variants.find((variant) => variant.id === id);
  if (chosen === undefined) return { config: own, variants };
  const config = configWith(own, chosen);
  return {
    config,
    variants: variants.map((variant) =>
      variant.id === id
        ? { id, label, ...configChanges(config, own) }
        : { id: variant.id, label: variant.label, ...configChanges(config, configWith(own, variant)) },
    ),
  };
};

/** The document with these variants of a node; an empty list takes them away. */
export const withVariants = (
  document: GraphDocument,
  node: string,
  variants: readonly NodeVariant[],
): GraphDocument => {
  const { variants: former = {}, ...rest } = document;
  const kept = new Map(Object.entries(former));
  if (variants.length === 0) kept.delete(node);
  else kept.set(node, [...variants]);
  return kept.size === 0 ? rest : { ...rest, variants: Object.fromEntries(kept) };
};

/** A variant of a document's node, by ids. */
export interface VariantChoice {
  readonly node: string;
  readonly id: string;
}

/**
 * The document in which each chosen variant stands in place of its node's own settings, and what the variants are called; the last choice of a
 * node counts. Fails with the first choice that the document does not have.
 */
export const applyVariants = (
  document: GraphDocument,
  choices: readonly VariantChoice[],
): Result<
  { readonly document: GraphDocument; readonly variants: readonly (VariantChoice & { readonly label: string })[] },
  VariantChoice
> => {
  const chosen = new Map<string, NodeVariant>();
  for (const choice of choices) {
    const variant = variantsOf(document, choice.node).find(({ id }) => id === choice.id);
    if (variant === undefined || !document.nodes.some(({ id }) => id === choice.node)) return fail(choice);
    chosen.set(choice.node, variant);
  }
  const nodes = document.nodes.map((node) => {
    const variant = chosen.get(node.id);
    return variant === undefined ? node : { ...node, config: configWith(node.config, variant) };
  });
  return ok({
    document: { ...document, nodes },
    variants: [...chosen].map(([node, { id, label }]) => ({ node, id, label })),
  });
};
