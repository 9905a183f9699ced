import { z } from "zod";
import { schemaField } from "../json-schema-check";
import { templateLimits, templateVariables } from "../template";
import { variableName } from "../variable-name";

/** Bounds of one prompt of the library, and of a library. */
export const promptLimits = {
  prompts: 5_000,
  versions: 5_000,
  labels: 50,
  tags: 20,
  tagLength: 40,
  nameLength: 120,
  slugLength: 64,
  folderDepth: 8,
  folderNameLength: 60,
  taskTypeLength: 60,
  noteLength: 500,
  notesLength: 20_000,
  /** Levels of prompts that include one another. */
  includeDepth: 10,
  /** Prompts that one text includes, and all of those they include. */
  includes: 100,
  exampleLength: 5_000,
  descriptionLength: 500,
} as const;

export const promptKinds = ["chat", "text", "rubric"] as const;
export type PromptKind = (typeof promptKinds)[number];

export const variableTypes = ["text", "number", "boolean", "json"] as const;

/** What a variable of the texts stands for. */
export const promptVariable = z.strictObject({
  name: variableName,
  type: z.enum(variableTypes).default("text"),
  description: z.string().trim().max(promptLimits.descriptionLength).default(""),
  /** A value as it is written: JSON where the type is not text. */
  example: z.string().max(promptLimits.exampleLength).default(""),
});
export type PromptVariable = z.output<typeof promptVariable>;

/** The model's settings that a prompt was written for. A step that holds the prompt takes over those that are set. */
export const promptSettings = z.strictObject({
  model: z.string().trim().min(1).max(300).optional(),
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.int().min(1).max(131_072).optional(),
  topP: z.number().gt(0).max(1).optional(),
  stop: z.array(z.string().min(1).max(100)).max(4).optional(),
});

const text = z.string().max(templateLimits.length).default("");
const example = z.strictObject({
  user: z.string().min(1).max(20_000),
  assistant: z.string().min(1).max(20_000),
});

/** What a version of a prompt says: all that is hashed, compared and merged. */
export const promptContent = z
  .strictObject({
    /** Instructions of a chat prompt; empty for the other kinds. */
    system: text,
    /** The message of a chat prompt, the words of a text, the criteria of a rubric. */
    user: text,
    /** Messages with the replies that one would like. */
    examples: z.array(example).max(20).default([]),
    variables: z.array(promptVariable).max(templateLimits.variables).default([]),
    /** JSON Schema of the reply; null where it is text. */
    schema: schemaField.default(null),
    settings: promptSettings.default({}),
  })
  .superRefine(({ system, user, variables }, context) => {
    const names = new Set<string>();
    for (const [index, { name }] of variables.entries()) {
      if (names.has(name)) {
        context.addIssue({
          code: "custom",
          message: `There is another variable ${name}.`,
          path: ["variables", index, "name"],
        });
      }
      names.add(name);
    }
    if (templateVariables(system, user).length > templateLimits.variables) {
      const message = `A prompt takes at most ${templateLimits.variables} variables; gather some into one JSON value.`;
      context.addIssue({ code: "custom", message, path: ["user"] });
    }
  });
export type PromptContent = z.output<typeof promptContent>;

export const emptyContent: PromptContent = promptContent.parse({});

/** The fields of a content, in the order in which they are shown, compared and merged. */
export const contentFields = ["system", "user", "examples", "variables", "schema", "settings"] as const;
export type ContentField = (typeof contentFields)[number];

/** A content with a row for each variable that its texts use: those that are described keep what was said of them, new ones are texts. */
export const withVariables = (content: PromptContent): PromptContent => {
  const described = new Set(content.variables.map(({ name }) => name));
  const added = templateVariables(content.system, content.user)
    .filter(({ name }) => !described.has(name))
    .map(({ name, structured }) => promptVariable.parse({ name, type: structured ? "json" : "text" }));
  return added.length === 0 ? content : { ...content, variables: [...content.variables, ...added] };
};

/** Names that are described and that no text uses. */
export const unusedVariables = ({ system, user, variables }: PromptContent): readonly string[] => {
  const used = new Set(templateVariables(system, user).map(({ name }) => name));
  return variables.map(({ name }) => name).filter((name) => !used.has(name));
};
