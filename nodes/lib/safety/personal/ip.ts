import ipaddr from "ipaddr.js";
import { announced, type Detector, matches } from "./detector";

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const four = new RegExp(
  `(?<![0-9.])(?<![A-Za-z](?<![Ii][Pp]|[Vv]4))${octet}(?:\\.${octet}){3}(?![A-Za-z0-9]|\\.\\d)`,
  "dg",
);
/** A colon may stand in front, as in `IP:2001:db8::1`, unless it belongs to the address. */
const six =
  /(?<![A-Za-z0-9.]|[0-9A-Fa-f:]:|^:)(?!:(?!:))[0-9A-Fa-f:]{3,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![A-Za-z0-9:]|\.\d)/dg;
/** Versions of programs are written as addresses are, */
const version = /(?:version|release|build|firmware|版本|固件)\D{0,4}$|(?:^|[^A-Za-z])v(?:er)?\.? ?$/i;
/** and so are the numbers of sections, also of several in a row, and of object identifiers. */
const section =
  /(?:sections?|secs?\.|chapters?|clauses?|articles?|art\.|paragraphs?|para\.|appendix|annex|items?|steps?|tables?|figures?|fig\.|rules?|requirements?|oid|§|第|章|条款|附录|小节|表|图)[ :：]{0,2}(?:\d+(?:\.\d+)*(?:,| and| or| to|-|–|、|和|与|至|及|&| ){1,3}){0,8}$/i;
const sectionBehind = /^ ?(?:节|條|条|款|章|小节|号标题)/;
const host =
  /(?:ip|host|server|address|addr|inet6?|dns|ping|client|peer|gateway|subnet|from|login|地址|服务器|主机|网关|来自|登录)[^\n]{0,24}$/i;

/** Four small numbers at the beginning of a line with a title behind them are a heading. */
const isHeading = (text: string, value: string, start: number, end: number): boolean =>
  value.split(".").every((part) => Number(part) <= 40) &&
  (start === 0 || text[start - 1] === "\n") &&
  /^ {1,4}\p{Lu}|^ {1,4}\p{Script=Han}/u.test(text.slice(end, end + 6));

/** IPv4 in dotted decimals, and IPv6 in every form of RFC 4291 that says more than `::1`. */
export const findIps: Detector = function* (text) {
  return [
    ...(yield* matches(text, four, (value, start, end) => {
      if (announced(text, start, version, 16) || announced(text, start, section, 96)) return 0;
      if (sectionBehind.test(text.slice(end, end + 5)) || isHeading(text, value, start, end)) return 0;
      return 0.95;
    })),
    ...(yield* matches(text, six, (value, start) => {
      const groups = value.split(":").filter((group) => group !== "");
      if (value.split(":").length <= 2 || groups.length <= 1 || !/\d/.test(value) || !ipaddr.IPv6.isValid(value))
        return 0;
      // Ratios, scores and times are written with colons too.
      const plain = groups.every((group) => /^\d{1,2}$/.test(group));
      return plain && !announced(text, start, host, 40) ? 0 : 0.96;
    })),
  ];
};
