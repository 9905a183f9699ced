import { expect, it } from "vitest";
import { jsonIn } from "./json-in";

const reply = { reason: "它说清了时间", grade: 4 };
const json = JSON.stringify(reply);

it("is found in a bare reply, a fence, after words and after thoughts with braces", () => {
  for (const text of [
    json,
    `\n${json}\n`,
    `\`\`\`json\n${json}\n\`\`\``,
    `好的：\n${json} 完毕。`,
    `{x} <think>{1}</think>${json}`,
  ])
    expect(jsonIn(text)).toEqual(reply);
});

it("is not found where there is none, in no time however long the reply", () => {
  for (const text of ["", "4", "no braces", "}{", "```json", `\`\`\`json${"\n".repeat(200_000)}x`])
    expect(typeof jsonIn(text)).not.toBe("object");
});
