/**
 * @typedef {{ metric: string, asked: string, seen: string, holds: boolean | null }} GateLine
 */

/** Characters that XML 1.0 cannot hold, and those with a meaning of their own. @param {string} text */
const escaped = (text) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are not allowed in XML.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\t\r\n]/g, " ");

/**
 * A gate's outcome as JUnit XML: one test case a requirement; what cannot be said is a failure, because the gate stays closed.
 * @param {{ pipeline: string, seconds: number, results: readonly GateLine[] }} outcome
 */
export const junitOf = ({ pipeline, seconds, results }) => {
  const failures = results.filter(({ holds }) => holds !== true).length;
  const cases = results.map(({ metric, asked, seen, holds }) => {
    const open = `    <testcase classname="gate.${escaped(pipeline)}" name="${escaped(`${metric}: ${asked}`)}"`;
    return holds === true
      ? `${open}/>`
      : `${open}>\n      <failure type="${holds === null ? "unknown" : "not-met"}" message="${escaped(seen)}"/>\n    </testcase>`;
  });
  const counts = `tests="${results.length}" failures="${failures}" errors="0" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(`Gate of ${pipeline}`)}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
};
