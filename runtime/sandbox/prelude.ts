import { codeLimits } from "@/runtime/capability/code/limits";

/**
 * Runs in the sandbox before the code. It takes away what differs from call to call (the time, randomness, what the garbage collector does, the
 * time zone of the machine), gives `console`, and keeps the two functions that the host asks afterwards where code cannot replace them.
 * Nothing here is a function of the host: lines are kept in a list, and read out as JSON at the end.
 */
export const prelude = `(() => {
  "use strict";
  const { stringify } = JSON;
  const apply = Reflect.apply;
  const push = Array.prototype.push;
  const slice = String.prototype.slice;
  const lines = [];
  const unavailable = (what) => {
    throw new TypeError(what + " is not available: this code gives the same result for the same inputs.");
  };
  const define = (target, name, value) =>
    Object.defineProperty(target, name, { value, writable: false, enumerable: false, configurable: false });

  define(Math, "random", function random() { unavailable("Math.random"); });
  for (const name of ["WeakRef", "FinalizationRegistry", "SharedArrayBuffer", "Atomics", "performance", "navigator"])
    delete globalThis[name];

  const Clock = Date;
  const zoned = /(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2})\\s*(?:\\([^)]*\\))?\\s*$/i;
  const utcDay = /^\\d{4}(?:-\\d{2}){0,2}$/;
  const parse = (text) => {
    const value = Clock.parse(text);
    return zoned.test(text) || utcDay.test(text) || value !== value
      ? value
      : value - new Clock(value).getTimezoneOffset() * 60000;
  };
  function FixedDate(...given) {
    if (new.target === undefined) unavailable("The current time");
    if (given.length === 0) unavailable("The current time");
    const value = given.length > 1 ? Clock.UTC(...given) : given[0];
    const primitive = typeof value === "object" && value !== null ? (value instanceof Clock ? value.getTime() : String(value)) : value;
    return Reflect.construct(Clock, [typeof primitive === "string" ? parse(primitive) : primitive], new.target);
  }
  define(FixedDate, "UTC", Clock.UTC);
  define(FixedDate, "parse", (text) => parse(String(text)));
  define(FixedDate, "now", () => unavailable("The current time"));
  define(FixedDate, "prototype", Clock.prototype);
  define(FixedDate, "name", "Date");
  for (const part of ["Date", "Day", "FullYear", "Hours", "Milliseconds", "Minutes", "Month", "Seconds"]) {
    define(Clock.prototype, "get" + part, Clock.prototype["getUTC" + part]);
    if (part !== "Day") define(Clock.prototype, "set" + part, Clock.prototype["setUTC" + part]);
  }
  define(Clock.prototype, "getTimezoneOffset", function () { return 0; });
  const utcText = Clock.prototype.toUTCString;
  const iso = Clock.prototype.toISOString;
  for (const name of ["toString", "toLocaleString"]) define(Clock.prototype, name, utcText);
  for (const name of ["toDateString", "toLocaleDateString"])
    define(Clock.prototype, name, function () { return apply(iso, this, []).slice(0, 10); });
  for (const name of ["toTimeString", "toLocaleTimeString"])
    define(Clock.prototype, name, function () { return apply(iso, this, []).slice(11, 19); });
  define(Clock.prototype, "constructor", FixedDate);
  define(globalThis, "Date", FixedDate);

  const shown = (value) => {
    if (typeof value === "string") return value;
    if (typeof value === "bigint") return String(value) + "n";
    if (typeof value === "function" || typeof value === "symbol" || value === undefined) return String(value);
    try {
      if (value instanceof Error) return String(value);
      return stringify(value) ?? String(value);
    } catch {
      return "[a value that cannot be shown]";
    }
  };
  const print = (level) => (...values) => {
    if (lines.length > ${codeLimits.lines}) return;
    let text = "";
    for (const value of values) {
      text += (text === "" ? "" : " ") + shown(value);
      if (text.length > ${codeLimits.line}) break;
    }
    if (text.length > ${codeLimits.line}) text = apply(slice, text, [0, ${codeLimits.line}]) + " […]";
    apply(push, lines, [lines.length === ${codeLimits.lines} ? { level: "warn", text: "[… cut: more lines were printed …]" } : { level, text }]);
  };
  const console = Object.freeze({
    __proto__: null, debug: print("debug"), log: print("info"), info: print("info"), warn: print("warn"), error: print("warn"),
  });
  define(globalThis, "console", console);

  const describe = (error) => {
    let message = "";
    let stack = "";
    try {
      message = typeof error === "object" && error !== null && "message" in error
        ? (typeof error.name === "string" ? error.name + ": " : "") + String(error.message)
        : "It threw " + shown(error) + ".";
      stack = typeof error === "object" && error !== null ? String(error.stack) : "";
    } catch {
      message = "It threw something that cannot be shown.";
    }
    return { message: apply(slice, message, [0, ${codeLimits.message}]), stack: apply(slice, stack, [0, 4000]) };
  };
  const state = { __proto__: null, end: "never", json: "", error: null };
  return {
    __proto__: null,
    start(run, json) {
      const settle = (value) => {
        if (state.end !== "never") return;
        try {
          const text = stringify(value);
          if (text === undefined) state.end = "nothing";
          else { state.json = text; state.end = "value"; }
        } catch (error) {
          state.end = "unwritable";
          state.error = describe(error);
        }
      };
      const fail = (error) => {
        if (state.end !== "never") return;
        state.error = describe(error);
        state.end = "threw";
      };
      (async () => settle(await run(JSON.parse(json))))().catch(fail);
    },
    read: () => stringify({ __proto__: null, end: state.end, error: state.error, lines }),
    value: () => state.json,
  };
})()`;
