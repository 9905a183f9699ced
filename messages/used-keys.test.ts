import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { loadMessages } from "@/i18n/messages";
import { flattenMessages } from "./message-shape";
import { interfaceFiles, type SyntaxNode } from "./source-files";
import { usedKeys } from "./used-keys";

const keysIn = (text: string) =>
  usedKeys({ name: "a.tsx", text, program: parseSync("a.tsx", text).program as unknown as SyntaxNode }).map(
    ({ key, open }) => (open ? `${key}…` : key),
  );

test("usedKeys follows a translator to the function it was made in", () => {
  const source = `
    export function A() {
      const t = useTranslations("one");
      const say = useTranslations("two.deep");
      return <p title={say("b")}>{t(busy ? "a" : "c")} {list.map((x) => t(\`kind.\${x}\`))}</p>;
    }
    function B() {
      const t = useTranslations("three");
      return t.rich("d", {});
    }
    const kindName = (say: ReturnType<typeof useTranslations<"five">>, kind: string) => say(\`kind.\${kind}\`);
    const metadata = async () => (await getTranslations("four"))("e");
    other("not a key");
  `;
  expect(keysIn(source)).toEqual(["two.deep.b", "one.a", "one.c", "one.kind.…", "three.d", "five.kind.…", "four.e"]);
});

test("every key that the interface names is a message", async () => {
  const keys = new Set(flattenMessages(await loadMessages("en", { cached: true })).map(([key]) => key));
  const missing = interfaceFiles()
    .flatMap(usedKeys)
    .filter(({ key, open }) => (open ? ![...keys].some((known) => known.startsWith(key)) : !keys.has(key)));
  expect(missing.map(({ place, key }) => `${place} ${key}`)).toEqual([]);
});

test("every message is used", async () => {
  const used = interfaceFiles().flatMap(usedKeys);
  const plain = new Set(used.map(({ key }) => key));
  const open = used.filter((one) => one.open).map(({ key }) => key);
  const unused = flattenMessages(await loadMessages("en", { cached: true }))
    .map(([key]) => key)
    .filter((key) => !plain.has(key) && !open.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});
