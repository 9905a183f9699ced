import type { ChatPart, DrawReply } from "@/runtime/node/context";
import type { Completion } from "./completion";
import type { KeyMask } from "./mask-key";

type Delta = Extract<ChatPart, { readonly delta: string }>;

/** Takes the key out of the parts of one reply, each kind of text for itself, also where it comes in pieces. */
class KeyHider {
  readonly #streams = new Map<
    Delta["type"],
    { readonly last: Delta; readonly stream: ReturnType<KeyMask["stream"]> }
  >();

  constructor(private readonly mask: KeyMask) {}

  push(part: ChatPart): readonly ChatPart[] {
    if (!("delta" in part)) return [...this.rest(), this.#withoutKey(part)];
    const { stream } = this.#streams.get(part.type) ?? { stream: this.mask.stream() };
    this.#streams.set(part.type, { last: part, stream });
    const delta = stream.push(part.delta);
    return delta === "" ? [] : [{ ...part, delta }];
  }

  #withoutKey(part: Exclude<ChatPart, Delta>): ChatPart {
    if (part.type !== "tool-call") return part;
    return { ...part, call: { ...part.call, arguments: this.mask.text(part.call.arguments) } };
  }

  /** What was held back because it may have been the beginning of the key. */
  rest(): Delta[] {
    return [...this.#streams.values()].flatMap(({ last, stream }) => {
      const delta = stream.end();
      return delta === "" ? [] : [{ ...last, delta }];
    });
  }
}

/** The parts of a reply without the key, as they come. */
export async function* hideKey(mask: KeyMask, parts: AsyncIterable<ChatPart>): AsyncGenerator<ChatPart> {
  const hider = new KeyHider(mask);
  try {
    for await (const part of parts) yield* hider.push(part);
  } catch (error) {
    yield* hider.rest();
    throw error;
  }
  yield* hider.rest();
}

/** The same of a reply in one piece. */
export const hideKeyIn = (mask: KeyMask, { parts, ...rest }: Completion): Completion => {
  const hider = new KeyHider(mask);
  const shown = parts.flatMap((part) => hider.push(part));
  return { parts: [...shown, ...hider.rest()], ...rest };
};

/** The same of what was said beside pictures. */
export const hideKeyInDrawn = (mask: KeyMask, reply: DrawReply): DrawReply => ({
  ...reply,
  revisedPrompt: reply.revisedPrompt === null ? null : mask.text(reply.revisedPrompt),
  notes: reply.notes.map((note) => mask.text(note)),
});
