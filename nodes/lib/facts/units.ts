/** What a unit measures, and how many of the base unit of that it is. */
export interface Unit {
  readonly measures: string;
  readonly factor: number;
}

/** Kind of measure, then `unit spellings = factor`. Units of the International System by their brochure; the others by their legal definitions. */
const table: Readonly<Record<string, readonly (readonly [spellings: string, factor: number])[]>> = {
  mass: [
    ["mg milligram milligrams 毫克", 1e-6],
    ["g gram grams gramme grammes 克", 1e-3],
    ["kg kgs kilogram kilograms kilo kilos 千克 公斤", 1],
    ["斤", 0.5],
    ["t tonne tonnes ton tons 吨", 1e3],
    ["lb lbs pound pounds 磅", 0.45359237],
    ["oz ounce ounces 盎司", 0.028349523125],
  ],
  length: [
    ["nm 纳米", 1e-9],
    ["μm um 微米", 1e-6],
    ["mm millimetre millimetres millimeter millimeters 毫米", 1e-3],
    ["cm centimetre centimetres centimeter centimeters 厘米 公分", 1e-2],
    ["m metre metres meter meters 米", 1],
    ["km kilometre kilometres kilometer kilometers 千米 公里", 1e3],
    ["inch inches 英寸", 0.0254],
    ["ft foot feet 英尺", 0.3048],
    ["mile miles 英里", 1609.344],
  ],
  area: [
    ["m^2 m2 sqm 平方米 平米", 1],
    ["km^2 km2 平方公里 平方千米", 1e6],
    ["hectare hectares ha 公顷", 1e4],
    ["亩", 2000 / 3],
  ],
  volume: [
    ["ml millilitre millilitres milliliter milliliters 毫升", 1e-3],
    ["l litre litres liter liters 升", 1],
    ["m^3 m3 立方米", 1e3],
  ],
  time: [
    ["ms millisecond milliseconds 毫秒", 1e-3],
    ["s sec secs second seconds 秒 秒钟", 1],
    ["min mins minute minutes 分钟", 60],
    ["h hr hrs hour hours 小时 个小时 钟头 个钟头", 3600],
    ["day days 天 日", 86_400],
    ["week weeks 周 星期 个星期 礼拜", 604_800],
  ],
  months: [
    ["month months 个月", 1],
    ["quarter quarters 季度", 3],
    ["year years yr yrs 年 周年", 12],
  ],
  workdays: [["working-day working-days business-day business-days workday workdays 工作日 个工作日", 1]],
  temperature: [["°c celsius 摄氏度 度", 1]],
  fahrenheit: [["°f fahrenheit 华氏度", 1]],
  data: [
    ["kb kilobyte kilobytes", 1e3],
    ["mb megabyte megabytes", 1e6],
    ["gb gigabyte gigabytes", 1e9],
    ["tb terabyte terabytes", 1e12],
  ],
  power: [
    ["w watt watts 瓦", 1],
    ["kw kilowatt kilowatts 千瓦", 1e3],
    ["mw megawatt megawatts 兆瓦", 1e6],
  ],
  energy: [["kwh 千瓦时 度电", 1]],
  voltage: [
    ["mv 毫伏", 1e-3],
    ["v volt volts 伏 伏特", 1],
    ["kv 千伏", 1e3],
  ],
  current: [
    ["ma 毫安", 1e-3],
    ["a amp amps ampere amperes 安 安培", 1],
  ],
  charge: [
    ["mah 毫安时", 1e-3],
    ["ah 安时", 1],
  ],
  frequency: [
    ["hz hertz 赫兹", 1],
    ["khz", 1e3],
    ["mhz 兆赫", 1e6],
    ["ghz", 1e9],
  ],
  speed: [
    ["km/h kph 公里/小时", 1],
    ["m/s 米/秒", 3.6],
    ["mph", 1.609344],
  ],
  share: [["% percent per-cent pct 个百分点 percentage-points percentage-point", 0.01]],
  CNY: [
    ["元 块 块钱 yuan rmb cny 人民币", 1],
    ["角", 0.1],
    ["分钱", 0.01],
  ],
  USD: [
    ["usd dollar dollars 美元 美金", 1],
    ["cent cents 美分", 0.01],
  ],
  EUR: [["eur euro euros 欧元", 1]],
  GBP: [["gbp 英镑", 1]],
  JPY: [["jpy yen 日元", 1]],
  HKD: [["hkd 港元 港币", 1]],
};

const units = new Map<string, Unit>(
  Object.entries(table).flatMap(([measures, rows]) =>
    rows.flatMap(([spellings, factor]) =>
      spellings.split(" ").map((spelling) => [spelling, { measures, factor }] as const),
    ),
  ),
);

export const currencySigns: Readonly<Record<string, string>> = {
  $: "USD",
  US$: "USD",
  USD: "USD",
  "€": "EUR",
  EUR: "EUR",
  "£": "GBP",
  GBP: "GBP",
  "¥": "CNY",
  RMB: "CNY",
  CNY: "CNY",
  人民币: "CNY",
  HK$: "HKD",
};

const latin =
  /^[ -]?(°[CcFf]|%|km\/h|m\/s|(?:working|business) days?|per cent|percentage points?|[A-Za-zμ]+(?:\^[23]|[23](?![\d.]))?)(?![\p{L}\p{N}])/u;
const chinese = /^ ?(个百分点|\p{Script=Han}+(?:\/\p{Script=Han}+)?)/u;
const longest = 5;

/** The unit that stands at the beginning of a text, and how many characters it takes; null where none does. */
export const unitAt = (text: string): { readonly unit: Unit; readonly length: number } | null => {
  const found = latin.exec(text);
  if (found?.[1] !== undefined) {
    const unit = units.get(found[1].toLowerCase().replace(" ", "-"));
    if (unit !== undefined) return { unit, length: found[0].length };
  }
  const han = chinese.exec(text);
  if (han?.[1] === undefined) return null;
  for (let size = Math.min(longest, han[1].length); size > 0; size -= 1) {
    const unit = units.get(han[1].slice(0, size));
    if (unit !== undefined) return { unit, length: han[0].length - han[1].length + size };
  }
  return null;
};
