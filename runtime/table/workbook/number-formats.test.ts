import { expect, it } from "vitest";
import { showNumber } from "./number-formats";

it.each([
  ["1234", "00000", "01234"],
  ["7", '"INV-"0000', "INV-0007"],
  ["1.5", "[h]:mm", "36:00"],
  ["1200.5", '"€" 0.00', "€ 1200.50"],
  ["1200.5", '#,##0.00 "€"', "1,200.50 €"],
  ["5", '0 "kg"', "5 kg"],
  ["0.5", "# ?/?", "1/2"],
  ["123456789012", "0.00E+00", "1.23E+11"],
  ["0.153", "0.0%", "15.3%"],
  ["-5.5", "#,##0.00;[Red](#,##0.00)", "(5.50)"],
  ["13800138000", "000-0000-0000", "138-0013-8000"],
  ["2500000", '[>=1000000]0.0,,"M";0', "2.5M"],
  ["45356", 'yyyy"年"m"月"d"日"', "2024年3月5日"],
  ["45356", "dd.mm.yyyy", "05.03.2024"],
  ["45356", "yyyy-mm-dd", "2024-03-05"],
  ["61", "yyyy-mm-dd", "1900-03-01"],
  ["59", "yyyy-mm-dd", "1900-02-28"],
])("shows %s by %s as %s", (raw, code, shown) => {
  expect(showNumber(raw, code, false)).toBe(shown);
});

it("counts days from 1904 where the workbook does, but no hours", () => {
  expect(showNumber("0", "yyyy-mm-dd", true)).toBe("1904-01-01");
  expect(showNumber("1.0425", "[h]:mm:ss", true)).toBe("25:01:12");
});

it("shows all digits of a number without a format, and none that only a binary fraction has", () => {
  expect(showNumber("6222020200112345678", "General", false)).toBe("6222020200112345678");
  expect(showNumber("123456789012", "General", false)).toBe("123456789012");
  expect(showNumber("1.234567890123457E+16", "General", false)).toBe("12345678901234570");
  expect(showNumber("-1.234567890123458e+16", "0", false)).toBe("-12345678901234580");
  expect(showNumber("1.5E+20", "General", false)).toBe("150000000000000000000");
  expect(showNumber("0.30000000000000004", "General", false)).toBe("0.3");
});

it("falls back to the number where the code is no code or the day before the calendar", () => {
  expect(showNumber("5", '0 "', false)).toMatch(/5/);
  expect(showNumber("-3", "yyyy-mm-dd", false)).toBe("-3");
  expect(showNumber("5", "0".repeat(5_000), false)).toBe("5");
  expect(showNumber("#N/A", "0.00", false)).toBe("#N/A");
});
