import { type InputField, isFileKind } from "@/runtime/node/define-node";
import type { PortKind } from "@/runtime/node/port";

/** JSON Schema of the 2020-12 dialect, which OpenAPI 3.1 takes as it is. */
export type PortSchema = Readonly<Record<string, unknown>>;

/** A pipeline's inputs and outputs, as they are described. */
export interface DescribedPorts {
  readonly slug: string;
  readonly name: string;
  readonly version: number;
  /** Whether a call may go on with the calls before it. */
  readonly keepsConversations: boolean;
  readonly inputFields: readonly InputField[];
  readonly outputs: readonly { readonly name: string; readonly kind: PortKind }[];
}

/** A file that was uploaded before, by its id. */
const sentFile: PortSchema = {
  type: "object",
  required: ["fileId"],
  properties: { fileId: { type: "string", pattern: "^file_[A-Za-z0-9_-]{16,64}$" } },
};
const givenFile: PortSchema = {
  type: "object",
  required: ["fileId", "name", "mediaType", "size"],
  properties: {
    fileId: { type: "string" },
    name: { type: "string" },
    mediaType: { type: "string" },
    size: { type: "integer", minimum: 0 },
  },
};

const kindSchema = (field: InputField): PortSchema => {
  if (isFileKind(field.kind)) return sentFile;
  switch (field.kind) {
    case "text":
      return { type: "string", ...(field.maxLength !== undefined && { maxLength: field.maxLength }) };
    case "number":
      return {
        type: "number",
        ...(field.minimum !== undefined && { minimum: field.minimum }),
        ...(field.maximum !== undefined && { maximum: field.maximum }),
      };
    case "choice":
      return { type: "string", enum: field.options ?? [] };
    default:
      return {};
  }
};

const inputSchema = (field: InputField): PortSchema => ({
  ...kindSchema(field),
  ...(field.title !== "" && field.title !== field.name && { title: field.title }),
  ...(field.help !== undefined && field.help !== "" && { description: field.help }),
  ...(field.default !== undefined && { default: field.default }),
});

/** What a run asks its caller for: no other member is taken. */
export const inputsSchema = (fields: readonly InputField[]): PortSchema => {
  const required = fields.filter((field) => field.required && field.default === undefined).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, inputSchema(field)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
};

const outputKinds: Readonly<Record<PortKind, PortSchema>> = {
  text: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  json: {},
  any: {},
  messages: { type: "array", items: { type: "object" } },
  documents: { type: "array", items: { type: "object" } },
  image: givenFile,
  audio: givenFile,
  file: givenFile,
};

/** What a run answers. An output whose branch was not taken is left out. */
export const outputsSchema = (outputs: DescribedPorts["outputs"]): PortSchema => ({
  type: "object",
  properties: Object.fromEntries(outputs.map(({ name, kind }) => [name, outputKinds[kind]])),
});
