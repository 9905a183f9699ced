import { expect, it } from "vitest";
import { readFile, refusalOf } from "@/runtime/testing/read-for-test";

it("reads headings, paragraphs, lists and tables, and nothing that a reader does not see", async () => {
  const html = `<!doctype html><title>T</title><style>x{}</style><nav>Menu</nav><h1>Lamp <em>L1</em></h1>
    <p>It shines&nbsp;&amp;
      glows.<br>Line two.</p><ul><li>One</li><li>Two <b>bold</b></li></ul>
    <p hidden>secret</p><div style="display:none">secret</div><script>alert("secret")</script>
    <table><tr><th>Name</th><th>Price</th></tr><tr><td>台灯</td><td>12</td></tr></table>
    <h2>Care</h2><pre>a
  b</pre><svg><text>no</text></svg>`;
  const { text, outline } = await readFile("a.html", html);
  expect(text.trim()).toBe(
    "Lamp L1\n\nIt shines & glows.\nLine two.\n\n- One\n- Two bold\n\nName: 台灯 | Price: 12\n\nCare\n\na\n  b",
  );
  expect(outline).toEqual([
    { kind: "heading", title: "Lamp L1", level: 1, start: 0 },
    { kind: "heading", title: "Care", level: 2, start: text.indexOf("Care") },
  ]);
});

it("reads only the main part of a page that has one", async () => {
  const page = (main: string) => `<header>Site</header>${main}<div>Cookies</div>`;
  expect((await readFile("a.html", page("<main><p>Text</p></main>"))).text.trim()).toBe("Text");
  expect((await readFile("a.html", page("<main><script>1</script></main>"))).text.trim()).toBe("Site\nCookies");
});

it("goes by the encoding that the page declares", async () => {
  const bytes = Buffer.concat([
    Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>'),
    Buffer.from("d6d0cec4", "hex"),
  ]);
  expect((await readFile("a.htm", bytes)).text.trim()).toBe("中文");
});

it("parts no sign where the page is fed to the parser in pieces", async () => {
  const { text } = await readFile("a.html", `<p>x${"😀".repeat(100_000)}`);
  expect(text.trim()).toBe(`x${"😀".repeat(100_000)}`);
});

it("reads a page whose tags are never closed, and refuses one that nests without end", async () => {
  expect((await readFile("a.html", "<font>word ".repeat(2000))).text).toMatch(/^(?:word ){1999}word/);
  expect(await refusalOf("a.html", `${"<div>".repeat(200_000)}deep`)).toBe("broken");
});
