import { RouteRefusal } from "@/server/platform/guard/route-refusal";

const name = "x-pipewright-version";

/** The version that a request asks for, in its body or by the header; null where it asks for none. */
export const readVersion = (headers: Headers, inBody?: number): number | null => {
  const sent = headers.get(name);
  if (sent === null) return inBody ?? null;
  if (!/^[1-9]\d{0,8}$/.test(sent)) {
    throw new RouteRefusal(400, "request-invalid", `The header ${name} is the number of a version.`, {
      hint: "Send a number such as 3, or leave it out.",
      fields: { [name]: "This is no number of a version." },
    });
  }
  const version = Number(sent);
  if (inBody !== undefined && inBody !== version) {
    throw new RouteRefusal(400, "request-invalid", "The header and the body ask for different versions.", {
      hint: "Send one of them.",
      fields: { version: `The header says ${version}.` },
    });
  }
  return version;
};
