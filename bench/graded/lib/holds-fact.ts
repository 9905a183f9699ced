import { momentsIn } from "./moments";
import { quantitiesIn, unitNamed } from "./quantities";
import type { Fact } from "./task";

/** One form of case, width and blanks. */
export const fold = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();

/** Whether a reply says a fact, in whatever form: 28 days, twenty-eight days, 二十八天, 4 weeks. */
export const holdsFact = (reply: string, fact: Fact): boolean => {
  if ("text" in fact) return fact.text.some((each) => fold(reply).includes(fold(each)));
  if ("code" in fact) return holdsCode(reply, fact.code);
  const { days, times, rest } = momentsIn(reply);
  if ("date" in fact) {
    const [day, month, year] = fact.date.split("-").reverse().map(Number);
    return days.some(
      (said) =>
        said.day === day &&
        said.month === month &&
        (said.year === null || year === undefined || Number.isNaN(year) || said.year === year),
    );
  }
  if ("time" in fact) {
    const [hours = 0, minutes = 0] = fact.time.split(":").map(Number);
    const at = hours * 60 + minutes;
    return times.some((said) => said.minutes === at || (said.half && said.minutes + 720 === at));
  }
  const unit = fact.unit === undefined ? null : unitNamed(fact.unit);
  const near = (left: number, right: number) => Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(right));
  return quantitiesIn(rest).some(({ value, measure, base }) =>
    unit === null || measure === null
      ? near(value, fact.number)
      : measure === unit.measure && near(base, fact.number * unit.factor),
  );
};

/** E18, E-18 and "e 18" are one code; E180 is another. */
const holdsCode = (reply: string, code: string): boolean => {
  const bare = (text: string) => text.normalize("NFKC").toLowerCase().replace(/[\s-]/gu, "");
  const [text, wanted] = [bare(reply), bare(code)];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!/\d/.test(text[at + wanted.length] ?? "")) return true;
  }
  return false;
};
