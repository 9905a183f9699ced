import { noPrompt } from "@/nodes/lib/prompt/held-prompt";
import { layOver } from "@/nodes/lib/prompt/lay-over";
import { type PromptContent, promptContent } from "@/nodes/lib/prompt/prompt-content";
import type { GraphDocument } from "@/runtime/graph/document";
import { graphHash, sameJson } from "@/runtime/graph/hash";
import type { NodeOverride } from "@/runtime/graph/overrides";
import { composeContent } from "@/server/domain/prompt/compose-version";
import { findVersion } from "@/server/domain/prompt/find-version";
import { readContent } from "@/server/domain/prompt/version-content";
import { heldBy, holderOf } from "@/server/domain/revision/settle-prompts";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import type { Base } from "./base-of";
import { type FieldPrompt, type OpenFieldView, openViews, sameField, storedOpen } from "./open-fields";
import type { AskedChange, FieldChange } from "./proposal.types";

/** New words of a prompt of the library, not kept yet. */
export interface ChangedPrompt extends Omit<FieldPrompt, "part"> {
  readonly content: PromptContent;
}

/** What differs from the base. */
export interface Changes {
  /** Every setting that differs, those of the prompt too. */
  readonly fields: readonly FieldChange[];
  /** Of steps with words of their own. */
  readonly own: readonly FieldChange[];
  readonly prompt: ChangedPrompt | null;
}

const refuse = (message: string, hint: string, field?: AskedChange): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, {
    reason: "input-invalid",
    hint,
    ...(field === undefined ? {} : { fields: { [`${field.node}.${field.field}`]: message } }),
  });

/** Reads what was asked for against what is open; what says the same as before is no change. */
export const readChanges = async (
  database: Database,
  workspaceId: string,
  base: Base,
  asked: readonly AskedChange[],
): Promise<Changes> => {
  const open = await storedOpen(database, workspaceId, base.pipelineId);
  const views = await openViews(database, workspaceId, base.document, open);
  const changed: { readonly view: OpenFieldView; readonly after: unknown }[] = [];
  for (const change of asked) {
    const view = views.find((each) => sameField(each, change));
    if (view === undefined) {
      throw refuse(
        `The setting ${change.field} of ${change.node} is not open for change.`,
        "Ask an engineer to open it, or load the page again.",
        change,
      );
    }
    if (!sameJson(view.value, change.value)) changed.push({ view, after: change.value });
  }
  const field = ({ view, after }: (typeof changed)[number]): FieldChange => ({
    node: view.node,
    field: view.field,
    before: view.value as FieldChange["before"],
    after: after as FieldChange["after"],
  });
  return {
    fields: changed.map(field),
    own: changed.filter(({ view }) => view.prompt === null).map(field),
    prompt: await promptOf(database, workspaceId, changed),
  };
};

const promptOf = async (
  database: Database,
  workspaceId: string,
  changed: readonly { readonly view: OpenFieldView; readonly after: unknown }[],
): Promise<ChangedPrompt | null> => {
  const held = changed.flatMap(({ view, after }) => (view.prompt === null ? [] : [{ prompt: view.prompt, after }]));
  const [first] = held;
  if (first === undefined) return null;
  const { promptId, slug, label, version } = first.prompt;
  if (held.some(({ prompt }) => prompt.promptId !== promptId || prompt.version !== version || prompt.label !== label)) {
    throw refuse(
      "Two prompts of the library are changed at once.",
      "Propose one after the other: then one sees which of them did it.",
    );
  }
  const found = await findVersion(database.prisma, workspaceId, { id: promptId }, String(version));
  if (found === null) throw notFound("version");
  const parts = new Map<string, unknown>();
  for (const { prompt, after } of held) {
    if (parts.has(prompt.part) && !sameJson(parts.get(prompt.part), after))
      throw refuse("Two steps hold the same prompt, and were given different words for it.", "Write the same in both.");
    parts.set(prompt.part, after);
  }
  const read = promptContent.safeParse({ ...found.content, ...Object.fromEntries(parts) });
  if (!read.success) {
    throw refuse(
      `The prompt cannot be read: ${read.error.issues[0]?.message ?? ""}`,
      "Correct it, or put back what stood there.",
    );
  }
  const { content } = await readContent(database.prisma, workspaceId, { slug, kind: found.kind }, read.data);
  return { promptId, slug, label, version, content };
};

/** Settings of the steps as they would be with the changes, for a trial: a prompt's new words are the steps' own, since no version has them yet. */
export const trialOverrides = async (
  database: Database,
  workspaceId: string,
  document: GraphDocument,
  { own, prompt }: Changes,
): Promise<NodeOverride[]> => {
  const overrides: NodeOverride[] = own.map(({ node, field, after }) => ({ nodeId: node, config: { [field]: after } }));
  if (prompt === null) return overrides;
  const { promptId, slug, label, version, content } = prompt;
  const found = await findVersion(database.prisma, workspaceId, { id: promptId }, String(version));
  const composed = await composeContent(database.prisma, workspaceId, slug, content);
  if (found === null || !composed.ok) throw notFound("version");
  for (const node of document.nodes) {
    const held = heldBy(node.type, node.config);
    const holder = holderOf(node.type);
    if (held === null || holder === null || held.reference !== promptId) continue;
    if (held.label !== label || held.version !== version) continue;
    const whole = { ...found, number: version, label, content, composed: composed.value };
    const laid = layOver(node.config, holder.field, holder.holder, whole);
    if (!laid.ok) throw refuse(laid.error, "Correct the prompt, or put back what stood there.");
    const named = holder.holder;
    const names = new Set([...Object.values(named.into), ...named.settings]);
    const config = Object.fromEntries(
      Object.entries(laid.value).filter(([name, value]) => names.has(name) && !sameJson(value, node.config[name])),
    );
    overrides.push({
      nodeId: node.id,
      config: { ...config, [holder.field]: { ...noPrompt } } as NodeOverride["config"],
    });
  }
  return overrides;
};

/** The hash of what a document says, whichever prompts of the library its words are from. */
export const wordsHash = (document: GraphDocument): string => {
  const { variants: _, pins: __, ...plain } = document;
  return graphHash({
    ...plain,
    nodes: plain.nodes.map((node) => {
      const holder = holderOf(node.type);
      return holder === null ? node : { ...node, config: { ...node.config, [holder.field]: { ...noPrompt } as never } };
    }),
  });
};
