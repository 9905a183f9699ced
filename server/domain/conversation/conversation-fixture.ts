import { buildDocument } from "@/runtime/testing/build-document";

/** For tests: a pipeline that remembers. The model of the fake server called `echo` says what it was sent last. */
export const talkDocument = (settings: object = {}, model = "fake/echo", user = "{{text}}") =>
  buildDocument(
    {
      question: { type: "io/input", config: { fields: [{ name: "text", maxLength: 200_000 }] } },
      talk: { type: "io/conversation", config: settings as never },
      model: { type: "prompt/chat", config: { model, system: "Be kind.", user, history: true } },
      answer: { type: "io/output", config: { outputs: [{ name: "answer" }, { name: "history" }, { name: "other" }] } },
    },
    [
      "question.text > model.text",
      "talk.history > model.history",
      "model.text > answer.answer",
      "talk.history > answer.history",
    ],
  );
