import ipaddr from "ipaddr.js";
import { announced, type Detector, matches } from "./detector";

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const four = new RegExp(`(?<![A-Za-z0-9.])${octet}(?:\\.${octet}){3}(?![A-Za-z0-9]|\\.\\d)`, "dg");
/** A colon may stand in front, as in `IP:2001:db8::1`, unless it belongs to the address. */
const six =
  /(?<![A-Za-z0-9.]|[0-9A-Fa-f:]:|^:)(?!:(?!:))[0-9A-Fa-f:]{3,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![A-Za-z0-9:]|\.\d)/dg;
/** Versions of programs are written as addresses are. */
const version = /(?:version|release|build|firmware|版本|固件)\D{0,4}$|(?:^|[^A-Za-z])v(?:er)?\.? ?$/i;

/** IPv4 in dotted decimals, and IPv6 in every form of RFC 4291 that says more than `::1`. */
export const findIps: Detector = (text) => [
  ...matches(text, four, (_, start) => (announced(text, start, version, 16) ? 0 : 0.95)),
  ...matches(text, six, (value) => {
    const groups = value.split(":").filter((group) => group !== "");
    return value.split(":").length > 2 && groups.length > 1 && /\d/.test(value) && ipaddr.IPv6.isValid(value)
      ? 0.96
      : 0;
  }),
];
