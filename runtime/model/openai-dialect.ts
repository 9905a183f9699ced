import type { ChatRequest } from "@/runtime/node/context";

/** How one model at one server wants to be asked. Begins with OpenAI's form; each refusal teaches one difference. */
export interface Dialect {
  readonly schema: "json_schema" | "json_object" | "plain";
  readonly maxTokens: "max_tokens" | "max_completion_tokens";
  /** The longest reply that may be asked for; null: any. */
  readonly mostTokens: number | null;
  readonly streamUsage: boolean;
  readonly seed: boolean;
  /** Temperatures that it takes; null: it takes none. */
  readonly temperature: { readonly least: number; readonly most: number } | null;
  readonly topP: boolean;
  readonly stop: boolean;
  /** `merged`: there is no system role, so instructions stand before the first message of the user; messages of one role in a row are joined. */
  readonly system: "role" | "merged";
  readonly stream: "any" | "only" | "never";
  /** It thinks first, and its template opens the thinking in the prompt, so that the reply begins within it. */
  readonly beginsThinking: boolean;
  /** `prompt`: its server knows no tools, so it is told of them in words and answers in JSON. */
  readonly tools: "native" | "prompt";
  /** Whether it can be made to call a tool, or not to. */
  readonly toolChoice: boolean;
}

export const openAiDialect: Dialect = {
  schema: "json_schema",
  maxTokens: "max_tokens",
  mostTokens: null,
  streamUsage: true,
  seed: true,
  temperature: { least: 0, most: 2 },
  topP: true,
  stop: true,
  system: "role",
  stream: "any",
  beginsThinking: false,
  tools: "native",
  toolChoice: true,
};

export type DialectField = keyof Dialect;
export const dialectFields = Object.keys(openAiDialect) as readonly DialectField[];

/** What is known of a model that is not OpenAI's form, and what its server said when that was learnt. */
export interface Learning {
  readonly dialect: Partial<Dialect>;
  readonly said: Readonly<Partial<Record<DialectField, string>>>;
}

const unsupported =
  /unsupported|not (?:be )?(?:supported|allowed|permitted|accepted|available|enabled|implemented)|(?:does|do)(?: not|n't) (?:support|accept|allow)|cannot be used|unknown|unrecogni[sz]ed|unexpected|extra|invalid|only|must|should|forbidden|no longer|deprecated|cannot (?:both )?be|不支持|不能|仅支持|只支持|无效|必须/i;
const tooLong = /context.{0,20}(length|window|size)|maximum context|too (long|large|many tokens)|prompt is too/i;
const figure = String.raw`(\d{1,3}(?:\.\d{1,4})?)`;
const range = new RegExp(
  String.raw`[\[(（]\s{0,3}${figure}\s{0,3}[,，]\s{0,3}${figure}\s{0,3}[\])）]|(?:between|from)\s${figure}\s(?:and|to)\s${figure}`,
  "i",
);
const oneOnly = new RegExp(
  String.raw`(?:only|default)[^.\d]{0,40}?${figure}[^.\d]{0,20}(?:allowed|supported|is |value)|(?:must|should) be (?:set to |equal to |exactly )?${figure}(?![\d.]*\s*(?:and|to|or|,))`,
  "i",
);
const most = new RegExp(
  String.raw`(?:less than or equal to|at most|<=|≤|no more than|not exceed|maximum(?: value)?(?: is| of)?|max(?:imum)?:?|小于等于|不超过|最大(?:值)?为)\s{0,3}${figure}`,
  "i",
);
const above = /strictly positive|(?:greater|more|larger) than 0|> ?0(?![.\d])|大于 ?0/i;

const isThere = (value: string | undefined): value is string => value !== undefined;

/** The temperatures that a refusal allows; null where it allows none. */
const temperatureOf = (refusal: string, known: Dialect["temperature"]): Dialect["temperature"] => {
  const { least, most: highest } = known ?? { least: 0, most: 2 };
  const [from, to] = (range.exec(refusal) ?? []).slice(1).filter(isThere).map(Number);
  if (from !== undefined && to !== undefined && from < to) {
    // "(0, 1]" and "strictly positive" leave zero out.
    const opened =
      new RegExp(String.raw`[(（]\s{0,3}${from}`).test(refusal) && /[(（]\s{0,3}0/.test(refusal) ? 0.01 : from;
    return { least: Math.max(opened, least), most: Math.min(to, highest) };
  }
  const limit = most.exec(refusal)?.[1];
  if (limit !== undefined && Number(limit) < highest) return { least, most: Number(limit) };
  const [only] = (oneOnly.exec(refusal) ?? []).slice(1).filter(isThere);
  if (only !== undefined && Number(only) <= 2) return { least: Number(only), most: Number(only) };
  if (above.test(refusal)) return { least: 0.01, most: highest };
  return null;
};

const sameRange = (left: Dialect["temperature"], right: Dialect["temperature"]): boolean =>
  left?.least === right?.least && left?.most === right?.most;

/** The longest reply that a refusal allows: "at most 4096 completion tokens", "Range of max_tokens should be [1, 8192]". */
const tokensOf = (refusal: string): number | null => {
  const found =
    /\[\s{0,3}1\s{0,3},\s{0,3}(\d{2,7})\s{0,3}\]/.exec(refusal)?.[1] ??
    /(?:at most|less than or equal to|<=|≤|no more than|not exceed|maximum(?: allowed)?(?: value)?(?: is| of)?|limit(?: is| of)?|不超过|最大(?:值)?为)\s{0,3}(\d{2,7})/i.exec(
      refusal,
    )?.[1];
  return found === undefined ? null : Number(found);
};

const noSystem =
  /system[\s_"'`]{0,3}(?:role|message|prompt|instruction)s?\b.{0,60}(?:not|n't|un)\s{0,1}(?:be )?(?:support|allow|permit|accept|enabled|available)|(?:not|n't|un)\s?(?:support|allow|permit|accept|expect)\w*.{0,40}["'`]?system["'`]?\b|unexpected role.{0,10}system|only user and assistant roles|roles must alternate|first message.{0,20}(?:must|should).{0,20}user|developer instruction is not enabled|does not support ['"`]system['"`]|invalid role.{0,20}system|system.{0,40}不支持|不支持.{0,20}system/i;
const streamOnly =
  /only supports? stream|(?:must|should|need to|please).{0,40}(?:enable|set|use).{0,20}stream|stream\w*.{0,30}(?:must|should) be (?:set to )?true|requires? stream|non-?stream\w*.{0,30}(?:not|n't|un)\s?(?:be )?(?:support|allow)|enable_thinking.{0,60}false.{0,30}non-?stream|仅支持流式|只支持流式/i;
const noStream =
  /(?<!non-)(?<!non)stream(?:ing)?['"`]?(?! ?_options|_options).{0,30}(?:not|n't|un)\s?(?:be )?(?:support|allow|available|implement|accept)|(?:not|n't|un)\s?support(?:ed|s)?:?.{0,20}['"`]?stream(?:ing)?\b(?!_options)|stream\w*.{0,30}(?:must|should) be (?:set to )?false|不支持流式/i;

const noToolChoice =
  /tool[_\s]?choice.{0,80}(?:not|n't|un)\s?(?:be )?(?:support|allow|accept|valid|recogni|permit)|(?:not|n't|un)\s?(?:support|allow|accept|recogni|permit|expect)\w*.{0,40}tool[_\s]?choice|tool[_\s]?choice.{0,40}(?:must|should|only|invalid)|(?:invalid|extra|unknown).{0,60}tool[_\s]?choice|tool_choice.{0,30}不支持|不支持.{0,30}tool_choice/i;
/** Ollama, llama.cpp, vLLM and others, each in its words. */
const noTools =
  /(?:does|do)(?: not|n't) support (?:tools?\b|tool[_ -]?(?:use|calls?|calling)|functions?\b|function[_ -]?call)|tools?(?: param\w*)? requires? --jinja|enable-auto-tool-choice|tool[_-]call[_-]parser|(?:\btools?|tool[_ -]?(?:use|calls?|calling|_calls)|functions?|function[_ -]?call(?:s|ing)?)['"`]?.{0,40}(?:not|n't|un)\s?(?:be )?(?:support|allow|permit|accept|available|enabled|implement|recogni|expect)|(?:not|n't|un)\s?(?:support|allow|permit|accept|expect|recogni[sz])\w*[^.]{0,40}\btools?\b|(?:extra|unknown|unrecogni[sz]ed|unexpected|invalid)[^.]{0,60}\btools?\b|\btools\b.{0,60}(?:extra|forbidden|unexpected)|no endpoints? found that support tool use|(?:unexpected|invalid|unknown|unsupported).{0,30}role.{0,30}\btool\b|工具.{0,10}不支持|不支持.{0,20}(?:工具|tools?|function)/i;

export interface Adapted {
  readonly dialect: Dialect;
  readonly field: DialectField;
}

/**
 * The form to try after a refusal (400, 422), or null where the request itself is at fault. `refusal`: all that the server said. `whole`: the reply was
 * asked for in one piece.
 */
export const adaptDialect = (
  dialect: Dialect,
  request: ChatRequest,
  refusal: string,
  whole: boolean,
): Adapted | null => {
  const to = <Field extends DialectField>(field: Field, value: Dialect[Field]): Adapted => ({
    dialect: { ...dialect, [field]: value },
    field,
  });
  const streams = dialect.stream === "only" || (!whole && dialect.stream !== "never");
  if (request.maxTokens !== undefined) {
    const isOld = dialect.maxTokens === "max_tokens";
    if (isOld && /max_completion_tokens/.test(refusal)) return to("maxTokens", "max_completion_tokens");
    if (!isOld && /max_completion_tokens/.test(refusal) && unsupported.test(refusal) && tokensOf(refusal) === null) {
      return to("maxTokens", "max_tokens");
    }
    if (/max_(?:completion_|output_|new_)?tokens|completion tokens|max_length/i.test(refusal)) {
      const mostTokens = tokensOf(refusal);
      const asked = Math.min(request.maxTokens, dialect.mostTokens ?? Number.POSITIVE_INFINITY);
      if (mostTokens !== null && mostTokens < asked && !/context/i.test(refusal)) return to("mostTokens", mostTokens);
    }
  }
  if (!streams && streamOnly.test(refusal)) return to("stream", "only");
  if ((request.tools?.length ?? 0) > 0 && dialect.tools === "native") {
    const chooses = request.toolChoice === "required" || request.toolChoice === "none";
    if (chooses && dialect.toolChoice && noToolChoice.test(refusal)) return to("toolChoice", false);
    if (noTools.test(refusal)) return to("tools", "prompt");
  }
  if (unsupported.test(refusal)) {
    if (streams && dialect.streamUsage && /stream_options|include_usage/.test(refusal)) return to("streamUsage", false);
    if (dialect.seed && request.seed !== undefined && /\bseed\b/.test(refusal)) return to("seed", false);
    const both = request.temperature !== undefined && dialect.temperature !== null;
    // Of the two, the temperature is what people set.
    if (dialect.topP && request.topP !== undefined && /top_p/.test(refusal)) return to("topP", false);
    if (both && /temperature/i.test(refusal)) {
      const allowed = temperatureOf(refusal, dialect.temperature);
      return to("temperature", sameRange(allowed, dialect.temperature) ? null : allowed);
    }
    if (dialect.stop && (request.stop?.length ?? 0) > 0 && /["'`]?\bstop\b["'`]?|stop_sequences?/.test(refusal))
      return to("stop", false);
  }
  if (dialect.system === "role" && noSystem.test(refusal)) return to("system", "merged");
  if (streams && dialect.stream !== "only" && noStream.test(refusal)) return to("stream", "never");
  if (request.responseSchema !== undefined && !tooLong.test(refusal)) {
    if (dialect.schema === "json_schema") return to("schema", "json_object");
    if (dialect.schema === "json_object") return to("schema", "plain");
  }
  return null;
};

/** What of a dialect is not OpenAI's form. */
export const learntOf = (dialect: Dialect): Partial<Dialect> =>
  Object.fromEntries(
    dialectFields.flatMap((field) =>
      JSON.stringify(dialect[field]) === JSON.stringify(openAiDialect[field]) ? [] : [[field, dialect[field]]],
    ),
  );
