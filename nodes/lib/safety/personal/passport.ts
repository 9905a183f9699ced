import { announced, type Detector, matches } from "./detector";

// Chinese passports (ordinary E and G, then E with a second letter other than I and O; D, S and P for diplomats, officials and public affairs;
// K, M and H of Hong Kong and Macau) by the National Immigration Administration; US ones (9 digits, or a letter and 8) by the State Department.
const chinese =
  /(?<![A-Za-z0-9]|[A-Za-z0-9]-)(?:[EGDSPKHM]\d{8}|E[A-HJ-NP-Z]\d{7}|(?:MA|MB|KJ|HJ)\d{7})(?![A-Za-z0-9])/dg;
const american = /(?<![A-Za-z0-9]|[A-Za-z0-9]-|\d[ .])(?:[A-Z]\d{8}|\d{9})(?![A-Za-z0-9]|[ .-]\d)/dg;
const grouped =
  /(?<![A-Za-z0-9]|[A-Za-z0-9]-)(?:[A-Z]{1,2}[ -]?\d{3,4}[ -]?\d{3,4}|\d{3}[ -]\d{3}[ -]\d{3})(?![A-Za-z0-9])/dg;
const called = /护照|旅行证件|passport|travel document/i;
/** A date behind a letter numbers orders, not people. */
const dated = /^[A-Z](?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

export const findPassports: Detector = function* (text) {
  return [
    ...(yield* matches(text, chinese, (value, start) => {
      if (announced(text, start, called, 48)) return 0.96;
      return /^(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7})$/.test(value) && !dated.test(value) ? 0.7 : 0;
    })),
    ...(yield* matches(text, american, (_, start) => (announced(text, start, called, 24) ? 0.94 : 0))),
    ...(yield* matches(text, grouped, (value, start) =>
      value.replace(/[^A-Z0-9]/g, "").length === 9 && announced(text, start, called, 24) ? 0.9 : 0,
    )),
  ];
};
