import type { ChatPart } from "@/runtime/node/context";
import type { KeyMask } from "./mask-key";

/** The parts of a reply without the key, each kind of text for itself, also where it comes in pieces. */
export async function* hideKey(mask: KeyMask, parts: AsyncIterable<ChatPart>): AsyncGenerator<ChatPart> {
  type Delta = Extract<ChatPart, { readonly delta: string }>;
  const streams = new Map<Delta["type"], { readonly last: Delta; readonly stream: ReturnType<KeyMask["stream"]> }>();
  const rest = (): Delta[] =>
    [...streams.values()].flatMap(({ last, stream }) => {
      const delta = stream.end();
      return delta === "" ? [] : [{ ...last, delta }];
    });
  try {
    for await (const part of parts) {
      if (!("delta" in part)) {
        yield* rest();
        yield part.type === "tool-call"
          ? { ...part, call: { ...part.call, arguments: mask.text(part.call.arguments) } }
          : part;
        continue;
      }
      const { stream } = streams.get(part.type) ?? { stream: mask.stream() };
      streams.set(part.type, { last: part, stream });
      const delta = stream.push(part.delta);
      if (delta !== "") yield { ...part, delta };
    }
  } catch (error) {
    yield* rest();
    throw error;
  }
  yield* rest();
}
