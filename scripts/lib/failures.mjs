/** What failed, read out of the results that the suites write, so that a long log can end with it. */

/** Characters of one failure: the last lines of a log are often all that is kept of it. */
const MOST_CHARACTERS = 1500;
const MOST_FAILURES = 40;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal begin with this character
const colours = /\u001B\[[0-9;]{0,20}m/g;

/** @param {string} title @param {readonly (string | undefined)[]} words */
function failure(title, words) {
  const text = words.filter(Boolean).join("\n").replace(colours, "").trim();
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)} …` : text;
  return shown === "" ? title : `${title}\n${shown.replace(/^/gm, "    ")}`;
}

/**
 * @param {any} results the JSON reporter of Vitest
 * @returns {string[]} one text a failed test, or a file that did not load
 */
export const failuresInVitest = (results) =>
  (results?.testResults ?? []).flatMap((/** @type {any} */ file) => {
    const tests = file.assertionResults.filter((/** @type {any} */ test) => test.status === "failed");
    if (tests.length === 0) return file.status === "failed" ? [failure(file.name, [file.message])] : [];
    return tests.map((/** @type {any} */ test) => failure(`${file.name} > ${test.fullName}`, test.failureMessages));
  });

/** @param {any} spec of one test @returns {string[]} */
const failuresOfSpec = (spec) =>
  spec.tests
    .filter((/** @type {any} */ test) => test.status === "unexpected" || test.status === "flaky")
    .map((/** @type {any} */ test) =>
      failure(
        `${spec.file} > ${spec.title}`,
        test.results.flatMap((/** @type {any} */ result) =>
          result.errors.map((/** @type {any} */ error) => error.message),
        ),
      ),
    );

/** @param {any} suite @returns {string[]} */
const failuresOfSuite = (suite) => [
  ...(suite.specs ?? []).flatMap(failuresOfSpec),
  ...(suite.suites ?? []).flatMap(failuresOfSuite),
];

/**
 * @param {any} results the JSON reporter of Playwright
 * @returns {string[]} one text a failed test, or an error of the whole
 */
export const failuresInPlaywright = (results) => [
  ...(results?.suites ?? []).flatMap(failuresOfSuite),
  ...(results?.errors ?? []).map((/** @type {any} */ error) => failure("browser tests", [error.message])),
];

/** @param {readonly string[]} failures @returns {string[]} the lines before the last line of a log */
export const listOfFailures = (failures) =>
  failures.length === 0
    ? []
    : [
        "",
        "What failed:",
        ...failures.slice(0, MOST_FAILURES).map((text) => `✗ ${text}`),
        ...(failures.length > MOST_FAILURES ? [`… and ${failures.length - MOST_FAILURES} more`] : []),
      ];
