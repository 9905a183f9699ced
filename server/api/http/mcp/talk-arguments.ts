import { conversationLimits } from "@/runtime/node/conversation";
import type { InputField } from "@/runtime/node/define-node";
import { isRecord } from "@/runtime/node/record";
import { conversationName } from "@/server/domain/conversation/conversation.types";
import { inputsSchema, type PortSchema } from "@/server/domain/deployment/describe/port-schema";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { Talk } from "../published/published.types";

/** What the argument is called that names a conversation: no input of the pipeline has that name. */
export const conversationArgument = (fields: readonly Pick<InputField, "name">[]): string => {
  let name = "conversation_id";
  while (fields.some((field) => field.name === name)) name = `_${name}`;
  return name;
};

/** The arguments of a tool that remembers. */
export const talkingSchema = (fields: readonly InputField[]): PortSchema => {
  const schema = inputsSchema(fields);
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const id = {
    type: "string",
    minLength: 1,
    maxLength: conversationLimits.name,
    description: "Goes on with the conversation of an earlier call; left out: begins one, whose id the result tells.",
  };
  return { ...schema, properties: { ...properties, [conversationArgument(fields)]: id } };
};

/** Parts the arguments of a call into what the pipeline is given and the conversation that it goes on with. */
export const readTalk = (
  given: unknown,
  fields: readonly Pick<InputField, "name">[],
): { readonly inputs: unknown; readonly talk: Talk } => {
  const argument = conversationArgument(fields);
  if (!isRecord(given) || !Object.hasOwn(given, argument)) return { inputs: given, talk: {} };
  const { [argument]: name, ...inputs } = given;
  // Models send what they have nothing for as nothing.
  if (name === null || name === "") return { inputs, talk: {} };
  const read = conversationName.safeParse(name);
  if (read.success) return { inputs, talk: { conversation_id: read.data } };
  throw new RouteRefusal(400, "request-invalid", `"${argument}" is no id of a conversation.`, {
    hint: `It has 1 to ${conversationLimits.name} printable characters.`,
  });
};
