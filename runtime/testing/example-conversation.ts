import type { AnyNode } from "@/runtime/node/catalog";
import type { ConversationSnapshot } from "@/runtime/node/conversation";

/** The conversation that an example of a step is run in, as a run is told of it. */
export const exampleConversation = ({
  conversation,
}: Pick<AnyNode["examples"][number], "conversation">): { readonly conversation?: ConversationSnapshot } =>
  conversation === undefined
    ? {}
    : {
        conversation: {
          id: "conversation",
          key: "conversation",
          summary: null,
          message: "",
          answer: "",
          masksPersonalData: false,
          turn: (conversation.turns.at(-1)?.number ?? 0) + 1,
          ...conversation,
        },
      };
