import type { AnyNode, Catalog } from "@/runtime/node/catalog";
import type { Diagnostic } from "./diagnostic";
import type { GraphDocument, GraphNode, NodeVariant } from "./document";
import { fail, ok, type Result } from "./result";
import { configChanges, configWith, variantsOf, withVariants } from "./variants";

/** Lifts a node's saved config to the version of its definition, step by step. The same node where nothing is to be done. */
export const migrateNode = (node: GraphNode, definition: AnyNode): Result<GraphNode, Diagnostic> => {
  if (node.typeVersion === definition.version) return ok(node);
  if (node.typeVersion > definition.version) return fail(versionUnknown(node, definition.version));
  let config: Record<string, unknown> = structuredClone(node.config);
  for (let version = node.typeVersion + 1; version <= definition.version; version++) {
    const step = definition.migrations?.[version];
    if (step === undefined) return fail(versionUnknown(node, definition.version));
    try {
      config = step(config);
    } catch (error) {
      // Migrations see configs that no schema has checked; one that trips over its input must not take the editor down.
      const reason = error instanceof Error ? error.message : String(error);
      return fail({
        code: "config-invalid",
        severity: "error",
        message: `The settings, saved in version ${version - 1}, cannot be lifted to version ${version}: ${reason}`,
        hint: "Replace the node with a new one.",
        params: { node: node.label ?? node.id, field: "", reason },
        at: { node: node.id },
      });
    }
  }
  return ok({ ...node, typeVersion: definition.version, config: config as GraphNode["config"] });
};

/** Lifts every node that can be lifted, those of bodies too. Nodes that cannot stay as they are, and validation says so. */
export const migrateDocument = (document: GraphDocument, catalog: Catalog): GraphDocument => {
  let changed = false;
  let varied = document;
  const nodes = document.nodes.map((saved) => {
    const body = saved.body && migrateDocument(saved.body, catalog);
    const node = body === saved.body || body === undefined ? saved : { ...saved, body };
    if (node !== saved) changed = true;
    const definition = catalog.get(node.type);
    const lifted = definition === undefined ? null : migrateNode(node, definition);
    if (lifted === null || !lifted.ok || lifted.value === node) return node;
    changed = true;
    varied = withVariants(varied, node.id, liftVariants(node, lifted.value, variantsOf(document, node.id), definition));
    return lifted.value;
  });
  return changed ? { ...varied, nodes } : document;
};

/** A variant is lifted as the whole config that it stands for; one that cannot be is left as it is. */
const liftVariants = (
  before: GraphNode,
  after: GraphNode,
  variants: readonly NodeVariant[],
  definition: AnyNode | undefined,
): readonly NodeVariant[] =>
  variants.map((variant) => {
    const lifted = definition && migrateNode({ ...before, config: configWith(before.config, variant) }, definition);
    if (!lifted?.ok) return variant;
    return { id: variant.id, label: variant.label, ...configChanges(after.config, lifted.value.config) };
  });

const versionUnknown = (node: GraphNode, newest: number): Diagnostic => ({
  code: "node-version-unknown",
  severity: "error",
  message: `"${node.label ?? node.id}" was saved with version ${node.typeVersion} of ${node.type}; this program has version ${newest}.`,
  hint: "Update the program, or replace the node with a new one.",
  params: { node: node.label ?? node.id, type: node.type, version: node.typeVersion, newest },
  at: { node: node.id },
});
