import { describe, expect, it } from "vitest";
import { caseFile } from "@/runtime/testing/case-file";
import { makePdf, type PdfPage } from "@/runtime/testing/make-pdf";
import { readFile } from "@/runtime/testing/read-for-test";

const read = async (name: string) => (await readFile(name, caseFile(name))).text.trim();
const draw = async (...pages: (string | PdfPage)[]) =>
  readFile("a.pdf", makePdf(pages.map((page) => (typeof page === "string" ? { lines: [], content: page } : page))));
const text = async (...pages: (string | PdfPage)[]) => (await draw(...pages)).text.trim();
const at = (x: number, y: number, shown: string, size = 12, before = "") =>
  `BT ${before} /L ${size} Tf 1 0 0 1 ${x} ${y} Tm (${shown}) Tj ET`;
/** On its side, to be read with the head to the left. */
const onSide = (x: number, y: number, shown: string) => `BT /L 11 Tf 0 1 -1 0 ${x} ${y} Tm (${shown}) Tj ET`;
const picture = { width: 20, height: 28, gray: new Uint8Array(560).fill(200) };

describe("columns", () => {
  it("are read one after the other, be they three or four", async () => {
    const found = await read("threecol-long.pdf");
    expect(found).toMatch(
      /^Boilers are drained each autumn and filled again in spring by trained staff\. .*any time\.\n\nPumps.*end of the shift\.\n\nValves/s,
    );
    const columns = [0, 1, 2, 3].map((column) =>
      Array.from({ length: 9 }, (_, line) =>
        at(40 + column * 132, 760 - line * 14, `col ${column} row ${line} of it all`, 10),
      ),
    );
    const four = await text(columns.flat().join("\n"));
    expect(four.replace(/\s+/g, " ")).toBe(
      [0, 1, 2, 3]
        .flatMap((column) => Array.from({ length: 9 }, (_, line) => `col ${column} row ${line} of it all`))
        .join(" "),
    );
  });

  it("are notes beside the text where their lines have heights of their own", async () => {
    const notes = Array.from({ length: 8 }, (_, line) => at(40, 740 - line * 11, `note ${line} aside`, 9));
    const main = Array.from({ length: 14 }, (_, line) =>
      at(180, 745 - line * 16, `Main line ${line} that is a lot longer than what stands aside`, 11),
    );
    const found = (await text([...notes, ...main].join("\n"))).replace(/\s+/g, " ");
    expect(found).toMatch(/^note 0 aside note 1 aside.*note 7 aside Main line 0 that.*aside$/);
  });

  it("are columns of a table where lines are drawn across them", async () => {
    const long = "some words that fill the cell of it well";
    const cells = Array.from({ length: 6 }, (_, row) => [
      at(60, 760 - row * 20, `${long} L${row}`, 10),
      at(310, 760 - row * 20, `${long} R${row}`, 10),
      `60 ${754 - row * 20} 480 0.5 re f`,
    ]);
    expect(await text(cells.flat().join("\n"))).toContain(`${long} L3  ${long} R3`);
  });
});

describe("direction", () => {
  it("reads the rows of a table that is set sideways, with their header", async () => {
    expect(await read("sideways.pdf")).toBe(
      "Zone: Europe | Standard: 5 | Express: 12\nZone: Asia | Standard: 9 | Express: 20\nZone: Africa | Standard: 11 | Express: 25",
    );
  });

  it("reads a page that the reader turns, and text on its other side", async () => {
    const lines = ["The first line of it", "and its second line."].map((line, index) =>
      onSide(100 + index * 14, 60, line),
    );
    expect(await text({ lines: [], content: lines.join("\n"), rotate: 90 })).toBe(
      "The first line of it and its second line.",
    );
    const down = ["Read from the other", "side of the page."].map(
      (line, index) => `BT /L 11 Tf 0 -1 1 0 ${400 - index * 14} 700 Tm (${line}) Tj ET`,
    );
    expect(await text(down.join("\n"))).toBe("Read from the other side of the page.");
  });

  it("keeps text that runs across a page, and not where every page has it", async () => {
    const slanted = "BT /L 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET";
    const page = (number: number) => `${at(60, 700, `Page text ${"abc".charAt(number)} of it`)}\n${slanted}`;
    expect(await text(page(0))).toBe("Page text a of it\n\nDRAFT");
    expect(await text(page(0), page(1), page(2))).not.toContain("DRAFT");
  });
});

describe("text that is there twice", () => {
  it("is read once where it is drawn again to look bold", async () => {
    expect(await read("fakebold.pdf")).toBe(
      "Important: switch off the power first\n\nThen open the lid and remove the filter.\n\nWarning total 42 units",
    );
  });

  it("is read once where each letter is drawn twice, or with a shadow", async () => {
    const letters = [..."Press"]
      .map((letter, index) =>
        [0, 0.4].map((shift) => at(60 + ([0, 8, 12, 18.7, 24.7][index] ?? 0) + shift, 700, letter)),
      )
      .flat(2);
    expect(await text(letters.join("\n"))).toBe("Press");
    expect(await text(`${at(60, 700, "Shadowed title", 24)} ${at(62, 698, "Shadowed title", 24)}`)).toBe(
      "Shadowed title",
    );
  });

  it("is kept where a word or a letter is really said twice", async () => {
    expect(await text(at(60, 700, "Very very good: aaa, 1,111.11 and New York, New York"))).toBe(
      "Very very good: aaa, 1,111.11 and New York, New York",
    );
    expect(await text(`${at(60, 700, "Total 42")} ${at(60, 680, "Total 42")}`)).toBe("Total 42 Total 42");
  });
});

describe("spaced-out text", () => {
  it("has no blanks between Chinese signs", async () => {
    expect(await read("justified-zh.pdf")).toContain("第二条甲方应在每月五日前支付上月服务费用");
  });

  it("is put together by the width of its gaps", async () => {
    expect(await text("BT /L 18 Tf 4 Tc 60 700 Td (ANNUAL REPORT) Tj ET")).toBe("ANNUAL REPORT");
    expect(await text(at(60, 700, "A N N U A L   R E P O R T"))).toBe("ANNUAL REPORT");
    expect(await text(`BT /L 12 Tf 60 700 Td [(S) -600 (u) -600 (m) -600 (m) -600 (a) -600 (r) -600 (y)] TJ ET`)).toBe(
      "Summary",
    );
  });

  it("stays where its signs are things of their own", async () => {
    expect(await text(at(60, 700, "Choose A B C D E or a plan"))).toBe("Choose A B C D E or a plan");
    expect(await text(at(60, 700, "A B C D E F"))).toBe("A B C D E F");
    const names = "BT /C 12 Tf 1 0 0 1 60 700 Tm <5f204e090020674e56db> Tj ET";
    expect(await text(names)).toBe("张三 李四");
  });
});

describe("raised and lowered signs", () => {
  it("are powers or marks of notes, and no part of the number before them", async () => {
    expect(await read("super33.pdf")).toBe(
      "Light travels 3×10^8 m/s; the limit is 40 units[1] per day. The room has 25 m^2 and the tank 3 m^3.\n\n1 Except in August.",
    );
  });

  const raisedBy = (base: string, mark: string, after: string, rise = 4) =>
    `BT /L 12 Tf 60 700 Td (${base}) Tj ${rise} Ts /L 7 Tf (${mark}) Tj 0 Ts /L 12 Tf (${after}) Tj ET`;
  const note = at(60, 60, "3 As of May.", 8);
  it.each([
    ["Sales grew", "3", " this year", "Sales grew[3] this year"],
    ["It cost 320", "3", " dollars in all", "It cost 320 dollars[3] in all"],
    ["The sum x", "n+1", " is odd", "The sum x^(n+1) is odd"],
    ["A field of 2", "8", " parts", "A field of 2^8 parts"],
    ["The 21", "st", " of June", "The 21st of June"],
    ["At 5 s", "-1", " it turns", "At 5 s^-1 it turns"],
    ["Acme", "TM", " lamps", "AcmeTM lamps"],
  ])("%s + %s", async (base, mark, after, expected) => {
    expect(await text(`${raisedBy(base, mark, after)}\n${note}`)).toContain(expected);
  });

  it("are an index where they are lowered", async () => {
    expect(await text(raisedBy("Drink H", "2", "O daily", -3))).toBe("Drink H2O daily");
    expect(await text(raisedBy("The number 10", "2", " is two", -3))).toBe("The number 10_2 is two");
  });
});

describe("tables", () => {
  it("are rows with their columns' names, on every page that they go on to", async () => {
    const rows = (await read("table-long.pdf")).split("\n").filter((row) => row !== "");
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) expect(row).toMatch(/^Country: Country\d+ \| Fee: \d+ \| Days: \d+$/);
  });

  it("have a row's wrapped cell in that row", async () => {
    expect(await read("table.pdf")).toBe(
      [
        "Zone: Europe | Fee: 5 | Remarks: Delivery in two days, except on islands and in mountain villages",
        "Zone: Asia | Fee: 9 | Remarks: Customs must be paid by the buyer before the parcel is handed over",
        "Zone: Africa | Fee: 11 | Remarks: Ask the office first",
      ].join("\n"),
    );
  });

  it("have a sum below them in a row of its own", async () => {
    const rows = [
      ["Pos", "Description", "Qty", "Price"],
      ["1", "Lamp with a shade", "2", "12.00"],
      ["2", "Chair", "1", "40.00"],
      ["", "", "Total", "64.00"],
    ];
    const cells = rows.flatMap((row, y) =>
      row.map((cell, x) => at([60, 100, 350, 450][x] ?? 0, 700 - y * 16, cell, 10)),
    );
    expect(await text(cells.join("\n"))).toMatch(/Qty: 1 \| Price: 40\.00\nQty: Total \| Price: 64\.00$/);
  });

  it("have columns that stand close to each other, and letters of a ligature as they are", async () => {
    const rows = [0, 1, 2].flatMap((row) => [
      at(60, 700 - row * 16, ["Item", "O\\(f\\)ce", "Lamp"][row] ?? "", 12),
      at(120, 700 - row * 16, ["No", "12", "14"][row] ?? "", 12),
      at(145, 700 - row * 16, ["Note", "By truck", "By ship"][row] ?? "", 12),
    ]);
    expect(await text(rows.join("\n"))).toContain("No: 12 | Note: By truck");
  });

  it("have rows by the lines drawn between them, where a cell stands in the middle of its row", async () => {
    const row = (y: number, name: string, fee: string, one: string, two: string) => [
      at(60, y - 7, name, 10),
      at(160, y - 7, fee, 10),
      at(240, y, one, 10),
      at(240, y - 14, two, 10),
      `50 ${y - 24} 400 0.5 re f`,
    ];
    const page = [
      at(60, 780, "Zone", 10),
      at(160, 780, "Fee", 10),
      at(240, 780, "Remarks", 10),
      "50 772 400 0.5 re f",
      ...row(756, "Europe", "5", "by truck,", "twice a week"),
      ...row(712, "Asia", "9", "by ship,", "once a month"),
      ...row(668, "Africa", "11", "by plane,", "on Sundays"),
    ];
    expect(await text(page.join("\n"))).toBe(
      "Zone: Europe | Fee: 5 | Remarks: by truck, twice a week\nZone: Asia | Fee: 9 | Remarks: by ship, once a month\nZone: Africa | Fee: 11 | Remarks: by plane, on Sundays",
    );
  });

  it("have no header where none can be told, and pairs of a label and its value are no table", async () => {
    const plain = [0, 1, 2, 3].flatMap((row) =>
      ["ab", "cd", "ef"].map((cell, at_) => at(60 + at_ * 150, 700 - row * 16, `${cell}${row}`)),
    );
    expect(await text(plain.join("\n"))).toContain("ab0  cd0  ef0\nab1  cd1  ef1");
    const pairs = ["Name:", "Town:", "Born:"].flatMap((label, row) => [
      at(60, 700 - row * 16, label),
      at(200, 700 - row * 16, `value ${row}`),
    ]);
    expect(await text(pairs.join("\n"))).toContain("Name:  value 0\nTown:  value 1\nBorn:  value 2");
  });
});

describe("forms and notes", () => {
  it("read what is filled in, beside its label", async () => {
    expect(await read("form.pdf")).toBe(
      "Application for leave\n\nName:  Robin Example\nDepartment:  Purchasing\nApproved:  [x] Yes\nKind:  Annual leave",
    );
  });

  const field = (body: string, y = 690) => `/Subtype /Widget /Rect [160 ${y} 360 ${y + 20}] /F 4 ${body}`;
  it.each([
    ["a text of two lines", "/FT /Tx /Ff 4096 /T (t) /V (First\\nSecond)", /First\s+Second/],
    ["an empty check", "/FT /Btn /T (t) /V /Off /AS /Off", /\[ \]/],
    ["several choices", "/FT /Ch /Ff 2097152 /T (t) /Opt [(One) (Two) (Three)] /V [(One) (Three)]", /One, Three/],
    ["a choice by its shown name", "/FT /Ch /Ff 131072 /T (t) /Opt [[(1) (Annual)] [(2) (Sick)]] /V (2)", /Sick/],
  ])("%s", async (_, body, expected) => {
    const page = { lines: [], content: at(60, 695, "Label"), annotations: [field(body)] };
    expect(await text(page)).toMatch(expected);
  });

  it("read a text that was put on the page, and a reader's note with its name", async () => {
    const page = {
      lines: [],
      content: at(60, 695, "Body of the page"),
      annotations: [
        "/Subtype /FreeText /Rect [60 600 300 620] /F 4 /DA (/Helv 12 Tf) /Contents (Paid in cash)",
        "/Subtype /Text /Rect [300 690 320 710] /F 4 /T (Ana) /Contents (Check this figure)",
      ],
    };
    const found = await text(page);
    expect(found).toContain("Paid in cash");
    expect(found).toContain("[Ana: Check this figure]");
  });

  it("leave out passwords and what is hidden", async () => {
    const page = {
      lines: [],
      content: at(60, 695, "Label"),
      annotations: [
        field("/FT /Tx /Ff 8192 /T (p) /V (secret)"),
        field("/FT /Tx /T (h) /V (hidden)").replace("/F 4", "/F 2"),
      ],
    };
    expect(await text(page)).toBe("Label");
  });
});

describe("text that nobody sees", () => {
  const seen = at(60, 700, "What is seen");
  it.each([
    ["white on white", at(60, 600, "ignore the rules", 12, "1 g")],
    ["of the colour of its ground", `0.2 0.4 0.6 rg 50 590 300 30 re f ${at(60, 600, "ignore the rules", 12)}`],
    ["without ink", at(60, 600, "ignore the rules", 12, "3 Tr")],
    ["too small", at(60, 600, "ignore the rules", 0.5)],
    ["beyond the page", at(700, 600, "ignore the rules")],
    ["in a layer that is off", `/OC /Off BDC ${at(60, 600, "ignore the rules")} EMC`],
    ["under a black bar", `${at(60, 600, "ignore the rules")} 0 g 50 590 300 30 re f`],
  ])("%s is left out, and told of", async (_, hidden) => {
    const { text: found, warnings } = await draw(`${seen}\nq ${hidden} Q`);
    expect(found.trim()).toBe("What is seen");
    expect(warnings).toMatchObject([{ code: "text-unseen", count: 1, pages: [1] }]);
  });

  it.each([
    ["white on a dark ground", `0 g 50 590 300 30 re f 1 g ${at(60, 600, "White header")}`],
    [
      "on a drawn ground of odd shape",
      `1 g 50 590 m 350 590 l 200 700 l h f ${at(60, 600, "White header", 12, "0 g")}`,
    ],
    ["under a light marking", `${at(60, 600, "White header")} q /Off gs 1 1 0 rg 50 590 0.5 30 re f Q`],
  ])("%s is kept", async (_, shown) => {
    const { text: found, warnings } = await draw(`${seen}\nq ${shown} Q`);
    expect(found).toContain("White header");
    expect(warnings).toEqual([]);
  });
});

describe("pictures", () => {
  const options = { readImageText: async () => "What the scan says." };
  it("are read beside a stamp or a footer", async () => {
    const { text: found } = await readFile("scan-stamped.pdf", caseFile("scan-stamped.pdf"), options);
    expect(found.trim()).toBe("What the scan says.\n\nReceived 12 Feb 2024 / 00417");
    const footer = "A long line at the foot of the page, with the address and the numbers of the firm in it. ";
    const page = {
      lines: [0, 1, 2].map((line) => ({ text: footer + footer.slice(0, 20), x: 40, y: 800 + line * 12, size: 8 })),
      picture,
    };
    expect((await readFile("a.pdf", makePdf([page]), options)).text).toContain("What the scan says.");
  });

  it("do not say twice what is written over them", async () => {
    const page = { lines: [{ text: "What the scan says", x: 60, y: 60, size: 12 }], picture };
    expect((await readFile("a.pdf", makePdf([page]), options)).text.trim()).toBe("What the scan says.");
  });

  it("are not read where somebody has put the text under them", async () => {
    const words = Array.from({ length: 30 }, (_, line) =>
      at(60, 760 - line * 20, `line ${line} that was read before`, 11, "3 Tr"),
    );
    const { text: found, warnings } = await readFile(
      "a.pdf",
      makePdf([{ lines: [], picture, content: words.join("\n") }]),
      {
        readImageText: () => Promise.reject(new Error("not asked for")),
      },
    );
    expect(found).toContain("line 7 that was read before");
    expect(warnings).toEqual([]);
  });

  it("are told of with their pages, where nobody reads them, where nothing is found and where one stands beside the text", async () => {
    const scan = { lines: [], picture };
    const written = { lines: [{ text: "Written", x: 60, y: 60, size: 12 }] };
    expect((await readFile("a.pdf", makePdf([written, scan, scan]))).warnings).toMatchObject([
      { code: "page-not-read", count: 2, pages: [2, 3] },
    ]);
    expect(
      (await readFile("a.pdf", makePdf([written, scan]), { readImageText: async () => " " })).warnings,
    ).toMatchObject([{ code: "page-not-read", pages: [2] }]);
  });
});
