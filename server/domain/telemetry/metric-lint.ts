/** One sample or comment of the text format that Prometheus reads. */
interface Family {
  readonly name: string;
  readonly help: string | null;
  readonly type: string | null;
  readonly samples: readonly { readonly name: string; readonly labels: string }[];
}

/** What prom-client writes, as families in the order of the text. */
export const readFamilies = (text: string): readonly Family[] => {
  const families: {
    name: string;
    help: string | null;
    type: string | null;
    samples: { name: string; labels: string }[];
  }[] = [];
  const open = (name: string) => {
    const last = families.at(-1);
    if (last?.name === name) return last;
    const fresh = { name, help: null, type: null, samples: [] };
    families.push(fresh);
    return fresh;
  };
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) ([\w:]+)(?: (.*))?$/.exec(line) ?? [];
    if (word === "HELP") open(name).help = rest;
    else if (word === "TYPE") open(name).type = rest;
    else {
      const [, sample = "", labels = ""] = /^([a-zA-Z_:][\w:]*)(\{.*\})? \S+$/.exec(line) ?? [];
      const family = families.at(-1);
      if (sample === "" || family === undefined) throw new Error(`This line is none of the text format: ${line}`);
      family.samples.push({ name: sample, labels });
    }
  }
  return families;
};

const units = /(^|_)(milliseconds|ms|minutes|hours|days|kilobytes|megabytes|kb|mb|percent)(_|$)/;
const suffixes = ["_bucket", "_sum", "_count"];

/**
 * What `promtool check metrics` complains of, rule by rule as github.com/prometheus/client_golang/prometheus/testutil/promlint has them, as sentences: help and type, `_total` of
 * counters alone, base units, reserved suffixes, no type in the name, no capitals, no sample twice and no family in two places.
 */
export const lintMetrics = (text: string): readonly string[] => {
  const problems: string[] = [];
  const seen = new Set<string>();
  const names = new Set<string>();
  for (const { name, help, type, samples } of readFamilies(text)) {
    const say = (problem: string) => problems.push(`${name}: ${problem}`);
    if (names.has(name)) say("stands in two places");
    names.add(name);
    if (!help) say("has no help");
    if (!type) say("has no type");
    if (type === "counter" && !name.endsWith("_total")) say('a counter should have "_total"');
    if (type !== "counter" && name.endsWith("_total")) say('only a counter should have "_total"');
    if (type !== "histogram" && type !== "summary" && suffixes.some((suffix) => name.endsWith(suffix)))
      say("ends as samples of a histogram do");
    if (units.test(name)) say("is not in base units");
    if (/(^|_)(counter|gauge|histogram|summary)(_|$)/.test(name)) say("has its type in its name");
    if (/[A-Z]/.test(name)) say("has capitals");
    for (const { name: sample, labels } of samples) {
      if (!sample.startsWith(name)) say(`holds a sample of another: ${sample}`);
      if (type !== "histogram" && /[{,]le="/.test(labels)) say("has the label le");
      if (type !== "summary" && /[{,]quantile="/.test(labels)) say("has the label quantile");
      const whole = sample + labels;
      if (seen.has(whole)) say(`has a sample twice: ${whole}`);
      seen.add(whole);
    }
  }
  return problems;
};
