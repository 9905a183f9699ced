import { z } from "zod";
import type { BodyInterface } from "@/runtime/node/body";
import type { JsonSchema } from "@/runtime/node/context";
import type { Container, InputField } from "@/runtime/node/define-node";
import { isFileKind } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { variableNameLength } from "../variable-name";

type Body = Container["start"];
type Config = Body["nodes"][number]["config"];

/** The setting by which a tool of an agent names a pipeline. `step` is the step of the agent's body that runs it; what version it is stands there, too. */
export const toolPipeline = z
  .object({
    step: z.string().regex(/^p\d{1,3}$/),
    reference: z.string().min(1).max(64),
    name: z.string().max(200),
    revisionId: z.string().max(64),
    number: z.int().min(0),
    follows: z.boolean(),
  })
  .nullable()
  .default(null)
  .meta(
    field({
      title: { en: "Pipeline", zh: "流水线" },
      help: {
        en: "Its inputs are what the model gives, its outputs what the model is told.",
        zh: "模型给出它的输入，它的输出会告诉模型。",
      },
      control: "tool-pipeline",
    }),
  );
export type ToolPipeline = NonNullable<z.output<typeof toolPipeline>>;

/** One tool of an agent's body. */
export interface ToolStep {
  readonly chosen: ToolPipeline;
  /** The version that runs. */
  readonly document: Body;
  /** What it asks for and gives. */
  readonly asks: BodyInterface;
}

/** Fields of one input or output node. */
const mostFields = 32;
const chunks = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / mostFields) }, (_, at) =>
    items.slice(at * mostFields, (at + 1) * mostFields),
  );

/** Names of a tool's own among those of all: a body has one name once. */
const ownName = (step: string, name: string, index: number): string => {
  const own = `${step}-${name}`;
  return own.length <= variableNameLength ? own : `${step}-${index}`;
};

const fieldConfig = (step: string, index: number, asked: InputField): Config[string] => {
  const { name, kind, required, help, maxLength, minimum, maximum, options, maxBytes, accept } = asked;
  return {
    name: ownName(step, name, index),
    title: name,
    kind,
    required,
    ...(help === undefined ? {} : { help }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(options === undefined ? {} : { options: [...options] }),
    ...(maxBytes === undefined ? {} : { maxMegabytes: Math.max(1, Math.round(maxBytes / 1024 / 1024)) }),
    ...(accept === undefined ? {} : { accept: [...accept] }),
  };
};

/** The steps that an agent holds: each pipeline between an input for what the model gives and an output for what it gives back. One of them runs in a call. */
export const toolBody = (tools: readonly ToolStep[]): Body => {
  const nodes: Body["nodes"] = [];
  const edges: Body["edges"] = [];
  const layout: Record<string, { x: number; y: number }> = {};
  const place = (id: string, column: number, row: number, type: string, config: Config, body?: Body) => {
    nodes.push({ id, type, typeVersion: 1, config, disabled: false, ...(body === undefined ? {} : { body }) });
    layout[id] = { x: column * 340, y: row * 220 };
  };
  for (const [row, { chosen, document, asks }] of tools.entries()) {
    const { step, ...pipeline } = chosen;
    for (const [part, fields] of chunks(asks.fields).entries()) {
      const id = `${step}-in${part === 0 ? "" : part}`;
      const own = fields.map((each, index) => fieldConfig(step, part * mostFields + index, each));
      place(id, 0, row + part, "io/input", { fields: own });
      for (const [index, { name }] of fields.entries()) {
        const from = { node: id, port: ownName(step, name, part * mostFields + index) };
        edges.push({ id: `${id}-${index}`, from, to: { node: step, port: name } });
      }
    }
    place(step, 1, row, "flow/sub-pipeline", { pipeline }, document);
    for (const [part, names] of chunks(Object.keys(asks.outputs)).entries()) {
      const id = `${step}-out${part === 0 ? "" : part}`;
      const outputs = names.map((name, index) => ({
        name: ownName(step, name, part * mostFields + index),
        title: name,
      }));
      place(id, 2, row + part, "io/output", { outputs });
      for (const [index, name] of names.entries()) {
        const to = { node: id, port: ownName(step, name, part * mostFields + index) };
        edges.push({ id: `${id}-${index}`, from: { node: step, port: name }, to });
      }
    }
  }
  return { schemaVersion: 1, nodes, edges, layout };
};

/** Whether a step of an agent's body is there for the tool that `step` runs. */
export const isOfStep = (step: string, id: string): boolean => id === step || id.startsWith(`${step}-`);

const fieldsOf = (step: string, body: BodyInterface): readonly InputField[] =>
  body.fields.filter(({ name }) => name.startsWith(`${step}-`));

const schemaOf = ({ kind, help, maxLength, minimum, maximum, options }: InputField): JsonSchema => {
  const said = help === undefined || help === "" ? {} : { description: help };
  if (kind === "number")
    return {
      type: "number",
      ...said,
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    };
  if (kind === "json") return said;
  return {
    type: "string",
    ...said,
    ...(maxLength === undefined || kind !== "text" ? {} : { maxLength }),
    ...(options === undefined || kind !== "choice" ? {} : { enum: [...options] }),
  };
};

/** The schema of what a model gives a pipeline. Files are none of it: a model has none. */
export const pipelineParameters = (step: string, body: BodyInterface): JsonSchema => {
  const fields = fieldsOf(step, body).filter(({ kind }) => !isFileKind(kind));
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((each) => [each.title, schemaOf(each)])),
    required: fields.filter(({ required }) => required).map(({ title }) => title),
    additionalProperties: false,
  };
};

/** A model's arguments, by the names that the body knows them under. */
export const pipelineInputs = (
  step: string,
  body: BodyInterface,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fieldsOf(step, body).flatMap(({ name, title }) => (Object.hasOwn(given, title) ? [[name, given[title]]] : [])),
  );

/** What a pipeline gave, by its own names. */
export const pipelineOutputs = (
  step: string,
  body: BodyInterface,
  outputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([name]) => name.startsWith(`${step}-`))
      .map(([name, value]) => [body.outputs[name]?.label?.en ?? name.slice(step.length + 1), value]),
  );
