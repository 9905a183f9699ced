import { describe, expect, it } from "vitest";
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

const text = async (html: string) => (await readFile("a.html", html)).text.trim();

describe("lists", () => {
  it.each([
    ["<ol><li>a<li>b</ol>", "1. a\n2. b"],
    ['<ol start="5"><li>a</li><li>b</li></ol>', "5. a\n6. b"],
    ['<ol type="a"><li>x</li><li value="5">y</li><li>z</li></ol>', "a. x\ne. y\nf. z"],
    ['<ol type="I" start="3"><li>x</li></ol>', "III. x"],
    ["<ol reversed><li>x</li><li>y</li><li>z</li></ol>", "3. x\n2. y\n1. z"],
    ['<ol style="list-style-type: lower-roman"><li>x</li><li>y</li></ol>', "i. x\nii. y"],
    ["<ol><li><p>a</p></li><li><p>b</p><p>c</p></li></ol>", "1. a\n\n2. b\n\nc"],
    ["<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "- a\n\n  1. b\n\n- c"],
    ["<dl><dt>Fee</dt><dd>Twelve</dd></dl>", "Fee\nTwelve"],
  ])("%s", async (html, expected) => {
    expect(await text(html)).toBe(expected);
  });
});

describe("what a page shows otherwise than by text", () => {
  it.each([
    ['<p>Press <img src="x.png" alt="the red button"> twice.</p>', "Press the red button twice."],
    ['<p>A <img alt="IMG_0034.jpg"><img alt=""> b</p>', "A b"],
    [
      "<p>Call <button>Save</button> then <select><option>Fast</option><option>Slow</option></select></p>",
      "Call Save then Fast",
    ],
    ["<select><option>Fast</option><option selected>Slow</option></select>", "Slow"],
    ['<p><input type="checkbox" checked> yes <input type="checkbox"> no</p>', "[x] yes [ ] no"],
    ['<p>Name: <input value="Ana"><input type="hidden" value="x"><input type="password" value="y"></p>', "Name: Ana"],
    ["<details><summary>More</summary><p>Inside.</p></details>", "More\n\nInside."],
    ['<p>See <svg role="img" aria-label="a map"><text>x</text></svg></p>', "See a map"],
    ["<p>He said <q>no</q>.</p>", "He said “no”."],
    ["<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>", "漢字"],
  ])("%s", async (html, expected) => {
    expect(await text(html)).toBe(expected);
  });
});

describe("equations and raised signs", () => {
  it.each([
    [
      "<p>Formula: <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> holds.</p>",
      "Formula: E=mc^2 holds.",
    ],
    ["<math><mfrac><mi>a</mi><mi>b</mi></mfrac><mo> = </mo><msup><mi>x</mi><mn>2</mn></msup></math>", "a/b = x^2"],
    [
      "<math><semantics><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><annotation>\\sqrt{x+1}</annotation></semantics></math>",
      "√(x+1)",
    ],
    [
      "<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></math>",
      "∑_(i=1)^ni",
    ],
    ["<p>3×10<sup>8</sup> m/s and 25 m<sup>2</sup></p>", "3×10^8 m/s and 25 m^2"],
    ['<p>40<sup><a href="#1">[1]</a></sup> units, the 21<sup>st</sup></p>', "40 units[1], the 21st"],
    ["<p>A word<sup>3</sup> and H<sub>2</sub>O</p>", "A word[3] and H2O"],
    ["<h2>Area in m<sup>2</sup></h2>", "Area in m^2"],
  ])("%s", async (html, expected) => {
    expect(await text(html)).toBe(expected);
  });
});

it("bounds the depth of an equation", async () => {
  expect(await text(`<p>x</p><math>${"<mrow>".repeat(4500)}<mi>a</mi>`)).toBe("x");
  expect(await text(`<math>${"<mrow>".repeat(100)}<mi>a</mi>${"</mrow>".repeat(100)}</math>`)).toBe("a");
});

describe("what nobody sees", () => {
  it.each([
    ["<p>Kept <del>gone</del>.</p>", "Kept .", "text-struck"],
    ["<p>Kept <s>gone</s>.</p>", "Kept .", "text-struck"],
    ["<p>Kept</p><p hidden>gone</p>", "Kept", "text-unseen"],
    ['<p>Kept</p><p style="color:red; font-size:0">gone</p>', "Kept", "text-unseen"],
    ['<p>Kept</p><p style="opacity:0">gone</p>', "Kept", "text-unseen"],
    ['<p>Kept</p><span style="position:absolute;left:-9999px">gone</span>', "Kept", "text-unseen"],
    ["<p>Kept</p><dialog>gone</dialog>", "Kept", "text-unseen"],
  ])("is left out of %s, and told of", async (html, expected, code) => {
    const document = await readFile("a.html", html);
    expect(document.text.trim()).toBe(expected);
    expect(document.warnings).toMatchObject([{ code }]);
  });

  it.each([
    ['<p style="opacity:0.5;font-size:10px;left:-5px">Kept</p>', "Kept"],
    ["<dialog open>Kept</dialog>", "Kept"],
    ['<p>Kept<span aria-hidden="true"> twice</span></p>', "Kept"],
    ["<p>Kept</p><template><p>gone</p></template><noscript>gone</noscript>", "Kept"],
  ])("is not in %s", async (html, expected) => {
    const document = await readFile("a.html", html);
    expect(document.text.trim()).toBe(expected);
    expect(document.warnings).toEqual([]);
  });
});

describe("what the page's own styles hide", () => {
  const page = (style: string, body: string) => readFile("a.html", `<style>${style}</style>${body}`);

  it.each([
    ["a class", ".x { display: none }", '<p class="a x">no</p>'],
    ["an id", "#x{visibility:hidden}", '<p id="x">no</p>'],
    ["a tag with a class", "div.x, p.x {display:none !important}", '<p class="x">no</p>'],
    ["two classes", ".a.x{display:none}", '<p class="x a">no</p>'],
    ["what stands off the page", ".x{position:absolute;left:-9999px}", '<span class="x">no</span>'],
    ["what has no size", ".x{font-size:0}", '<span class="x">no</span>'],
    ["what cannot be seen through", ".x{opacity:0}", '<span class="x">no</span>'],
    ["a rule for the screen", "@media screen{.x{display:none}}", '<p class="x">no</p>'],
    ["a rule behind a comment", "/* .x{} */ .y{} .x{display:none}", '<p class="x">no</p>'],
    ["elements within", ".x{display:none}", '<div class="x"><p>no</p></div>'],
  ])("is left out with a warning: %s", async (_, style, body) => {
    const { text, warnings } = await page(style, `<p>yes</p>${body}<p>and yes</p>`);
    expect(text.trim()).toBe("yes\n\nand yes");
    expect(warnings.map(({ code }) => code)).toEqual(["text-unseen"]);
  });

  it.each([
    ["in print alone", "@media print{.x{display:none}}", '<p class="x">yes</p>'],
    ["on a small screen alone", "@media screen and (max-width: 600px){.x{display:none}}", '<p class="x">yes</p>'],
    ["for another tag", "div.x{display:none}", '<p class="x">yes</p>'],
    ["in another state", ".x:not(.y){display:none} .x:hover{opacity:0}", '<p class="x">yes</p>'],
    ["elsewhere", ".menu .x{display:none}", '<p class="x">yes</p>'],
    ["but shown by a later rule", ".x{display:none} .x{display:block}", '<p class="x">yes</p>'],
    ["but shown where it is chosen", ".tab.on{display:block} .tab{display:none}", '<p class="tab on">yes</p>'],
    ["but opened by a script", ".x{display:none}", '<p class="x" style="display: block">yes</p>'],
    ["by another name of the class", ".x{display:none}", '<p class="xx X">yes</p>'],
    ["in styles that are broken", ".x{display:none", '<p class="x">yes</p>'],
  ])("stays where it is hidden %s", async (_, style, body) => {
    const { text, warnings } = await page(style, body);
    expect(text.trim()).toBe("yes");
    expect(warnings).toEqual([]);
  });

  it("takes no longer with styles that are made to be slow", async () => {
    const styles = [".x{".repeat(50_000), "/*".repeat(100_000), ".x,".repeat(100_000), "@media ".repeat(50_000)];
    for (const style of [...styles, ".x{display:none}".repeat(20_000)])
      expect((await page(style, `${'<p class="x">a</p>'.repeat(100)}<p>yes</p>`)).text).toContain("yes");
  });
});
