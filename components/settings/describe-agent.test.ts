import { expect, test } from "vitest";
import { describeAgent } from "./describe-agent";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/147.0.0.0 Safari/537.36`, "Chrome", "Linux"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/147.0.0.0 Safari/537.36 Edg/147.0`, "Edge", "Windows"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "macOS"],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) ${webkit} Version/19.0 Mobile Safari/604.1`,
    "Safari",
    "iOS",
  ],
  [`Mozilla/5.0 (Linux; Android 16) ${webkit} Chrome/147.0 Mobile Safari/537.36`, "Chrome", "Android"],
  ["curl/8.5.0", "curl", null],
  ["something else", null, null],
  [null, null, null],
])("%s is %s on %s", (agent, browser, system) => {
  expect(describeAgent(agent)).toEqual({ browser, system });
});
