/** Words that turn what follows into its opposite. */
const english = /^(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|cant|wont|unable|non|lack)$/;
/** Words that say that something is not allowed. */
const forbids = /^(?:forbid|forbidden|prohibit|banned|ban)$/;
const chinese = /不得|不可|不能|不会|没有|沒有|禁止|谢绝|并非|不|没|沒|無|无|未|非|勿/gu;
/** Where the same words deny nothing. */
const deniesNothing =
  /\b(?:not only|not just|no longer than|no later than|not later than|no more than|not more than|no less than|not less than|no fewer than|not exceed(?:ing)?|no matter|whether or not|no doubt|no\. ?\d+)\b/gi;
const deniesNothingChinese =
  /不但|不仅|不只|不光|不断|不超过|不超出|不少于|不低于|不高于|不大于|不小于|不多于|不晚于|不迟于|不同|不过|不久|不管|不论|无论|非常|未来|是否|不好意思|对不起|没关系|允许|准许|可以|无线|无人机|不锈钢|非洲|除非|莫非|差不多|不时|能不能|可不可以|是不是|会不会|有没有|要不要|不一会|未必/gu;

const clauseEnd =
  /[,，;；。!?！？:：\n]|[.](?=\s|$)|\b(?:but|however|while|whereas|although|because|unless)\b|但是|然而|但/giu;
const idle = new Set(
  (
    "a an the is are was were be been being am do does did done can could will would may might must shall should has have had to of in on at by for with from as it its this that these those " +
    "and or if when than then there here you your we our they their he she his her i my me us them yet also any some all very so such which who what please only"
  ).split(" "),
);
const idleChinese = new Set(
  "的了是在有予给和与及或也就都被把将会能可要得以所其这那该此请再而并对于向从为吗呢吧啊着过地".split(""),
);
const same: Readonly<Record<string, string>> = { permit: "allow", authoris: "allow", authoriz: "allow" };

const stem = (word: string): string => {
  const cut = word.replace(/(?:ically|ations?|ables?|ibles?|ings?|ments?|ies|ied|ed|es|s|y|e)$/, "");
  const short = cut.length >= 3 ? cut : word;
  return same[short] ?? short.replace(/(.)\1$/, "$1");
};

/** Words that say the opposite of another by themselves, as that other denied; and words for what must be. */
const opposites: readonly (readonly [RegExp, string])[] = [
  [/\bexclud(?:e|es|ed|ing)\b/gi, "not include"],
  [/\boptional\b/gi, "not required"],
  [/\bmandatory\b|\bcompulsory\b|\bobligatory\b/gi, "required"],
  [/\bdisabled?s?\b/gi, "not enabled"],
  [/\breject(?:s|ed)?\b/gi, "not accept"],
  [/\brefus(?:e|es|ed)\b/gi, "not accept"],
  [/\bclosed\b/gi, "not open"],
  [/\bfree of charge\b/gi, "not charged"],
  [/不必须?|无须|毋须|毋需|无需|不需要?|不用|不强制/g, "不需"],
  [/必须|务必|必需|须要|强制/g, "需"],
  [/免费/g, "不收费"],
  [/关闭/g, "不开启"],
  [/拒绝/g, "不接受"],
  [/除外|排除/g, "不包括"],
];

interface Clause {
  /** Stems of the words, or characters, that carry the meaning. */
  readonly words: ReadonlySet<string>;
  /** What each denying word may deny: the next word that carries meaning, or the one before where none follows. */
  readonly denied: readonly (readonly string[])[];
}

const clauseOf = (given: string): Clause => {
  const text = opposites
    .reduce((now, [pattern, plain]) => now.replace(pattern, plain), given)
    .replace(deniesNothing, " ")
    .replace(deniesNothingChinese, " ")
    .replace(/n['’]t\b/gi, " not ")
    .replace(/\bcannot\b/gi, "can not");
  const words: string[] = [];
  const denied: string[][] = [];
  let open = 0;
  const say = (word: string) => {
    words.push(word);
    for (; open > 0; open -= 1) denied.push([word]);
  };
  const deny = () => {
    open += 1;
  };
  for (const [token] of text.matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)) {
    if (/\p{Script=Han}/u.test(token)) {
      let at = 0;
      for (const match of token.matchAll(chinese)) {
        sayEach(token.slice(at, match.index), say);
        deny();
        at = match.index + match[0].length;
      }
      sayEach(token.slice(at), say);
      continue;
    }
    const word = token.toLowerCase();
    const root = stem(word);
    if (english.test(word)) deny();
    else if (forbids.test(root)) {
      // What is forbidden is not allowed.
      denied.push([words.at(-1) ?? "allow", "allow"]);
      words.push("allow");
    } else if (!idle.has(word) && !/.ly$/.test(word)) say(root);
  }
  const last = words.at(-1);
  for (; open > 0 && last !== undefined; open -= 1) denied.push([last]);
  return { words: new Set(words), denied };
};

const sayEach = (run: string, say: (character: string) => void): void => {
  for (const character of run) if (!idleChinese.has(character)) say(character);
};

const prefix = /^(?:un|in|im|ir|il|dis|non)(?=.{3})/;

/** How often a clause denies what another one speaks of; `unopened` denies `opened` where the other says that. */
const denials = ({ words, denied }: Clause, other: Clause): number =>
  denied.filter((words) => words.some((word) => speaksOf(other, word))).length +
  [...words].filter(
    (word) => !other.words.has(word) && prefix.test(word) && other.words.has(stem(word.replace(prefix, ""))),
  ).length;

const speaksOf = ({ words }: Clause, word: string): boolean =>
  words.has(word) || words.has(stem(word.replace(prefix, "")));

const clausesOf = (text: string): readonly Clause[] =>
  text
    .split(clauseEnd)
    .map((piece) => clauseOf(piece ?? ""))
    .filter(({ words }) => words.size > 0);

/** How often a text denies something; "not only" and the like deny nothing. */
export const countDenials = (text: string): number =>
  clausesOf(text).reduce((sum, { denied }) => sum + denied.length, 0);

/** Least share of a claim's words that a clause must have to speak of the same. */
const leastShared = 0.7;
const tie = 0.1;
const mostClauses = 4_000;

export type SourceClauses = readonly Clause[];
export const readClauses = (text: string): SourceClauses => clausesOf(text).slice(0, mostClauses);

/**
 * Whether a source says the opposite of a claim: of the clauses that speak of the same, every one denies where the claim does not, or the other way
 * round. Where no clause has the claim's words nothing can be said, and the answer is no.
 */
export const isContradicted = (claim: string, source: SourceClauses): boolean =>
  clausesOf(claim).some((said) => {
    const shared = source.map((clause) => ({
      clause,
      share:
        [...said.words].filter((word) => speaksOf(clause, word) || speaksWithPrefix(clause, word)).length /
        said.words.size,
    }));
    const best = shared.reduce((most, { share }) => Math.max(most, share), 0);
    if (best < leastShared) return false;
    return shared
      .filter(({ share }) => share >= best - tie)
      .every(({ clause }) => (denials(said, clause) - denials(clause, said)) % 2 !== 0);
  });

/** `unopened` speaks of what is opened, though it says the opposite. */
const speaksWithPrefix = ({ words }: Clause, word: string): boolean =>
  [...words].some((each) => prefix.test(each) && stem(each.replace(prefix, "")) === word);
