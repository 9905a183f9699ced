import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { mask } from "../mask";
import { unmask } from "../token";
import { passesLuhn } from "./bank-card";
import { type PersonalKind, personalKinds } from "./detector";
import { createNameScanner, findPersonal, type PersonalSpan } from "./find-personal";
import { type IsPhoneNumber, loadPhoneNumbers } from "./phone-numbers";
import { residentIdCheck } from "./resident-id";

let isPhoneNumber: IsPhoneNumber;
beforeAll(async () => {
  isPhoneNumber = await loadPhoneNumbers();
});

const find = (text: string, kinds: readonly PersonalKind[] = personalKinds): readonly PersonalSpan[] =>
  findPersonal(text, { kinds, isPhoneNumber });
const shown = (text: string): readonly string[] =>
  find(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

describe("personal data", () => {
  it.each([
    ["Write to ada.lovelace+news@mail.example.co.uk.", "email ada.lovelace+news@mail.example.co.uk"],
    ["我的邮箱是zhang_san@qq.com，谢谢", "email zhang_san@qq.com"],
    ["ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "email ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ"],
    ["打13812345678找我", "phone 13812345678"],
    ["手机：138-1234-5678", "phone 138-1234-5678"],
    ["Tel13812345678", "phone 13812345678"],
    ["+86 138 1234 5678", "phone +86 138 1234 5678"],
    ["座机 010-62345678", "phone 010-62345678"],
    ["致电 400-820-8820", "phone 400-820-8820"],
    ["Call (212) 736-5000 now", "phone (212) 736-5000"],
    ["Call +1 212-736-5000 now", "phone +1 212-736-5000"],
    ["Phone: 2127365000", "phone 2127365000"],
    ["（+86）13812345678，", "phone （+86）13812345678"],
    ["电话 02162345678", "phone 02162345678"],
    ["总机 010-62345678-801", "phone 010-62345678-801"],
    ["London +44 20 7946 0958, thanks", "phone +44 20 7946 0958"],
    ["Berlin 0049 30 901820", "phone 0049 30 901820"],
    ["身份证号11010519491231002X", "resident-id 11010519491231002X"],
    ["身份证号 110105 19491231 002x", "resident-id 110105 19491231 002x"],
    ["旧身份证 110105491231002", "resident-id 110105491231002"],
    ["Card 4111 1111 1111 1111 exp 12/29", "bank-card 4111 1111 1111 1111"],
    ["amex 3782-822463-10005", "bank-card 3782-822463-10005"],
    ["卡号6212261234567890127", null],
    ["护照号 E12345678", "passport E12345678"],
    ["护照EA1234567", "passport EA1234567"],
    ["US passport no. 340020013", "passport 340020013"],
    ["from 192.168.10.24 at noon", "ip 192.168.10.24"],
    ["host 2001:db8:85a3::8a2e:370:7334.", "ip 2001:db8:85a3::8a2e:370:7334"],
    ["IP：2400:3200::8", "ip 2400:3200::8"],
    ["::ffff:192.0.2.128 it was", "ip ::ffff:192.0.2.128"],
    ["Dear Mr. Smith, hello", "name Smith"],
    ["Dr Jean-Luc O'Brien agreed", "name Jean-Luc O'Brien"],
    ["Ask Professor Ursula K. Le Guin", "name Ursula K. Le Guin"],
    ["my name is Ada Lovelace.", "name Ada Lovelace"],
    ["王先生您好", "name 王"],
    ["请联系欧阳娜娜女士", "name 欧阳娜娜"],
    ["我们向王先生致歉", "name 王"],
    ["收件人：李小明 ", "name 李小明"],
    ["我叫张伟，", "name 张伟"],
    ["1,13800138000,paid", "phone 13800138000"],
    ["联系电话1.13800138000", "phone 13800138000"],
    ["Call 138\u00a01234\u00a05678", "phone 138\u00a01234\u00a05678"],
    ["138–1234–5678", "phone 138–1234–5678"],
    ["138\u200b1234\u200b5678", "phone 138\u200b1234\u200b5678"],
    ["138·1234·5678", "phone 138·1234·5678"],
    ["138\n1234\n5678", "phone 138\n1234\n5678"],
    ["1380 0138 000", "phone 1380 0138 000"],
    ["١٣٨١٢٣٤٥٦٧٨", "phone ١٣٨١٢٣٤٥٦٧٨"],
    ["13812345678thanks", "phone 13812345678"],
    ["隐私号 17012345678-1234", "phone 17012345678-1234"],
    ['{"phone":"13812345678"}', "phone 13812345678"],
    ["Tel.: 030 901820", "phone 030 901820"],
    ["téléphone : 06 12 34 56 78", "phone 06 12 34 56 78"],
    ["電話 03-1234-5678", "phone 03-1234-5678"],
    ["ID 110105 1949 1231 002X", "resident-id 110105 1949 1231 002X"],
    ["110105–1949–1231–002X", "resident-id 110105–1949–1231–002X"],
    ["身份证11010519491231\r\n> 002X，", "resident-id 11010519491231\r\n> 002X"],
    ["id11010519491231002Xabc", "resident-id 11010519491231002X"],
    ["4111–1111–1111–1111", "bank-card 4111–1111–1111–1111"],
    ["paid with VISA4111111111111111", "bank-card 4111111111111111"],
    ["4111 1111 1111 1111 12/29 123", "bank-card 4111 1111 1111 1111"],
    ["4111 1111\n1111 1111", "bank-card 4111 1111\n1111 1111"],
    ["jörg.müller@example.de", "email jörg.müller@example.de"],
    ["jo\u0308rg@example.de", "email jo\u0308rg@example.de"],
    ["张三@example.com", "email 张三@example.com"],
    ["info@müller.de", "email info@müller.de"],
    ["почта@пример.рф", "email почта@пример.рф"],
    ["请写信到用户@例子.中国您好", "email 请写信到用户@例子.中国"],
    ['"john doe"@example.com', 'email "john doe"@example.com'],
    ["EMAIL=ada@example.com;", "email ada@example.com"],
    ["a\u200bda@exam\u00adple.com", "email a\u200bda@exam\u00adple.com"],
    ["Mr. Dvořák", "name Dvořák"],
    ["Mr. Łukasz Nowak", "name Łukasz Nowak"],
    ["MR SMITH HAS NOT PAID", "name SMITH"],
    ["Name: Nguyễn Văn An", "name Nguyễn Văn An"],
    ["Mr. Wei He called", "name Wei He"],
    ["Name: John Smith Phone: unknown", "name John Smith"],
    ["Dr. med. Hans Müller", "name Hans Müller"],
    ["Prof. Dr. rer. nat. Anna Weiß", "name Anna Weiß"],
    ["Mr. J. R. Smith", "name J. R. Smith"],
    ["Mr\u00a0Smith", "name Smith"],
    ["Herr Prof. Dr. Weiß", "name Weiß"],
    ["господин Иванов", "name Иванов"],
    ["السيد أحمد محمود", "name أحمد محمود"],
    ["श्री राम शर्मा", "name राम शर्मा"],
    ["佐藤さん、お客様", "name 佐藤"],
    ["김철수 씨, 고객님", "name 김철수"],
    ["名前：山田太郎", "name 山田太郎"],
    ["陳先生", "name 陳"],
    ["阿依古丽·买买提", "name 阿依古丽·买买提"],
    ["古丽娜尔·买买提江女士您好", "name 古丽娜尔·买买提江"],
    ["Best regards,\nJohn Smith\nCEO", "name John Smith"],
    ["Passport no. E 1234 5678", "passport E 1234 5678"],
    ["IP10.0.0.1", "ip 10.0.0.1"],
  ])("in %j", (text, expected) => {
    expect(shown(text)).toEqual(expected === null ? [] : [expected]);
  });

  it.each([
    ["13800138000/13900139000", ["13800138000", "13900139000"]],
    ["[13800138000,13900139000]", ["13800138000", "13900139000"]],
    ["212-736-5000/212-736-5001", ["212-736-5000", "212-736-5001"]],
    ["4111111111111111/4242424242424242", ["4111111111111111", "4242424242424242"]],
    ["13812345678、13912345678；13712345678", ["13812345678", "13912345678", "13712345678"]],
    ["1.13812345678\n2.13912345678", ["13812345678", "13912345678"]],
    ["Herr Müller und Frau Dr. Schmidt", ["Müller", "Schmidt"]],
  ])("is each of what stands side by side in %j", (text, expected) => {
    expect(find(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it.each([
    "Section 2.1.3.4, a ratio of 1::2, see sections 2.1.3.4 and 2.1.3.5, 第2.1.3.4节, scores 1:2:3:4:5:6:7:8",
    "2.1.3.4 Scope of work",
    "这时先生们都到了，那时先生还小，各位女士们",
    "0.13800138000, 0.4111111111111111, 13800138000abc, value 3.14159265358979",
    "Dear Customer, Dear Sir, File name: Report, Ms Office, DR PEPPER, 北京·上海, 三体·黑暗森林",
    "Kind regards,\nThe Support Team",
    "phone 2024-01-15, お客様, 皆さん, 고객님, 선생님",
    "Order 20240115123456789 of 2024-01-15 12:30:45",
    "Invoice 4111 1111 1111 1112, SN13812345678, 1381234567, 138123456789",
    "身份证号110105194912310021 校验不对，11010519491331002X 没有十三月",
    "version 10.0.0.1 and v1.2.3.4, 256.1.1.1, 1.2.3, 12:30:45, std::vector, a::b",
    "@media (min-width: 3px) a@b, user@localhost, @ada",
    "ID 2127365000, ISBN 978-7-111-54742-6, 3.14159265358979",
    "The Miss was near; mr smith; Sirius; the DRs",
    "各位先生女士，老师好，总经理到了",
    "A12345678 and 340020013 and E20240115",
    "0000 0000 0000 0000",
    "33219607-0060-4790-8222-411736200817, order 032688766573, LOT-A90168790",
    "周末老师休息，项目经理和司机师傅在，高中老师、任课老师来了",
  ])("is not in %j", (text) => {
    expect(shown(text)).toEqual([]);
  });

  it("is found for the chosen kinds only", () => {
    expect(find("a@b.io 13812345678", ["phone"]).map(({ kind }) => kind)).toEqual(["phone"]);
  });

  it("holds the names of a list wherever they stand", () => {
    const names = createNameScanner(["Ada Lovelace", "马冬梅"]);
    const text = "ada lovelace met 老马冬梅 in Adaville";
    const found = findPersonal(text, { kinds: ["name"], isPhoneNumber, names });
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(["ada lovelace", "马冬梅"]);
  });

  it("takes texts that are made to be slow", () => {
    for (const piece of ["1", "1-", "a@", "@", "(1", "Mr. A", "Aa ", "王", "::", "1:", "1.", "+1 ", "+", "0086"]) {
      find(piece.repeat(Math.ceil(200_000 / piece.length)));
    }
  });
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const completed = (start: string) => [..."0123456789"].map((last) => start + last).find(passesLuhn) ?? "";
/** Values of each kind, as they are written. */
const planted = fc.oneof(
  fc
    .tuple(fc.stringMatching(/^[a-z][a-z0-9._]{0,10}[a-z0-9]$/), fc.constantFrom("qq.com", "mail.example.org"))
    .map(([name, host]) => `${name}@${host}`),
  digits(8).map((rest) => `139${rest}`),
  fc.tuple(fc.constantFrom("11010519491231", "44030619880229"), digits(3)).map(([start, sequence]) => {
    return start + sequence + residentIdCheck(start + sequence);
  }),
  digits(13).map((middle) => completed(`62${middle}`)),
  fc.tuple(fc.ipV4(), fc.constant(null)).map(([address]) => address),
  digits(8)
    .map((rest) => `护照E${rest}`.slice(2))
    .map((value) => `passport ${value}`),
);
const between = fc.stringMatching(/^[ ,。；客户说the]{1,8}$/).map((filler) => ` ${filler} `);

describe("masking", () => {
  const masked = (text: string) => mask(text, find(text));

  it("leaves none of what was planted", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(between, planted), { minLength: 1, maxLength: 6 }), between, (pairs, end) => {
        const text = pairs.flat().join("") + end;
        const { text: after } = masked(text);
        for (const [, value] of pairs) expect(after).not.toContain(value.replace("passport ", ""));
      }),
    );
  });

  it("is taken back exactly, also where the text holds tokens of its own", () => {
    const piece = fc.oneof(
      planted,
      between,
      fc.string(),
      fc.constantFrom(
        "[EMAIL_1]",
        "[PHONE_",
        "1]",
        "[",
        "[IP_1]",
        "_2]",
        "EMAIL_1",
        "【Email_2】",
        "\\",
        "[see PHONE_1]",
        "EMAIL_",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const { text: after, originals } = masked(text);
        expect(unmask(after, originals).text).toBe(text);
      }),
    );
  });

  it("never names a token as one that stands beside what is masked", () => {
    const text = "aa@qq.com[see PHONE_1]6200000000000005EMAIL_1";
    const { text: after, originals } = masked(text);
    expect(after).not.toContain("6200000000000005");
    expect(unmask(after, originals).text).toBe(text);
  });

  it("is taken back exactly whatever stretches are masked, numbered or by fingerprint", () => {
    const parts = fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.constantFrom(null, "email", "ip")), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(
        parts,
        fc.boolean(),
        fc.constantFrom("", "[EMAIL_ab]", "[EMAIL_ab_2]", "[IP_1]"),
        (pieces, stable, head) => {
          let text = head;
          const maskings = pieces.flatMap(([value, kind]) => {
            const start = text.length;
            text += value;
            return kind === null || value === "" ? [] : [{ start, end: text.length, kind }];
          });
          const fingerprints = new Map(stable ? pieces.map(([value]) => [value, "ab"]) : []);
          const { text: after, originals, placeBefore } = mask(text, maskings, fingerprints);
          expect(unmask(after, originals).text).toBe(text);
          expect(placeBefore(0)).toBe(0);
          expect(placeBefore(after.length)).toBe(text.length);
        },
      ),
    );
  });

  it("gives one value one token, and keeps what is hidden for good hidden", () => {
    const text = "a@b.io, c@d.io, a@b.io, damn";
    const { text: after, originals } = mask(text, [...find(text), { start: 24, end: 28, kind: null }]);
    expect(after).toBe("[EMAIL_1], [EMAIL_2], [EMAIL_1], ***");
    expect(unmask(after, originals)).toEqual({ text: "a@b.io, c@d.io, a@b.io, ***", count: 3, left: [] });
  });
});
