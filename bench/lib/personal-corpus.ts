/**
 * Messages in English and Chinese with personal data planted in them, and with things that only look like it. Written from what people write,
 * without a look at the detectors: the checks are computed another way, and some of the forms are not among theirs.
 */
export type PlantedKind = "email" | "phone" | "resident-id" | "bank-card" | "passport" | "ip" | "name";

export interface Planted {
  /** `name (bare)`: neither with a title nor on the list of names, so that nothing but a guess could find it. */
  readonly kind: PlantedKind | "name (bare)";
  readonly start: number;
  readonly end: number;
}
export interface Message {
  readonly text: string;
  readonly planted: readonly Planted[];
}
export interface Corpus {
  readonly messages: readonly Message[];
  /** Names that the author of the check would put on a list. */
  readonly listedNames: readonly string[];
}

/** Mulberry32. */
const createRandom = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join("");
  const date = (from: number, to: number): [string, string, string] => {
    const day = new Date(Date.UTC(from, 0, 1) + below((to - from) * 365) * 86_400_000).toISOString();
    return [day.slice(0, 4), day.slice(5, 7), day.slice(8, 10)];
  };
  return { next, below, pick, digits, date };
};
type Random = ReturnType<typeof createRandom>;

/** Luhn by a table, from the left: the check digit that completes the number. */
const luhnDigit = (body: string): string => {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) {
    const digit = body.charCodeAt(place) - 48;
    sum += (body.length - place) % 2 === 1 ? (doubled[digit] as number) : digit;
  }
  return String((10 - (sum % 10)) % 10);
};
/** MOD 11-2 as a recurrence, as ISO 7064 describes it. */
const mod11Character = (body: string): string => {
  let product = 0;
  for (const digit of body) product = ((product + Number(digit)) * 2) % 11;
  const check = (12 - product) % 11;
  return check === 10 ? "X" : String(check);
};
const otherDigit = (digit: string): string => (digit === "X" ? "3" : String((Number(digit) + 4) % 10));

const englishGiven = ["Olivia", "Noah", "Amelia", "Theo", "Priya", "Kwame", "Sofia", "Liam", "Anneliese", "Darius"];
const englishFamily = [
  "Whitfield",
  "Okafor",
  "Nakamura",
  "O'Sullivan",
  "Rodriguez",
  "McAllister",
  "Kowalski",
  "Smith-Jones",
  "Bauer",
  "Singh",
];
const chineseFamily = ["王", "李", "张", "陈", "欧阳", "周", "吴", "孙", "何", "郑", "上官", "唐"];
const chineseGiven = ["建国", "秀英", "梓涵", "浩然", "敏", "静怡", "磊", "晓东", "芳", "国庆"];
const places = ["110101", "310115", "440305", "510107", "330106", "420111", "610113", "370203"];

const values: Readonly<Record<Exclude<PlantedKind, "name">, (random: Random, chinese: boolean) => string>> = {
  email: ({ pick, below, digits }) => {
    const user = pick([
      "li.wei",
      "jsmith",
      "anna_maria",
      "sales-team",
      "k",
      "first.last+promo",
      `QQ${digits(6)}`,
      digits(9),
      "o'brien",
    ]);
    const host = pick([
      "gmail.com",
      "163.com",
      "qq.com",
      "corp.example.co.uk",
      "mail-2.uni-bonn.de",
      "外企.example.cn".slice(3),
      "web.app",
    ]);
    return below(8) === 0 ? `${user}@${host}`.toUpperCase() : `${user}@${host}`;
  },
  phone: ({ pick, digits, below }, chinese) => {
    const mobile = pick(["130", "138", "139", "152", "158", "177", "186", "199"]) + digits(8);
    const forms = chinese
      ? [
          mobile,
          `${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}`,
          `${mobile.slice(0, 3)}-${mobile.slice(3, 7)}-${mobile.slice(7)}`,
          `+86${mobile}`,
          `+86 ${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}`,
          `(+86) ${mobile}`,
          `0086-${mobile}`,
          `010-${pick(["6", "8"])}${digits(7)}`,
          `（021）${pick(["5", "6"])}${digits(7)}`,
          `0755-${pick(["2", "8"])}${digits(7)}`,
          [...mobile].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(""),
        ]
      : (() => {
          const area = pick(["212", "415", "312", "617", "206", "713"]);
          const [middle, last] = [`${pick(["2", "5", "7"])}${digits(2)}`, digits(4)];
          return [
            `(${area}) ${middle}-${last}`,
            `${area}-${middle}-${last}`,
            `${area}.${middle}.${last}`,
            `${area} ${middle} ${last}`,
            `+1 ${area} ${middle} ${last}`,
            `+1 (${area}) ${middle}-${last}`,
            `1-${area}-${middle}-${last}`,
            `+44 20 7${digits(3)} ${digits(4)}`,
            `+44 (0)20 7${digits(3)} ${digits(4)}`,
            `+49 30 ${pick(["2", "3"])}${digits(7)}`,
            `+33 6 ${10 + below(80)} ${10 + below(80)} ${10 + below(80)} ${10 + below(80)}`,
            `+81-3-${pick(["3", "5"])}${digits(3)}-${digits(4)}`,
          ];
        })();
    return pick(forms);
  },
  "resident-id": (random) => {
    const body = random.pick(places) + random.date(1945, 2015).join("") + random.digits(3);
    const id = body + mod11Character(body);
    return random.pick([id, id, id, id.toLowerCase(), `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`]);
  },
  "bank-card": ({ pick, digits }) => {
    const [start, length] = pick([
      ["4", 16],
      [`5${pick(["1", "3", "5"])}`, 16],
      ["2300", 16],
      ["37", 15],
      ["622202", 19],
      ["621700", 19],
      ["625", 16],
      ["6011", 16],
      ["3530", 16],
    ] as const);
    const body = start + digits(length - start.length - 1);
    const card = body + luhnDigit(body);
    const grouped = (by: RegExp) => card.replace(by, "$& ").trim();
    if (length === 15) return pick([card, `${card.slice(0, 4)} ${card.slice(4, 10)} ${card.slice(10)}`]);
    return pick([card, grouped(/\d{4}/g), grouped(/\d{4}/g).replaceAll(" ", "-")]);
  },
  passport: ({ pick, digits, below }, chinese) =>
    chinese
      ? pick([`E${digits(8)}`, `G${digits(8)}`, `E${pick([..."ABCDEFGHJK"])}${digits(7)}`])
      : below(2) === 0
        ? pick(["3", "4", "5", "6"]) + digits(8)
        : pick([..."ACY"]) + digits(8),
  ip: ({ below, pick }) => {
    const hex = () => (1 + below(65_534)).toString(16);
    return pick([
      `${1 + below(223)}.${below(256)}.${below(256)}.${1 + below(254)}`,
      `192.168.${below(256)}.${1 + below(254)}`,
      `2001:db8:${hex()}:${hex()}:${hex()}:${hex()}:${hex()}:${hex()}`,
      `fe80::${hex()}:${hex()}`,
      `2400:3200::${1 + below(9)}`,
    ]);
  },
};

/** What looks like personal data and is none. */
const nearMiss = (random: Random, chinese: boolean): string => {
  const { pick, digits, below, date } = random;
  const [year, month, day] = date(2019, 2026);
  const body = pick(places) + date(1950, 2010).join("") + digits(3);
  const card = pick(["4", "51", "622202"]) + digits(11);
  const common = [
    `${year}-${month}-${day} ${10 + below(13)}:${10 + below(49)}:${10 + below(49)}`,
    `${year}${month}${day}${digits(6)}`,
    `${body}${otherDigit(mod11Character(body))}`,
    `${card}${otherDigit(luhnDigit(card))}`,
    `SF${digits(13)}`,
    `#${digits(7)}`,
    `¥${digits(2)},${1 + below(9)}${digits(2)}.${digits(2)}`,
    `${300 + below(600)}.${300 + below(600)}.1.${below(255)}`,
    `${below(20)}.${below(20)}.${below(20)}`,
    `978-7-${digits(3)}-${digits(5)}-${below(10)}`,
    `${digits(4)}-${digits(4)}`,
    `${pick(["@media", "@tom", "user@localhost", "a @ b"])}`,
    `3.14159265${digits(6)}`,
    `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`,
    `00:1${below(10)}:${10 + below(80)}:3c:5d:e${below(10)}`,
    `1${pick(["0", "1", "2"])}${digits(9)}`,
    `${pick(["12", "99"])}:${digits(2)}`,
    `LOT-${pick([..."ABC"])}${digits(8)}`,
    `${pick(["v", "version "])}${below(9)}.${below(9)}.${below(9)}.${below(99)}`,
  ];
  const own = chinese
    ? [
        `订单号${digits(12)}`,
        `批次${digits(10)}`,
        `第${digits(3)}号`,
        "各位先生女士",
        "李子和王冠",
        `京A${digits(5)}`,
        `共${digits(5)}件`,
        "张贴通知",
        "周末老师休息",
      ]
    : [
        `order ${digits(10)}`,
        `invoice ${digits(9)}`,
        `room ${digits(3)}-${digits(3)}`,
        "Doctor's appointment",
        "Miss the bus",
        "Sir, yes",
        "May 12",
        `SKU ${digits(6)}-${digits(4)}`,
      ];
  return pick(below(3) === 0 ? own : common);
};

/** `{}` is where the value stands. */
const frames: Readonly<Record<PlantedKind, { readonly en: readonly string[]; readonly zh: readonly string[] }>> = {
  email: {
    en: ["You can reach me at {}.", "cc: {}", "<{}> wrote:", "Send it to {}, please", "mailto:{}"],
    zh: ["我的邮箱是{}，", "请发到{}谢谢", "邮箱：{}", "（{}）", "抄送{}。"],
  },
  phone: {
    en: ["Call me on {} after six.", "Phone: {}", "my number is {}", "Text {} or", "({})"],
    zh: ["电话{}，", "手机号：{}", "打{}找我", "联系方式 {}。", "请回拨{}谢谢"],
  },
  "resident-id": {
    en: ["Resident ID {}.", "id no. {} (China)", "His Chinese ID is {},"],
    zh: ["身份证号{}，", "证件号码：{}", "本人{}申请", "身份证 {} 已上传"],
  },
  "bank-card": {
    en: ["Card {} was charged twice.", "paid with {},", "card number: {}"],
    zh: ["卡号{}，", "请打到{}这张卡", "银行卡：{}。", "尾款付到 {}"],
  },
  passport: {
    en: ["Passport {} expires soon.", "passport number: {}", "my passport no is {},"],
    zh: ["护照号{}，", "护照号码：{}", "持{}护照入境", "证件 {} 遗失"],
  },
  ip: {
    en: ["Login from {} at night.", "host {} is down", "client={};", "ping {}"],
    zh: ["来自{}的登录，", "服务器{}连不上", "IP：{}", "地址 {} 被封"],
  },
  name: { en: [], zh: [] },
};

const fillers = {
  en: [
    "The parcel arrived late.",
    "Please check it.",
    "Thanks a lot!",
    "I have been waiting for two weeks.",
    "It does not work after the update.",
    "See the attachment.",
  ],
  zh: ["快递到晚了。", "麻烦核实一下。", "多谢！", "我已经等了两周。", "更新之后就用不了了。", "详见附件。"],
};

/** Text around a name, the name, and whether a title or a label stands by it. */
const nameFrame = (
  random: Random,
  chinese: boolean,
  listed: readonly string[],
): readonly [string, string, string, boolean] => {
  const { pick, below } = random;
  const fresh = chinese ? pick(chineseFamily) + pick(chineseGiven) : `${pick(englishGiven)} ${pick(englishFamily)}`;
  const way = below(10);
  if (way < 3) {
    const known = pick(listed.filter((name) => /\p{Script=Han}/u.test(name) === chinese));
    return chinese ? [pick(["找", "昨天", ""]), known, "来过。", true] : ["I spoke to ", known, " yesterday.", true];
  }
  if (way < 5) return chinese ? ["客服", fresh, "说可以退。", false] : ["It was ", fresh, " who called.", false];
  if (chinese) {
    const title = pick(["先生", "女士", "小姐", "老师", "医生", "经理"]);
    const named = below(2) === 0 ? fresh : pick(chineseFamily);
    return pick([
      ["请联系", named, title, true],
      ["收件人：", fresh, "，", true],
      ["我叫", fresh, "。", true],
      ["和", named, `${title}约好了`, true],
    ] as const);
  }
  const family = pick(englishFamily);
  return pick([
    ["Dear Mr. ", family, ",", true],
    ["Ms ", fresh, " agreed.", true],
    ["Ask Dr. ", fresh, ".", true],
    ["My name is ", fresh, ".", true],
    ["Name: ", fresh, "", true],
    ["Regards to Mrs ", family, "!", true],
  ] as const);
};

export const createCorpus = (seed: number, count: number): Corpus => {
  const random = createRandom(seed);
  const { below, pick, next } = random;
  const listedNames = ["Beatrix Holloway", "Tomasz Wrona", "Ingrid Falk", "慕思远", "鲁一凡", "景小满"];
  const kinds = Object.keys(frames) as PlantedKind[];
  const messages = Array.from({ length: count }, (_, index): Message => {
    const chinese = index % 2 === 1;
    const language = chinese ? "zh" : "en";
    const space = chinese ? "" : " ";
    const planted: Planted[] = [];
    let text = "";
    const add = (piece: string) => {
      text += (text === "" ? "" : space) + piece;
    };
    const plant = (before: string, value: string, after: string, kind: Planted["kind"]) => {
      add(before);
      const start = text.length;
      text += value;
      planted.push({ kind, start, end: text.length });
      text += after;
    };
    const sentences = 2 + below(4);
    for (let at = 0; at < sentences; at += 1) {
      const what = next();
      if (what < 0.3) add(pick(fillers[language]));
      else if (what < 0.6)
        add(
          `${pick(chinese ? ["参考", "编号", "见", ""] : ["ref", "see", "about", "no"])} ${nearMiss(random, chinese)}${chinese ? "。" : "."}`,
        );
      else {
        const kind = pick(kinds);
        if (kind === "name") {
          const [before, name, after, findable] = nameFrame(random, chinese, listedNames);
          plant(before, name, after, findable ? "name" : "name (bare)");
        } else {
          const [before = "", after = ""] = pick(frames[kind][language]).split("{}");
          plant(before, values[kind](random, chinese), after, kind);
        }
      }
      if (below(6) === 0) text += "\n";
    }
    return { text, planted };
  });
  return { messages, listedNames };
};
