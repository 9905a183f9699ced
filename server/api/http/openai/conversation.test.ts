import { expect, it } from "vitest";
import { readConversation } from "./conversation";

const image = (id: string) => ({ type: "input_image", file_id: id });
const user = (...ids: string[]) => ({ role: "user", content: [{ type: "text", text: "Look" }, ...ids.map(image)] });
const answer = { role: "assistant", content: "Seen." };

it.each<[string, object[], string[], string[]]>([
  ["the only one", [user("a")], ["a"], []],
  ["the second of a chat", [user("a"), answer, user("b")], ["b"], ["messages[0].content[1]"]],
  ["the one asked about again", [user("a"), answer, user()], ["a"], []],
  ["all of one turn, in one message or in two", [user("a", "b"), user("c")], ["a", "b", "c"], []],
  ["none", [user(), answer, user()], [], []],
])("takes the files of the last turn that has any: %s", (_, messages, taken, earlier) => {
  const { files, earlierFiles } = readConversation(messages, "messages");
  expect(files.map((file) => "fileId" in file && file.fileId)).toEqual(taken);
  expect(earlierFiles).toEqual(earlier);
});
