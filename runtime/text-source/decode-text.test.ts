import { readFileSync } from "node:fs";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decodeBytes } from "./decode-bytes";
import { decodeText } from "./decode-text";
import { type Encoding, encodingNamed, encodings } from "./encodings";

const libraryNames: Readonly<Record<string, string>> = {
  "euc-kr": "cp949",
  ibm850: "cp850",
  ibm852: "cp852",
  ibm866: "cp866",
  "x-mac-cyrillic": "maccyrillic",
};
const encode = (text: string, encoding: string): Uint8Array => iconv.encode(text, libraryNames[encoding] ?? encoding);

const western = [
  "question;expected\nWie hoch ist die Gebühr für Müller?;20\nIst die Straße geöffnet?;täglich",
  "id;name\n1;Müller\n2;Schmidt",
  "Prénom;Âge\nFrançois;3\nHélène;4\n",
  "naïve façade, déjà vu",
  "El niño comió en la montaña. ¿Dónde está?",
  "Não há informação sobre a situação do cartão",
  "Blåbærsyltetøy på brød, Århus",
  "La città è più bella perché c'è il sole",
  "STRASSE;GRÖSSE\nMÜNCHEN;KÖLN",
  "senor, Peña",
];
const texts: readonly (readonly [encodings: readonly Encoding[], texts: readonly string[]])[] = [
  [["windows-1252", "macintosh", "ibm850", "iso-8859-15"], western],
  [
    ["windows-1252"],
    ["price\n20 €\n30 €", "L’article peut être retourné. Prix : 20 €", "It’s a “good” thing – really…"],
  ],
  [
    ["windows-1250", "iso-8859-2", "ibm852"],
    ["imię;nazwisko\nŁukasz;Wójcik\nMałgorzata;Dąbrowska", "Příliš žluťoučký kůň", "Árvíztűrő tükörfúrógép"],
  ],
  [
    ["windows-1251", "koi8-r", "iso-8859-5", "ibm866"],
    ["вопрос;ответ\nСколько стоит доставка?;Бесплатно", "Имя,Город\nИван,Москва\nАнна,Казань", "заказ", "Привет, мир"],
  ],
  [["windows-1251", "koi8-u"], ["Питання;Відповідь\nЯк справи?;Добре, дякую. Їжак є"]],
  [
    ["windows-1253", "iso-8859-7"],
    ["ερώτηση;απάντηση\nΠόσο κοστίζει;Δέκα ευρώ", "Όνομα,Πόλη\nΓιώργος,Αθήνα"],
  ],
  [["windows-1254"], ["soru;cevap\nKargo ücreti ne kadar?;Ücretsiz, teşekkürler, lütfen ışığı söndürün"]],
  [["windows-1255", "iso-8859-8"], ["שאלה,תשובה\nכמה עולה המשלוח,חינם"]],
  [["windows-1256", "iso-8859-6"], ["سؤال,جواب\nكم سعر الشحن,مجانا"]],
  [["windows-1257", "iso-8859-13"], ["Vardas;Miestas\nJonas Žemaitis;Šiauliai\nRūta;Panevėžys"]],
  [["windows-874"], ["คำถาม,คำตอบ\nค่าจัดส่งเท่าไหร่,ฟรี", "ชื่อ,เมือง\nสมชาย,กรุงเทพ", "ราคา 20 บาท"]],
  [
    ["gb18030"],
    [
      "问题,答案\n运费是多少？,免费",
      "子,一\n字,二",
      "姓名,城市\n张伟,北京\n王芳,上海",
      "A款;价格\nB款;12元",
      "部门,负责人\n研发部,欧阳娜娜\n市场部,司马懿",
    ],
  ],
  [["big5"], ["問題,答案\n運費是多少？,免費", "姓名,城市\n陳怡君,臺北\n林志明,高雄", "名稱,價格\n檯燈,12"]],
  [
    ["shift_jis", "euc-jp"],
    ["商品名,価格\nデスクランプ,1200", "送料は無料です。", "氏名,部署\n鈴木一郎,営業部"],
  ],
  [["shift_jis"], ["ﾔﾏﾀﾞﾀﾛｳ,ﾄｳｷｮｳ"]],
  [["euc-kr"], ["질문,답변\n배송비는 얼마입니까?,무료입니다", "이름,도시\n김철수,서울", "상품명;가격\n책상;12000"]],
  [
    ["utf-16le", "utf-16be"],
    ["名称,价格\n台灯,12", "知识库可以收录多种文件", "вопрос;ответ\nСколько?;Десять"],
  ],
  [["iso-2022-jp"], []],
];

describe("the encoding of a text without a mark", () => {
  const cases = texts.flatMap(([names, own]) =>
    names.flatMap((encoding) => own.map((text) => [encoding, text] as const)),
  );
  it.each(cases)("%s: %j is read, and where it is doubted the right one is offered", (encoding, text) => {
    const bytes = encode(text, encoding);
    const right = decodeBytes(bytes, encoding);
    const found = decodeText(bytes);
    const offered = found?.alternatives.map((alternative) => decodeBytes(bytes, alternative)) ?? [];
    expect(found?.isUnsure ? [found.text, ...offered] : [found?.text]).toContain(right);
  });

  it("is right without a question for nearly all of them", () => {
    const sure = cases.filter(([encoding, text]) => {
      const bytes = encode(text, encoding);
      const found = decodeText(bytes);
      return found?.isUnsure === false && found.text === decodeBytes(bytes, encoding);
    });
    expect(sure.length / cases.length).toBeGreaterThan(0.85);
  });

  it.each([
    ["fr-1252.txt", "windows-1252", /^Conditions de retour\nL’article peut être retourné .* 20 €/s],
    ["ds-excel-1252.csv", "windows-1252", /Gebühr für Müller\?;20 €\n.*täglich\n.*l’été \?;“30 €”/s],
    ["ds-ja-sjis.csv", "shift_jis", /^質問,expected\n返品はできますか,三十日以内/],
  ])("%s is %s", (file, encoding, text) => {
    const found = decodeText(readFileSync(new URL(`fixtures/${file}`, import.meta.url)));
    expect(found).toMatchObject({ encoding, isLossy: false, isUnsure: false });
    expect(found?.text).toMatch(text);
  });

  it("is found though the first sign beyond ASCII comes after a megabyte", () => {
    const text = `${"id,name\n".repeat(130_000)}1,Gebühr für Müller\n2,größer als Übermaß\n`;
    expect(decodeText(encode(text, "windows-1252"))).toMatchObject({ encoding: "windows-1252", text });
  });

  it("is ISO-2022-JP where escapes switch to Japanese", () => {
    const bytes = Buffer.from("1b24423f3f1b2842", "hex");
    expect(decodeText(Buffer.concat([bytes, Buffer.from("ok")]))).toMatchObject({ encoding: "iso-2022-jp" });
  });

  it("is doubted where a single sign could be several letters", () => {
    const found = decodeText(encode("név;város\nKovács Zoltán;Győr", "windows-1250"));
    expect(found?.isUnsure).toBe(true);
    expect(found?.alternatives).toContain("windows-1250");
  });
});

it("takes the encoding that a person chose", () => {
  const bytes = encode("Sprzedaż Łódź", "windows-1250");
  expect(decodeText(bytes, { encoding: "windows-1250" })).toMatchObject({ text: "Sprzedaż Łódź", isUnsure: false });
  expect(decodeText(bytes, { encoding: "utf-8" })).toMatchObject({ isLossy: true });
});

it("keeps the marks of UTF-8, UTF-16 and UTF-32 out of the text", () => {
  for (const encoding of ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"]) {
    expect(decodeText(iconv.encode("a,b", encoding, { addBOM: true }))).toMatchObject({ encoding, text: "a,b" });
  }
});

it("knows every encoding that it offers, and the names that files and pages give them", () => {
  for (const encoding of encodings) expect(decodeBytes(Buffer.from("abc "), encoding).length).toBeGreaterThan(0);
  expect(
    ["GB2312", "x-sjis", "Latin1", "cp949", "TIS-620", "ISO_8859-7", "CP866", "x-cp1251", "nonsense"].map(
      encodingNamed,
    ),
  ).toEqual([
    "gb18030",
    "shift_jis",
    "windows-1252",
    "euc-kr",
    "windows-874",
    "iso-8859-7",
    "ibm866",
    "windows-1251",
    undefined,
  ]);
});

it("answers for any bytes, with well-formed confidence", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const found = decodeText(bytes);
      if (found === undefined) return;
      expect(found.confidence).toBeGreaterThanOrEqual(0);
      expect(found.confidence).toBeLessThanOrEqual(1);
      expect(found.alternatives).not.toContain(found.encoding);
    }),
    { numRuns: 100 },
  );
});

it.each(["a,b\n1,\u00002\n3,4\n", "\u0000a,b\n1,2\n", "name,city\nAna,Bonn\u0000\n"])(
  "takes no text with a stray zero for UTF-16: %j",
  (text) => {
    const { encoding } = decodeText(Buffer.from(text, "latin1")) ?? {};
    expect(encoding === undefined || !encoding.startsWith("utf-16")).toBe(true);
  },
);
