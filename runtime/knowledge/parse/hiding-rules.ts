type Attributes = Readonly<Record<string, string>>;

/** Bounds of what is read of a page's own styles; beyond them nothing is taken for hidden. */
const limits = { characters: 500_000, rules: 5_000, selector: 200, declarations: 5_000 } as const;

/** Ways in which a rule can hide; each is settled by the strongest rule that speaks of it. */
const properties = ["display", "visibility", "opacity", "size", "place"] as const;
type Property = (typeof properties)[number];

interface Rule {
  readonly tag: string;
  readonly id: string;
  readonly classes: readonly string[];
  readonly strength: number;
  readonly hides: ReadonlyMap<Property, boolean>;
}

/** One name of an element with ids and classes; rules that look at neighbours, states or attributes hide nothing here. */
const compound = /^([a-z][a-z0-9]{0,20})?((?:[.#][\w-]{1,80}){1,6})$/i;

/**
 * Which elements the style blocks of a page hide by their class or id. Of rules for one element the more particular one decides, and the later of two
 * alike, so that `.tab.active` shows what `.tab` hides. Media other than the screen do not count.
 */
export class HidingRules {
  /** By one of the classes, or the id, that they need. */
  readonly #rules = new Map<string, Rule[]>();

  constructor(html: string) {
    const css = styleBlocks(html);
    if (css === "" || css.length > limits.characters) return;
    let strongest = 0;
    for (const { selectors, declarations } of topRules(css)) {
      const hides = hiding(declarations);
      if (hides.size === 0) continue;
      for (const selector of selectors) {
        const [, tag = "", names = ""] = compound.exec(selector) ?? [];
        const parts = names.match(/[.#][\w-]+/g) ?? [];
        if (parts.length === 0 || strongest >= limits.rules) continue;
        const ids = parts.filter((part) => part.startsWith("#"));
        const classes = parts.filter((part) => part.startsWith("."));
        const strength = ids.length * 1e8 + classes.length * 1e6 + (tag === "" ? 0 : 1e4) + strongest++;
        const rule = {
          tag: tag.toLowerCase(),
          id: ids[0]?.slice(1) ?? "",
          classes: classes.map((each) => each.slice(1)),
          strength,
          hides,
        };
        const key = ids[0] ?? classes[0] ?? "";
        const known = this.#rules.get(key);
        if (known === undefined) this.#rules.set(key, [rule]);
        else known.push(rule);
      }
    }
  }

  hides(name: string, attributes: Attributes): boolean {
    if (this.#rules.size === 0) return false;
    const { id } = attributes;
    const classes = (attributes.class ?? "").slice(0, 1_000).split(/\s+/).slice(0, 50);
    const decided = new Map<Property, { readonly strength: number; readonly hides: boolean }>();
    for (const key of [...(id ? [`#${id}`] : []), ...classes.map((each) => `.${each}`)]) {
      for (const rule of this.#rules.get(key) ?? []) {
        const fits =
          (rule.tag === "" || rule.tag === name) &&
          (rule.id === "" || rule.id === id) &&
          rule.classes.every((each) => classes.includes(each));
        if (!fits) continue;
        for (const [property, hides] of rule.hides) {
          if ((decided.get(property)?.strength ?? -1) < rule.strength)
            decided.set(property, { strength: rule.strength, hides });
        }
      }
    }
    return [...decided.values()].some(({ hides }) => hides);
  }
}

/** What stands in the `style` elements of a page for the screen. */
function styleBlocks(html: string): string {
  const blocks: string[] = [];
  const lower = html.toLowerCase();
  for (let at = lower.indexOf("<style"); at >= 0; at = lower.indexOf("<style", at)) {
    const begin = lower.indexOf(">", at);
    const end = begin < 0 ? -1 : lower.indexOf("</style", begin);
    if (end < 0) break;
    const media = /\smedia\s{0,9}=\s{0,9}["']?([^"'>]{0,200})/.exec(lower.slice(at, Math.min(begin, at + 500)))?.[1];
    if (media === undefined || isScreen(media)) blocks.push(html.slice(begin + 1, end));
    at = end;
  }
  return blocks.join("\n");
}

const isScreen = (media: string): boolean =>
  media.trim() === "" || /^(?:only )?(?:all|screen)(?![\w-])(?!.*\b(?:max|min)-)/.test(media.trim().toLowerCase());

/** The rules of a style sheet, those within `@media screen`, `@supports` and `@layer` too; one pass. */
function* topRules(css: string): Generator<{ readonly selectors: readonly string[]; readonly declarations: string }> {
  const text = withoutComments(css);
  /** Of each open block around: whether what stands in it counts. */
  const around: boolean[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === ";" || sign === "}") {
      if (sign === "}") around.pop();
      from = at + 1;
    } else if (sign === "{") {
      const head = text.slice(from, at).trim();
      if (head.startsWith("@")) {
        const [, name = "", query = ""] = /^@([\w-]{1,40})([\s\S]{0,300})/.exec(head) ?? [];
        const counts = name === "media" ? isScreen(query) : name === "supports" || name === "layer";
        around.push(counts && around.every(Boolean));
        from = at + 1;
        continue;
      }
      const end = text.indexOf("}", at);
      if (end < 0) return;
      if (around.every(Boolean)) {
        const selectors = head
          .slice(0, 5_000)
          .split(",")
          .map((each) => each.trim())
          .filter((each) => each.length <= limits.selector);
        yield { selectors, declarations: text.slice(at + 1, Math.min(end, at + limits.declarations)) };
      }
      at = end;
      from = end + 1;
    }
  }
}

function withoutComments(css: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = css.indexOf("/*"); at >= 0; at = css.indexOf("/*", from)) {
    parts.push(css.slice(from, at));
    const end = css.indexOf("*/", at + 2);
    if (end < 0) return parts.join(" ");
    from = end + 2;
  }
  return [...parts, css.slice(from)].join(" ");
}

/** What declarations say of being seen: hidden, or shown after all. */
function hiding(declarations: string): ReadonlyMap<Property, boolean> {
  const found = new Map<Property, boolean>();
  for (const declaration of declarations.split(";")) {
    const colon = declaration.indexOf(":");
    const name = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1, colon + 200)
      .replace(/!\s{0,9}important/i, "")
      .trim()
      .toLowerCase();
    if (name === "display") found.set("display", value === "none");
    else if (name === "visibility") found.set("visibility", value === "hidden" || value === "collapse");
    else if (name === "opacity") found.set("opacity", /^0(?:\.0{0,9})?%?$/.test(value));
    else if (name === "font-size") found.set("size", /^(?:0(?:px|pt|em|rem|%)?|1px)$/.test(value));
    else if (name === "text-indent" || name === "left" || name === "top")
      found.set("place", /^-\d{4,6}px$/.test(value));
  }
  return found;
}
