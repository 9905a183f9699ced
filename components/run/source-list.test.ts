import { expect, test } from "vitest";
import { readSources } from "./source-list";

const passage = {
  id: "c1",
  knowledgeBaseId: "b1",
  documentId: "d1",
  documentName: "manual.pdf",
  text: "The pump is blue.",
  score: 0.8,
  page: 3,
  start: 10,
  end: 27,
};

test("knows a list of passages by what they hold", () => {
  expect(readSources([passage, { ...passage, id: "c2", page: undefined, heading: "Care" }])).toHaveLength(2);
});

test.each([[null], ["text"], [[]], [[{ id: "x" }]], [[passage, "text"]], [{ sources: [passage] }]])(
  "%j is no list of passages",
  (value) => expect(readSources(value)).toBeNull(),
);
