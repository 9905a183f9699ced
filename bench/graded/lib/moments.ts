import { chinese } from "./quantities";

export interface Day {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

const months = "january february march april may june july august september october november december".split(" ");
const monthNamed = (name: string) => months.findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3))) + 1;
const month =
  "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const han = "[零〇一二三四五六七八九十]";

/** Where days stand in a text, with the text itself: what was read as a day is no number. */
const forms: readonly (readonly [RegExp, (parts: readonly string[]) => Day])[] = [
  [/(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/g, ([y, m, d]) => ({ year: Number(y), month: Number(m), day: Number(d) })],
  [
    new RegExp(`(?:(\\d{4}|${han}{4}) ?年 ?)?(\\d{1,2}|${han}{1,3}) ?月 ?(\\d{1,2}|${han}{1,3}) ?[日号]`, "g"),
    ([y, m, d]) => ({ year: y ? numeral(y) : null, month: numeral(m), day: numeral(d) }),
  ],
  [
    new RegExp(`(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month}(?:,? (\\d{4}))?`, "gi"),
    ([d, m = "", y]) => ({ year: y ? Number(y) : null, month: monthNamed(m), day: Number(d) }),
  ],
  [
    new RegExp(`${month} (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?`, "gi"),
    ([m = "", d, y]) => ({ year: y ? Number(y) : null, month: monthNamed(m), day: Number(d) }),
  ],
];
const numeral = (text = ""): number => (/^\d+$/.test(text) ? Number(text) : chinese(text));

const clock =
  /(上午|早上|中午|下午|晚上)?\s?(?<![\d:])(\d{1,2}|[零一二三四五六七八九十]{1,3})(?:[:：](\d{2})(?!\d)|[点點](?:(半)|(一刻)|([零〇一二三四五六七八九十]{1,3}|\d{1,2})分?)?)(?:\s?([ap])\.?m)?|(?<![\d:.])(\d{1,2})\s?([ap])\.?m\b/giu;

/** Minutes from midnight; `half` where it is not said which half of the day is meant. */
export interface Time {
  readonly minutes: number;
  readonly half: boolean;
}

/** Days and times of a text, and the text without them. */
export const momentsIn = (
  given: string,
): { readonly days: readonly Day[]; readonly times: readonly Time[]; readonly rest: string } => {
  const days: Day[] = [];
  const times: Time[] = [];
  let rest = given.normalize("NFKC");
  for (const [form, read] of forms) {
    rest = rest.replace(form, (...match) => {
      days.push(read(match.slice(1, 4)));
      return " ";
    });
  }
  rest = rest.replace(clock, (whole, part, hour, minute, half, quarter, spelled, marker, bare, bareMarker) => {
    const hours = numeral(hour ?? bare);
    const minutes = half ? 30 : quarter ? 15 : minute ? Number(minute) : spelled ? numeral(spelled) : 0;
    if (hours > 24 || minutes > 59) return whole;
    const said = (marker ?? bareMarker)?.toLowerCase();
    const late = said === "p" || /下午|晚上/.test(part ?? "");
    const early = said === "a" || /上午|早上/.test(part ?? "");
    const at = late && hours < 12 ? hours + 12 : early && hours === 12 ? 0 : hours;
    times.push({ minutes: at * 60 + minutes, half: !late && !early && hours <= 12 });
    return " ";
  });
  return { days, times, rest };
};
