import { catalog } from "@/nodes";
import type { PromptHolder } from "@/nodes/lib/prompt/held-prompt";
import type { PromptContent } from "@/nodes/lib/prompt/prompt-content";
import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import { describeConfig } from "@/runtime/node/describe-config";
import type { Localized } from "@/runtime/node/localized";
import { findVersion } from "@/server/domain/prompt/find-version";
import { heldBy, holderOf } from "@/server/domain/revision/settle-prompts";
import type { Database } from "@/server/platform/db/database";
import { type FieldForm, fieldForm } from "./field-form";
import { type OpenField, openFields } from "./proposal.types";

/** The prompt of the library that a setting has its words from. */
export interface FieldPrompt {
  readonly promptId: string;
  readonly slug: string;
  /** Empty where the step holds a version. */
  readonly label: string;
  readonly version: number;
  /** Which part of the prompt's content the setting is. */
  readonly part: "system" | "user" | "examples";
}

/** A setting that may be changed without the canvas, as it is now. */
export interface OpenFieldView extends OpenField {
  /** The step's name; null where it has none of its own. */
  readonly label: string | null;
  /** What kind of step it is. */
  readonly step: Localized;
  readonly title: Localized;
  readonly help: Localized | null;
  readonly form: FieldForm;
  readonly value: unknown;
  readonly prompt: FieldPrompt | null;
}

/** Parts of a prompt that are changed by their words; its schema and settings of the model stay an engineer's. */
const parts = ["system", "user", "examples"] as const;

/** Which part of a prompt's content a setting is; undefined where it is none that is changed by its words. */
export const partOf = (holder: PromptHolder, field: string) => parts.find((part) => holder.into[part] === field);

const kindOf = (node: GraphNode) => catalog.get(node.type);

/** Every setting that could be opened, in the order of steps and settings. What runs no more is left out. */
export const openable = (document: GraphDocument): readonly Omit<OpenFieldView, "value" | "prompt">[] =>
  document.nodes.flatMap((node) => {
    const definition = kindOf(node);
    if (definition === undefined || node.disabled || definition.boundary !== undefined) return [];
    return describeConfig(definition.config).flatMap((described) => {
      const form = fieldForm(described);
      if (form === null) return [];
      return [
        {
          node: node.id,
          field: described.name,
          label: node.label ?? null,
          step: definition.title,
          title: described.title,
          help: described.help ?? null,
          form,
        },
      ];
    });
  });

/** What an engineer opened; fields of steps that are gone do not count. */
export const readOpen = (stored: unknown): readonly OpenField[] => {
  const read = openFields.safeParse(stored);
  return read.success ? read.data : [];
};

export const storedOpen = async ({ prisma }: Database, workspaceId: string, pipelineId: string) => {
  const row = await prisma.pipeline.findFirst({
    where: { id: pipelineId, workspaceId, deletedAt: null },
    select: { openFields: true },
  });
  return readOpen(row?.openFields);
};

export const sameField = (one: OpenField, other: OpenField): boolean =>
  one.node === other.node && one.field === other.field;

/** Contents of the versions that a document's steps hold; each is read once. */
export class HeldContents {
  readonly #read = new Map<string, PromptContent | null>();

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** null where the version is gone: then the step's words are its own. */
  async of(promptId: string, number: number): Promise<PromptContent | null> {
    const key = `${promptId}@${number}`;
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const found = await findVersion(this.database.prisma, this.workspaceId, { id: promptId }, String(number));
    this.#read.set(key, found?.content ?? null);
    return found?.content ?? null;
  }
}

/** The open settings of a document with what stands in them: of a step that holds a prompt, the prompt's own words. */
export const openViews = async (
  database: Database,
  workspaceId: string,
  document: GraphDocument,
  open: readonly OpenField[],
): Promise<readonly OpenFieldView[]> => {
  const contents = new HeldContents(database, workspaceId);
  const views: OpenFieldView[] = [];
  for (const described of openable(document)) {
    if (!open.some((each) => sameField(each, described))) continue;
    const node = document.nodes.find(({ id }) => id === described.node) as GraphNode;
    const initial = describeConfig(kindOf(node)?.config as never).find(({ name }) => name === described.field)?.initial;
    const own = node.config[described.field] ?? initial ?? null;
    const held = heldBy(node.type, node.config);
    const holder = holderOf(node.type)?.holder;
    const part = held?.fields.includes(described.field) && holder ? partOf(holder, described.field) : undefined;
    const content = part === undefined || held === null ? null : await contents.of(held.reference, held.version);
    if (part === undefined || content === null || held === null) {
      // A setting of the model that came with the prompt is changed where the prompt is.
      if (held?.fields.includes(described.field)) continue;
      views.push({ ...described, value: own, prompt: null });
      continue;
    }
    const { reference: promptId, slug, label, version } = held;
    views.push({ ...described, value: content[part], prompt: { promptId, slug, label, version, part } });
  }
  return views;
};
