import { fail, ok, type Result } from "@/runtime/graph/result";
import { templateLimits } from "../template";
import { type PromptContent, promptLimits } from "./prompt-content";
import { promptSlug, readPoint, standardLabel } from "./prompt-name";

/** One `{{> slug@label}}` of a text. */
export interface Include {
  readonly slug: string;
  /** A label, or the number of a version; `production` where none is written. */
  readonly at: string;
  readonly start: number;
  readonly end: number;
}

const tag = /\{\{>[ \t]{0,16}([a-z0-9-]{1,64})(?:@([a-z0-9_.-]{1,36}))?[ \t]{0,16}\}\}/g;

/** Every tag of a text; one behind an odd number of backslashes is escaped: the tag itself is meant. */
const tagsOf = (text: string): readonly (Include & { readonly escaped: boolean })[] =>
  [...text.matchAll(tag)].flatMap(({ 0: source, 1: slug = "", 2: at = standardLabel, index }) => {
    let slashes = 0;
    while (text[index - 1 - slashes] === "\\") slashes += 1;
    if (!promptSlug.safeParse(slug).success || readPoint(at) === null) return [];
    return [{ slug, at, start: index, end: index + source.length, escaped: slashes % 2 === 1 }];
  });

/** The other prompts that a text includes, in order. */
export const includesOf = (text: string): readonly Include[] =>
  tagsOf(text).flatMap(({ escaped, ...include }) => (escaped ? [] : [include]));

/** A version as it is found by its name. */
export interface FoundPrompt {
  readonly promptId: string;
  readonly slug: string;
  readonly kind: string;
  readonly number: number;
  readonly content: PromptContent;
}

/** Why a prompt cannot be put together. */
export interface ComposeProblem {
  readonly code: "unknown" | "not-text" | "cycle" | "too-deep" | "too-many" | "too-long";
  /** `slug@label` of the prompt at fault. */
  readonly prompt: string;
  /** Slugs on the way to it, outermost first. */
  readonly through: readonly string[];
}

/** A version that another one includes. */
export interface IncludedVersion {
  readonly promptId: string;
  readonly slug: string;
  readonly number: number;
}

export interface ComposedPrompt {
  readonly system: string;
  readonly user: string;
  /** Every included version once, in the order of first use. */
  readonly includes: readonly IncludedVersion[];
}

type Find = (slug: string, at: string) => Promise<FoundPrompt | null>;

class Refusal {
  constructor(readonly problem: ComposeProblem) {}
}

/**
 * The texts of a prompt with those that it includes in place of their tags, at any depth. Each included version is read and put together once, so that a prompt that names one many
 * times costs no more. Refuses cycles, also through others, more than ten levels, and texts longer than a template may be, before they are made.
 */
export const composePrompt = async (
  slug: string,
  content: Pick<PromptContent, "system" | "user">,
  find: Find,
): Promise<Result<ComposedPrompt, ComposeProblem>> => {
  const composition = new Composition(find);
  try {
    const system = await composition.text(content.system, [slug]);
    const user = await composition.text(content.user, [slug]);
    return ok({ system, user, includes: composition.includes });
  } catch (error) {
    if (error instanceof Refusal) return fail(error.problem);
    throw error;
  }
};

class Composition {
  readonly #texts = new Map<string, string>();
  readonly #included = new Map<string, IncludedVersion>();
  /** Levels below a text that was put together already. */
  readonly #depths = new Map<string, number>();

  constructor(private readonly find: Find) {}

  get includes(): readonly IncludedVersion[] {
    return [...this.#included.values()];
  }

  async text(text: string, path: readonly string[]): Promise<string> {
    return (await this.#fill(text, path)).text;
  }

  async #fill(text: string, path: readonly string[]): Promise<{ readonly text: string; readonly depth: number }> {
    const pieces: string[] = [];
    let [from, length, depth] = [0, text.length, 0];
    for (const { escaped, ...include } of tagsOf(text)) {
      if (escaped) {
        pieces.push(text.slice(from, include.start - 1), text.slice(include.start, include.end));
      } else {
        const piece = await this.#includedText(include, path);
        depth = Math.max(depth, piece.depth + 1);
        length += piece.text.length - (include.end - include.start);
        if (length > templateLimits.length) throw this.#refusal("too-long", `${include.slug}@${include.at}`, path);
        pieces.push(text.slice(from, include.start), piece.text);
      }
      from = include.end;
    }
    pieces.push(text.slice(from));
    return { text: pieces.join(""), depth };
  }

  async #includedText({ slug, at }: Include, path: readonly string[]) {
    const name = `${slug}@${at}`;
    if (path.includes(slug)) throw this.#refusal("cycle", name, path);
    const known = this.#texts.get(name);
    const below = this.#depths.get(name) ?? 0;
    if (path.length + below > promptLimits.includeDepth) throw this.#refusal("too-deep", name, path);
    if (known !== undefined) return { text: known, depth: below };
    if (this.#texts.size >= promptLimits.includes) throw this.#refusal("too-many", name, path);
    const found = await this.find(slug, at);
    if (found === null) throw this.#refusal("unknown", name, path);
    if (found.kind !== "text") throw this.#refusal("not-text", name, path);
    const filled = await this.#fill(found.content.user, [...path, slug]);
    this.#texts.set(name, filled.text);
    this.#depths.set(name, filled.depth);
    const { promptId, number } = found;
    this.#included.set(`${promptId} ${number}`, { promptId, slug, number });
    return filled;
  }

  #refusal(code: ComposeProblem["code"], prompt: string, through: readonly string[]): Refusal {
    return new Refusal({ code, prompt, through });
  }
}

/** An English sentence; the interface says it in its own words. */
export const sayComposeProblem = ({ code, prompt, through }: ComposeProblem): string => {
  const via = through.length > 1 ? `, through ${through.join(" → ")}` : "";
  switch (code) {
    case "unknown":
      return `It includes ${prompt}, which this workspace does not have${via}.`;
    case "not-text":
      return `It includes ${prompt}, which is not of the kind text${via}.`;
    case "cycle":
      return `It includes ${prompt}, which would include itself${via}.`;
    case "too-deep":
      return `With ${prompt}, prompts include one another more than ${promptLimits.includeDepth} levels deep.`;
    case "too-many":
      return `With ${prompt}, it includes more than ${promptLimits.includes} prompts.`;
    case "too-long":
      return `With ${prompt}, it is longer than ${templateLimits.length} characters.`;
    default:
      return code satisfies never;
  }
};
