import { expect, test } from "vitest";
import { failuresInPlaywright, failuresInVitest, listOfFailures } from "./failures.mjs";

const vitest = (tests: unknown[], rest: object = {}) => ({
  testResults: [{ name: "/p/a.test.ts", status: "failed", message: "", assertionResults: tests, ...rest }],
});

test("a failed test is named with its file and why", () => {
  const told = failuresInVitest(
    vitest([
      { status: "passed", fullName: "adds", failureMessages: [] },
      { status: "failed", fullName: "takes away", failureMessages: ["\u001B[31mexpected 1 to be 2\u001B[39m"] },
    ]),
  );
  expect(told).toEqual(["/p/a.test.ts > takes away\n    expected 1 to be 2"]);
});

test("a file that does not load is named as well", () => {
  expect(failuresInVitest(vitest([], { message: "Cannot find module" }))).toEqual([
    "/p/a.test.ts\n    Cannot find module",
  ]);
});

test("a suite that wrote nothing names nothing", () => {
  expect([...failuresInVitest(null), ...failuresInPlaywright(null)]).toEqual([]);
});

test("a browser test that failed or passed only the second time is named, at any depth", () => {
  const spec = (title: string, status: string) => ({
    file: "a.spec.ts",
    title,
    tests: [{ status, results: [{ errors: [{ message: "not visible" }] }] }],
  });
  const told = failuresInPlaywright({
    suites: [
      {
        specs: [spec("opens", "unexpected")],
        suites: [{ specs: [spec("shuts", "flaky"), spec("turns", "expected")] }],
      },
    ],
    errors: [{ message: "the app did not start" }],
  });
  expect(told).toEqual([
    "a.spec.ts > opens\n    not visible",
    "a.spec.ts > shuts\n    not visible",
    "browser tests\n    the app did not start",
  ]);
});

test("long reasons and long lists are cut, and the list says so", () => {
  const [told = ""] = failuresInVitest(
    vitest([{ status: "failed", fullName: "f", failureMessages: ["x".repeat(9000)] }]),
  );
  expect(told.length).toBeLessThan(1600);
  expect(told).toMatch(/…$/);
  expect(listOfFailures(Array.from({ length: 45 }, (_, index) => `t${index}`)).at(-1)).toBe("… and 5 more");
  expect(listOfFailures([])).toEqual([]);
});
