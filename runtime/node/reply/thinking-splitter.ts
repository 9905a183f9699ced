import { CodeWatch, isWrapped, opensQuote } from "./code-watch";
import {
  answerMarks,
  bareHarmony,
  findMark,
  harmony,
  type MarkSearch,
  mayBecome,
  searchFor,
  standsAt,
  thinkingMarks,
} from "./thinking-marks";

export type ReplyPiece =
  | { readonly kind: "thinking" | "text"; readonly text: string }
  /** All text so far turned out to be thinking, and moves there. */
  | { readonly kind: "retract-text" }
  /** All thinking so far turned out to be the answer: it is void, and comes again as text. */
  | { readonly kind: "retract-thinking" };

const openers = thinkingMarks.map(({ open }) => open);
const openerOf = new Map(thinkingMarks.map(({ open, close }) => [close, open]));
const beginnings = [...openers, ...harmony.begins];
const beginningsOfAnswer = [...beginnings, ...answerMarks.map(({ open }) => open)];
const anyClose = searchFor([...openerOf.keys()]);
const closeSearches = new Map([...openerOf.keys(), bareHarmony.close].map((close) => [close, searchFor([close])]));
/** In an answer: what ends thinking that never opened, what shows that a mark is only spoken of, and gpt-oss without its beginning. */
const watched = [...openerOf.keys(), ...openers, "<|channel|>", "<|start|>assistant"];
const answerSearches = new Map(
  [null, ...answerMarks.map(({ close }) => close)].map((close) => [
    close,
    searchFor(close === null ? watched : [...watched, close]),
  ]),
);
const channelSearch = searchFor([...harmony.begins, ...harmony.ends]);
/** Every mark that is looked for in an answer begins with one of these. */
const markBeginnings = /[<◁[]/;
const longestHeader = 200;

/** A mark in the middle of a sentence is spoken of: a word without a stop before it, and behind it small letters, a mark of the sentence or its name. */
const withinSentence = {
  before: /[\p{L}\p{N}] $/u,
  behind: /^(?:[,;:)]| (?:\p{Ll}|标签|标记|符号|之前|之后))/u,
  /** Characters behind a mark that say so. */
  reach: 3,
} as const;

type State =
  | { readonly at: "start"; readonly afterThinking: boolean }
  | { readonly at: "thinking"; readonly search: MarkSearch; readonly tentative: boolean }
  /** `close`: of the mark that the answer stands in. */
  | { readonly at: "answer"; readonly close: string | null }
  | { readonly at: "header" | "between" }
  | { readonly at: "channel"; readonly kind: "thinking" | "text" };

/**
 * Takes a reply apart, piece by piece as it comes: what the model thought, and the answer that follows. Thinking is what stands between marks at the
 * beginning, what stands before a closing mark that never opened, and every channel of gpt-oss but the last. A mark that an answer speaks of (in code,
 * between quotes, or after its opening one) stays in the answer. Linear in the length of the reply, whatever the pieces.
 */
export class ThinkingSplitter {
  #state: State = { at: "start", afterThinking: false };
  #pending = "";
  /** What this push gives. */
  #thinking: string[] = [];
  #text: string[] = [];
  #retract: "retract-text" | "retract-thinking" | null = null;
  #code = new CodeWatch();
  /** The last two characters of the answer. */
  #tail = "";
  /** Opening marks that the answer spoke of. */
  #spoken = new Set<string>();
  #isTextOut = false;
  #tentative: string[] = [];
  /** Whether thinking ended that had never been opened: the model's template opens it in the prompt. */
  unopened = false;

  /** `beginsThinking`: the model is known to begin with thinking without a mark. */
  constructor(private readonly beginsThinking = false) {}

  push(text: string): readonly ReplyPiece[] {
    if (text === "") return [];
    const { at } = this.#state;
    // Most pieces of most replies: words of an answer.
    if (at === "answer" && this.#pending === "" && !markBeginnings.test(text)) this.#say(text);
    else {
      this.#pending += text;
      while (this.#step(false)) {}
    }
    return this.#take();
  }

  /** `isCut`: the reply was cut off, so that thinking without an end is thinking. */
  end(isCut: boolean): readonly ReplyPiece[] {
    while (this.#step(true)) {}
    if (this.#state.at === "thinking" && this.#state.tentative && !isCut) {
      this.#retract = "retract-thinking";
      this.#thinking = [];
      this.#text = this.#tentative;
    }
    return this.#take();
  }

  #take(): readonly ReplyPiece[] {
    const [thinking, text] = [this.#thinking.join(""), this.#text.join("")];
    const pieces: ReplyPiece[] = [
      ...(this.#retract === null ? [] : [{ kind: this.#retract }]),
      ...(thinking === "" ? [] : [{ kind: "thinking" as const, text: thinking }]),
      ...(text === "" ? [] : [{ kind: "text" as const, text }]),
    ];
    this.#thinking = [];
    this.#text = [];
    this.#retract = null;
    this.#isTextOut ||= text !== "";
    return pieces;
  }

  #consume(length: number): string {
    const text = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    return text;
  }

  /** Whether it got on. */
  #step(isEnd: boolean): boolean {
    if (this.#pending === "") return false;
    const state = this.#state;
    switch (state.at) {
      case "start":
        return this.#begin(state.afterThinking, isEnd);
      case "thinking":
        return this.#think(state, isEnd);
      case "answer":
        return this.#answer(state.close, isEnd);
      case "header":
        return this.#header(isEnd);
      case "between":
        return this.#between(isEnd);
      case "channel":
        return this.#channel(state.kind, isEnd);
      default:
        return state satisfies never;
    }
  }

  #begin(afterThinking: boolean, isEnd: boolean): boolean {
    const text = this.#pending;
    const blank = text.length - text.trimStart().length;
    const thinking = thinkingMarks.find(({ open }) => standsAt(text, blank, open));
    if (thinking !== undefined) {
      this.#consume(blank + thinking.open.length);
      return this.#goThinking(thinking.close, false);
    }
    if (harmony.begins.some((begin) => standsAt(text, blank, begin))) {
      this.#consume(blank);
      return this.#go({ at: "header" });
    }
    const answer = afterThinking ? answerMarks.find(({ open }) => standsAt(text, blank, open)) : undefined;
    if (answer !== undefined) {
      this.#consume(blank + answer.open.length);
      return this.#go({ at: "answer", close: answer.close });
    }
    const awaited = afterThinking ? beginningsOfAnswer : [...beginnings, bareHarmony.open];
    if (!isEnd && (blank === text.length || awaited.some((open) => mayBecome(text, blank, open)))) return false;
    if (afterThinking) {
      this.#consume(blank);
      return this.#go({ at: "answer", close: null });
    }
    if (standsAt(text, blank, bareHarmony.open)) {
      const next = text.slice(blank + bareHarmony.open.length);
      if (next === "" && !isEnd) return false;
      // As a word of a sentence it is followed by a blank or by more small letters.
      if (/^[\p{Lu}\p{Lo}]/u.test(next)) {
        this.#tentative.push(this.#consume(blank + bareHarmony.open.length));
        return this.#goThinking(bareHarmony.close, true);
      }
    }
    if (this.beginsThinking && blank < text.length)
      return this.#go({ at: "thinking", search: anyClose, tentative: true });
    return this.#go({ at: "answer", close: null });
  }

  #go(state: State): true {
    this.#state = state;
    return true;
  }

  #goThinking(close: string, tentative: boolean): true {
    return this.#go({ at: "thinking", search: closeSearches.get(close) ?? anyClose, tentative });
  }

  #think({ search, tentative }: Extract<State, { at: "thinking" }>, isEnd: boolean): boolean {
    const { at, mark } = findMark(this.#pending, search, isEnd);
    const passed = this.#consume(at);
    this.#addThinking(passed, tentative);
    if (mark === null) return false;
    const next = this.#pending.slice(mark.length, mark.length + 1);
    if (next === "" && !isEnd && opensQuote(this.#code.last)) return false;
    const written = this.#consume(mark.length);
    if (isWrapped(this.#code.last, next)) {
      this.#addThinking(written, tentative);
      return true;
    }
    if (tentative && mark !== bareHarmony.close) this.unopened = true;
    this.#forget();
    return this.#go({ at: "start", afterThinking: true });
  }

  #addThinking(text: string, tentative: boolean): void {
    if (text === "") return;
    this.#thinking.push(text);
    if (tentative) this.#tentative.push(text);
    this.#code.last = text.at(-1) ?? "";
  }

  #answer(close: string | null, isEnd: boolean): boolean {
    const { at, mark } = findMark(this.#pending, answerSearches.get(close) as MarkSearch, isEnd);
    this.#say(this.#consume(at));
    if (mark === null) return false;
    const next = this.#pending.slice(mark.length, mark.length + 1);
    if (next === "" && !isEnd && opensQuote(this.#code.last)) return false;
    const opener = openerOf.get(mark);
    const isLate = withinSentence.before.test(this.#tail);
    if (isLate && !isEnd && this.#pending.length < mark.length + withinSentence.reach) return false;
    const isWithin = isLate && opener !== undefined && withinSentence.behind.test(this.#pending.slice(mark.length));
    if (openers.includes(mark)) this.#spoken.add(mark);
    const isSpokenOf =
      openers.includes(mark) ||
      isWithin ||
      this.#code.isQuoting(next) ||
      (opener !== undefined && this.#spoken.has(opener));
    if (mark === close) this.#consume(mark.length);
    else if (isSpokenOf) this.#say(this.#consume(mark.length));
    else if (opener === undefined) {
      this.#wasThinking();
      return this.#go({ at: "header" });
    } else {
      this.#consume(mark.length);
      this.#wasThinking();
      this.unopened = true;
      return this.#go({ at: "start", afterThinking: true });
    }
    return true;
  }

  /** All that was taken for the answer so far. */
  #wasThinking(): void {
    if (this.#isTextOut) this.#retract = "retract-text";
    this.#isTextOut = false;
    for (const text of this.#text) this.#thinking.push(text);
    this.#text = [];
    this.#forget();
  }

  #forget(): void {
    this.#code = new CodeWatch();
    this.#spoken.clear();
    this.#tail = "";
  }

  #say(text: string): void {
    this.#code.pass(text);
    this.#tail = (this.#tail + text.slice(-2)).slice(-2);
    this.#text.push(text);
  }

  #header(isEnd: boolean): boolean {
    const end = this.#pending.indexOf(harmony.message);
    if (end < 0 && !isEnd && this.#pending.length <= longestHeader) return false;
    if (end < 0 || end > longestHeader) {
      // No header after all: it is shown, not lost.
      this.#text.push(this.#consume(1));
      return this.#go({ at: "channel", kind: "text" });
    }
    const header = this.#consume(end + harmony.message.length);
    const channel = header.split("<|channel|>")[1]?.trimStart();
    return this.#go({
      at: "channel",
      kind: channel === undefined || channel.startsWith("final") ? "text" : "thinking",
    });
  }

  #between(isEnd: boolean): boolean {
    this.#pending = this.#pending.trimStart();
    if (this.#pending === "") return false;
    if (harmony.begins.some((begin) => standsAt(this.#pending, 0, begin))) return this.#go({ at: "header" });
    if (!isEnd && harmony.begins.some((begin) => mayBecome(this.#pending, 0, begin))) return false;
    return this.#go({ at: "channel", kind: "text" });
  }

  #channel(kind: "thinking" | "text", isEnd: boolean): boolean {
    const { at, mark } = findMark(this.#pending, channelSearch, isEnd);
    (kind === "text" ? this.#text : this.#thinking).push(this.#consume(at));
    if (mark === null) return false;
    if (harmony.ends.some((end) => end === mark)) {
      this.#consume(mark.length);
      return this.#go({ at: "between" });
    }
    return this.#go({ at: "header" });
  }
}

export interface SplitReply {
  /** Empty where it did not think. */
  readonly thinking: string;
  readonly answer: string;
}

/** Joins the pieces of a reply. */
export const joinPieces = (pieces: Iterable<ReplyPiece>): SplitReply => {
  let [thinking, answer]: [string[], string[]] = [[], []];
  for (const piece of pieces) {
    if (piece.kind === "thinking") thinking.push(piece.text);
    else if (piece.kind === "text") answer.push(piece.text);
    else if (piece.kind === "retract-text") {
      thinking = thinking.concat(answer);
      answer = [];
    } else thinking = [];
  }
  return { thinking: thinking.join(""), answer: answer.join("") };
};

/** A whole reply taken apart. */
export const splitThinking = (reply: string): SplitReply => {
  const splitter = new ThinkingSplitter();
  return joinPieces([...splitter.push(reply), ...splitter.end(false)]);
};
